/// One thing a template asks for.
public struct Field: Hashable, Sendable {
    public indirect enum Kind: Hashable, Sendable {
        /// One line.
        case text
        /// Several lines; standing alone in a paragraph each line becomes a paragraph.
        case multiline
        case date
        /// Date and time of day, to the minute.
        case dateTime
        /// A whole number from 0 on.
        case number
        /// Yuan with at most two decimals.
        case money
        case yesNo
        case choice([String])
        case person
        /// Rows, each with the same fields.
        case list([Field])
    }

    public var name: String
    public var kind: Kind
    public var isRequired: Bool
    /// As it would be written in the data file.
    public var defaultText: String?
    /// Where in the case's index or facts the value may come from.
    public var source: CaseFactPath?
    /// Fixed width of its blank in a fill-in form, characters.
    public var width: Double?
    /// For whoever fills it in.
    public var hint: String?

    public init(
        _ name: String, _ kind: Kind, isRequired: Bool = true, defaultText: String? = nil, source: CaseFactPath? = nil,
        width: Double? = nil, hint: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.defaultText = defaultText
        self.source = source
        self.width = width
        self.hint = hint
    }

    /// What a person consists of, in the words of the field.
    public static let personFields: [Field] = [
        Field("姓名", .text), Field("曾用名", .text, isRequired: false), Field("性别", .choice(["男", "女"]), isRequired: false),
        Field("出生日期", .date, isRequired: false), Field("证件种类", .text, isRequired: false, defaultText: "居民身份证"),
        Field("证件号码", .text, isRequired: false), Field("国籍", .text, isRequired: false),
        Field("民族", .text, isRequired: false), Field("文化程度", .text, isRequired: false),
        Field("职业", .text, isRequired: false), Field("工作单位", .text, isRequired: false),
        Field("户籍地", .text, isRequired: false), Field("住址", .text, isRequired: false), Field("电话", .text, isRequired: false),
    ]

    /// The form a value is expected in, for messages.
    public var expectation: String {
        switch kind {
        case .text: "one line of text"
        case .multiline: "text, of several lines if need be"
        case .date: "a date such as 2024-03-02"
        case .dateTime: "a date and time such as 2024-03-02 09:30"
        case .number: "a whole number such as 3"
        case .money: "an amount in yuan such as 1200 or 1200.50"
        case .yesNo: "是 or 否"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .person: "a person such as {姓名: 张某甲, 性别: 男}"
        case .list(let fields): "a list of rows such as {\(fields.prefix(3).map { "\($0.name): …" }.joined(separator: ", "))}"
        }
    }

    /// The word for the kind in a template's front matter.
    public var kindName: String {
        switch kind {
        case .text: "text"
        case .multiline: "multiline"
        case .date: "date"
        case .dateTime: "dateTime"
        case .number: "number"
        case .money: "money"
        case .yesNo: "yesNo"
        case .choice: "choice"
        case .person: "person"
        case .list: "list"
        }
    }
}
