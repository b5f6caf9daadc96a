import DossierModel

/// What a case's index knows, for templates to fill themselves from.
public struct CaseFacts: Hashable, Sendable {
    /// One row of the 卷内文件目录, over all volumes.
    public struct Row: Hashable, Sendable {
        public var volume: Int
        /// 诉讼文书卷 …
        public var volumeKind: String
        /// 1 … within the volume.
        public var sequence: Int
        public var documentNumber: String?
        public var author: String?
        public var title: String
        /// ISO 8601.
        public var date: String?
        /// First to last page number (页号).
        public var folios: String?
        public var remark: String?

        public init(
            volume: Int, volumeKind: String, sequence: Int, documentNumber: String?, author: String?, title: String, date: String?,
            folios: String?, remark: String?
        ) {
            self.volume = volume
            self.volumeKind = volumeKind
            self.sequence = sequence
            self.documentNumber = documentNumber
            self.author = author
            self.title = title
            self.date = date
            self.folios = folios
            self.remark = remark
        }
    }

    public struct Party: Hashable, Sendable {
        public var name: String
        public var role: String?

        public init(name: String, role: String?) {
            self.name = name
            self.role = role
        }
    }

    /// 案件编号
    public var number: String?
    /// 案由
    public var cause: String?
    public var parties: [Party]
    public var rows: [Row]

    public init(number: String? = nil, cause: String? = nil, parties: [Party] = [], rows: [Row] = []) {
        self.number = number
        self.cause = cause
        self.parties = parties
        self.rows = rows
    }
}

/// A place in the case's index or among its facts, as a template's `from:` writes it.
public enum CaseFactPath: Hashable, Sendable, CustomStringConvertible {
    /// `case.number`
    case number
    /// `case.cause`
    case cause
    /// `case.parties[犯罪嫌疑人]`: a person, or with several of that role, none.
    case party(String)
    /// `case.parties[犯罪嫌疑人].name`: all of that role, joined by “、”.
    case partyName(String)
    /// `catalogue.rows`: 册, 卷种, 序号, 文号, 责任者, 题名, 日期, 页号, 备注
    case rows
    /// `catalogue.volumes`: 册, 卷种, 份数
    case volumes
    /// `catalogue.count`: documents in all volumes
    case count
    /// `suspect.name`, `document[起诉意见书].date` …: prefills the data file, and stands in for nothing.
    case fact(FactPath)

    /// What batch sheet and documents may say differently.
    var isDecidedByPeople: Bool {
        switch self {
        case .cause, .party, .partyName: true
        case .number, .rows, .volumes, .count, .fact: false
        }
    }

    public static let spellings = [
        "case.number", "case.cause", "case.parties[ROLE]", "case.parties[ROLE].name", "catalogue.rows", "catalogue.volumes", "catalogue.count",
    ] + FactPath.spellings

    public init?(_ text: String) {
        switch text {
        case "case.number": self = .number
        case "case.cause": self = .cause
        case "catalogue.rows": self = .rows
        case "catalogue.volumes": self = .volumes
        case "catalogue.count": self = .count
        default:
            guard let match = text.wholeMatch(of: /case\.parties\[([^\[\]]+)\](\.name)?/) else {
                guard let fact = FactPath(text) else { return nil }
                self = .fact(fact)
                return
            }
            self = match.2 == nil ? .party(String(match.1)) : .partyName(String(match.1))
        }
    }

    public var description: String {
        switch self {
        case .number: "case.number"
        case .cause: "case.cause"
        case .party(let role): "case.parties[\(role)]"
        case .partyName(let role): "case.parties[\(role)].name"
        case .rows: "catalogue.rows"
        case .volumes: "catalogue.volumes"
        case .count: "catalogue.count"
        case .fact(let path): path.description
        }
    }

    /// Whether a field of this kind can be filled from here.
    func suits(_ kind: Field.Kind) -> Bool {
        switch (self, kind) {
        case (.number, .text), (.cause, .text), (.partyName, .text), (.number, .multiline), (.cause, .multiline), (.partyName, .multiline): true
        case (.party, .person), (.rows, .list), (.volumes, .list), (.count, .number): true
        case (.fact(let path), _): path.suits(kind)
        default: false
        }
    }
}

extension CaseFacts {
    /// The value at a place, as a data file would give it; nil where the case has none.
    func value(at path: CaseFactPath) -> GivenValue? {
        switch path {
        case .number: number.map(GivenValue.scalar)
        case .cause: cause.map(GivenValue.scalar)
        case .party(let role):
            names(of: role).count == 1 ? .mapping([("姓名", .scalar(names(of: role)[0]))]) : nil
        case .partyName(let role):
            names(of: role).isEmpty ? nil : .scalar(names(of: role).joined(separator: "、"))
        case .rows: rows.isEmpty ? nil : .sequence(rows.map(Self.given))
        case .volumes: rows.isEmpty ? nil : .sequence(volumes)
        case .count: rows.isEmpty ? nil : .scalar("\(rows.count)")
        case .fact: nil
        }
    }

    private func names(of role: String) -> [String] { parties.filter { $0.role == role }.map(\.name) }

    private static func given(_ row: Row) -> GivenValue {
        let pairs: [(String, String?)] = [
            ("册", "\(row.volume)"), ("卷种", row.volumeKind), ("序号", "\(row.sequence)"), ("文号", row.documentNumber),
            ("责任者", row.author), ("题名", row.title), ("日期", row.date), ("页号", row.folios), ("备注", row.remark),
        ]
        return .mapping(pairs.compactMap { name, value in value.map { (name, .scalar($0)) } })
    }

    private var volumes: [GivenValue] {
        let numbers = Set(rows.map(\.volume)).sorted()
        return numbers.map { number in
            let rows = rows.filter { $0.volume == number }
            return .mapping([
                ("册", .scalar("\(number)")), ("卷种", .scalar(rows[0].volumeKind)), ("份数", .scalar("\(rows.count)")),
            ])
        }
    }
}
