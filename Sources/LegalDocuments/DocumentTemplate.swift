import DossierModel
import Mustache

/// A legal document's template, read and found free of mistakes. One file: YAML front matter, then CommonMark with
/// mustache tags.
public struct DocumentTemplate: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// 文字叙述式
        case narrative
        /// 填充式: values stand on blanks, unused ones are struck.
        case fillIn = "fill-in"
        /// 笔录式
        case record
        /// 表格式
        case table
    }

    public struct Organ: Hashable, Sendable {
        /// 院名
        public var name: String?
        /// 院代字
        public var code: String?

        public init(name: String?, code: String?) {
            self.name = name
            self.code = code
        }
    }

    public struct Numbering: Hashable, Sendable {
        public enum Position: String, CaseIterable, Sendable { case right, centre, none }

        /// With `{organ}`, `{type}`, `{year}` and `{sequence}`.
        public var pattern: String
        public var position: Position

        public static let standard = Numbering(pattern: "{organ}检{type}〔{year}〕{sequence}号", position: .right)

        /// The 文号 as printed.
        public func text(organ: String, type: String, year: Int, sequence: String) -> String {
            pattern.replacing("{organ}", with: organ).replacing("{type}", with: type)
                .replacing("{year}", with: "\(year)").replacing("{sequence}", with: sequence)
        }
    }

    public struct Page: Hashable, Sendable {
        public enum Numbers: String, CaseIterable, Sendable {
            /// — 1 —, on the outer side (GB/T 9704-2012 §7.5)
            case dashes
            /// 第1页 共3页
            case ofTotal = "of-total"
            case none
        }
        public enum Sides: String, CaseIterable, Sendable { case one, two }

        public var numbers = Numbers.dashes
        /// `two`: every counterpart begins on a front side.
        public var sides = Sides.one
        /// Stands at the foot of every page.
        public var foot: String?
    }

    /// One part (联) of the document.
    public struct Counterpart: Hashable, Sendable {
        /// 存根, 副本, 正本, 回执 …
        public var name: String
        public var section: String
        public var foot: String?
    }

    /// Name of the file without its ending.
    public let name: String
    public let header: Header
    /// Text of the file and of all partials it uses: what a digest of the template is made of.
    public let source: String

    /// The front matter.
    public struct Header: Hashable, Sendable {
        public var title = ""
        /// As printed over the text; the title if nothing else is said.
        public var heading = ""
        /// 文书代字
        public var code = ""
        public var kind = Kind.narrative
        public var organ = Organ(name: nil, code: nil)
        public var numbering = Numbering.standard
        public var page = Page()
        public var fields: [Field] = []
        /// Empty: the document has one part without a name.
        public var counterparts: [Counterpart] = []
    }

    let sections: MustacheLibrary

    /// Fields every template has beside its own.
    public static let builtIn: [Field] = [
        Field("院名", .text), Field("文号", .text), Field("日期", .date), Field("案号", .text, isRequired: false), Field("文书名", .text),
        Field("联", .text, isRequired: false),
    ]

    /// Reads a template.
    /// - Parameters:
    ///   - partial: Text of a partial, or nil where there is none.
    ///
    /// #### Errors
    /// All mistakes, each with line, column and remedy.
    public init(name: String, text: String, partial: @escaping (String) -> String?) throws(TemplateMistakes) {
        var reader = TemplateReader(name: name, text: text, partial: partial)
        (header, sections, source) = try reader.read()
        self.name = name
    }

    /// The date of a document stands in this field.
    static let dateField = "日期"
}
