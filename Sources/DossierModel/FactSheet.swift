/// `facts.json`: what the documents of a case say of its persons and measures, and where. A public contract
/// (`Schemas/facts.schema.json`); an absent value is written as `null`, never left out.
///
/// Nothing is chosen: values that contradict one another stand side by side, and `isConflict` says so.
public struct FactSheet: Hashable, Sendable, Codable {
    /// Where a value was read.
    public struct Source: Hashable, Sendable, Codable {
        public var volume: Int
        /// 1-based position in the volume's catalogue.
        public var document: Int?
        /// 页号
        public var folio: String?
        /// `PageRecord.image`; the document's first where the value was not found on its pages.
        public var image: Int
        /// Pixels of the upright page: all lines the value stands on; nil where it was not found on the pages.
        public var box: PixelRect?
        /// Those lines, as read.
        public var text: String?
        public var origin: FieldReading.Origin
        /// 0…1: how sure the characters are, times how sure it is whose value this is.
        public var score: Double

        public init(volume: Int, document: Int?, folio: String?, image: Int, box: PixelRect?, text: String?, origin: FieldReading.Origin = .page, score: Double) {
            self.volume = volume
            self.document = document
            self.folio = folio
            self.image = image
            self.box = box
            self.text = text
            self.origin = origin
            self.score = score
        }

        /// Writes every key; the score has 4 decimals.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(volume, forKey: .volume)
            try container.encode(document, forKey: .document)
            try container.encode(folio, forKey: .folio)
            try container.encode(image, forKey: .image)
            try container.encode(box, forKey: .box)
            try container.encode(text, forKey: .text)
            try container.encode(origin, forKey: .origin)
            try container.encode(score.published(decimals: 4), forKey: .score)
        }
    }

    /// One value, with every document that gives it.
    public struct Reading: Hashable, Sendable, Codable {
        /// Dates in ISO 8601, amounts in yuan without separators, everything else as read.
        public var value: String
        /// Whether an identity number has its form and the right check digit; nil for values without one. It is judged, never corrected.
        public var isSound: Bool?
        /// The batch sheet says so.
        public var isGiven: Bool
        /// The first place in each document, in scan order.
        public var sources: [Source]

        public init(value: String, isSound: Bool? = nil, isGiven: Bool = false, sources: [Source]) {
            self.value = value
            self.isSound = isSound
            self.isGiven = isGiven
            self.sources = sources
        }

        /// Writes every key.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(value, forKey: .value)
            try container.encode(isSound, forKey: .isSound)
            try container.encode(isGiven, forKey: .isGiven)
            try container.encode(sources, forKey: .sources)
        }
    }

    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// 姓名: several only where they look alike and may be one.
        case name
        /// 曾用名, 绰号
        case alias
        /// 性别: 男 or 女
        case sex
        /// 公民身份号码
        case identityNumber
        /// 出生日期
        case birthDate
        /// 涉嫌罪名
        case charge
        /// 强制措施: the days it is dated.
        case measure
        /// 办案单位
        case handlingUnit
        /// 文号
        case documentNumber
        /// 金额, yuan
        case amount
    }

    /// All readings of one thing.
    public struct Fact: Hashable, Sendable, Codable {
        public var kind: Kind
        /// 拘留, 逮捕 …; nil for what is no measure.
        public var measure: String?
        /// Several values where a person can have one only.
        public var isConflict: Bool
        /// In the order they are first met; what the batch sheet says comes first.
        public var readings: [Reading]

        public init(kind: Kind, measure: String? = nil, isConflict: Bool, readings: [Reading]) {
            self.kind = kind
            self.measure = measure
            self.isConflict = isConflict
            self.readings = readings
        }

        /// Writes every key.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(kind, forKey: .kind)
            try container.encode(measure, forKey: .measure)
            try container.encode(isConflict, forKey: .isConflict)
            try container.encode(readings, forKey: .readings)
        }
    }

    public struct Person: Hashable, Sendable, Codable {
        /// As in the field: 犯罪嫌疑人, 被害人 …; nil when nothing says so.
        public var role: String?
        /// `name` first; then whatever is known.
        public var facts: [Fact]

        public init(role: String?, facts: [Fact]) {
            self.role = role
            self.facts = facts
        }

        /// Writes every key.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(role, forKey: .role)
            try container.encode(facts, forKey: .facts)
        }
    }

    /// The fields of one row of the catalogue, with where they were read.
    public struct Document: Hashable, Sendable, Codable {
        public var volume: Int
        /// 1-based position in the volume's catalogue.
        public var document: Int
        /// Of its title in the table of titles, such as L098; nil for one that is none of them.
        public var code: String?
        public var fields: [FieldReading]

        public init(volume: Int, document: Int, code: String? = nil, fields: [FieldReading]) {
            self.volume = volume
            self.document = document
            self.code = code
            self.fields = fields
        }
    }

    /// 案件编号
    public var `case`: String
    /// Those the batch sheet names first, then suspects, then others, each in the order they are met.
    public var persons: [Person]
    /// What belongs to no person, or to nobody that could be told.
    public var facts: [Fact]
    public var documents: [Document]

    public init(case number: String, persons: [Person] = [], facts: [Fact] = [], documents: [Document] = []) {
        self.case = number
        self.persons = persons
        self.facts = facts
        self.documents = documents
    }
}

/// One value met on one page.
public struct FactObservation: Hashable, Sendable, Codable {
    public var kind: FactSheet.Kind
    /// Whose value it is; nil when that cannot be told, and for names.
    public var person: String?
    public var value: String
    /// 拘留, 逮捕 …
    public var measure: String?
    /// The page calls the person a suspect.
    public var isSuspect: Bool
    public var isSound: Bool?
    public var source: FactSheet.Source

    public init(
        kind: FactSheet.Kind, person: String?, value: String, measure: String? = nil, isSuspect: Bool = false, isSound: Bool? = nil,
        source: FactSheet.Source
    ) {
        self.kind = kind
        self.person = person
        self.value = value
        self.measure = measure
        self.isSuspect = isSuspect
        self.isSound = isSound
        self.source = source
    }
}
