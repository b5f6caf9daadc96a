/// A place among the facts of a case (`facts.json`), as a template's `from:` writes it.
///
/// What stands here was read from paper by a machine. It stands in for no value of a document; it goes into the data file
/// (`DataSheet`) that a person compares with the pages.
public enum FactPath: Hashable, Sendable, CustomStringConvertible {
    /// Whose.
    public enum Role: String, CaseIterable, Sendable {
        case suspect, victim

        /// The words for it in batch sheets and documents.
        var names: Set<String> { self == .suspect ? ["犯罪嫌疑人", "被告人"] : ["被害人"] }
    }

    public enum Part: String, CaseIterable, Sendable {
        case name, alias, sex
        /// 出生日期
        case birth
        /// 公民身份号码
        case identity
        /// 强制措施, each with the day it is dated.
        case measures
    }

    public enum Column: String, CaseIterable, Sendable { case number, author, date }

    /// `suspect`: a person, or one row for each.
    case person(Role)
    /// `suspect.birth`
    case part(Role, Part)
    /// `charge`, 涉嫌罪名
    case charge
    /// `amount`, yuan
    case amount
    /// `unit`, 办案单位
    case unit
    /// `document[起诉意见书].date`: a column of the catalogue, told by a name or the code of the title, however the document
    /// itself spells it.
    case document(String, Column)

    static let spellings = [
        "suspect", "suspect.PART", "victim", "victim.PART (\(Part.allCases.map(\.rawValue).joined(separator: ", ")))", "charge", "amount", "unit",
        "document[TITLE or CODE].\(Column.allCases.map(\.rawValue).joined(separator: "|"))",
    ]

    public init?(_ text: String) {
        switch text {
        case "charge": self = .charge
        case "amount": self = .amount
        case "unit": self = .unit
        default:
            if let match = text.wholeMatch(of: /document\[([^\[\]]+)\]\.([a-z]+)/), let column = Column(rawValue: String(match.2)) {
                self = .document(String(match.1), column)
                return
            }
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard let role = Role(rawValue: parts[0]), parts.count <= 2 else { return nil }
            if parts.count == 1 {
                self = .person(role)
            } else {
                guard let part = Part(rawValue: parts[1]) else { return nil }
                self = .part(role, part)
            }
        }
    }

    public var description: String {
        switch self {
        case .person(let role): role.rawValue
        case .part(let role, let part): "\(role.rawValue).\(part.rawValue)"
        case .charge: "charge"
        case .amount: "amount"
        case .unit: "unit"
        case .document(let title, let column): "document[\(title)].\(column.rawValue)"
        }
    }

    /// Whether a field of this kind can be filled from here.
    func suits(_ kind: Field.Kind) -> Bool {
        switch (self, kind) {
        case (.person, .person), (.person, .list): true
        case (.part(_, .birth), .date), (.document(_, .date), .date), (.amount, .money): true
        case (.part(_, .sex), .choice(let words)): Set(words).isSuperset(of: ["男", "女"])
        case (.person, _): false
        case (_, .text), (_, .multiline): true
        default: false
        }
    }
}
