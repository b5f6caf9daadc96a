/// One field of a document as it was read: what, where and how sure.
public struct FieldReading: Hashable, Sendable, Codable {
    public enum Field: String, Hashable, Sendable, Codable, CaseIterable {
        /// 题名
        case title
        /// 文号
        case documentNumber
        /// 责任者
        case author
        /// 日期
        case date
        /// A person the document is about.
        case person
        /// 页号 of the first page that carries one: the number stamped there.
        case firstFolio
        /// 页号 of the last page that carries one.
        case lastFolio
        /// 备注; of several each is a field.
        case remark
    }

    /// Who says so.
    public enum Origin: String, Hashable, Sendable, Codable, CaseIterable {
        /// The document's own pages.
        case page
        /// The catalogue on paper.
        case paper
        /// A person, by an edit.
        case hand
    }

    public var field: Field
    /// As the catalogue shows it; dates in ISO 8601.
    public var value: String
    /// `PageRecord.image` of the page it was read on; nil where it was taken from elsewhere.
    public var image: Int?
    /// Pixels of the upright page; nil where it was taken from elsewhere.
    public var box: PixelRect?
    /// The lines it was read from, as read; nil where it was taken from elsewhere.
    public var text: String?
    public var origin: Origin
    /// 0…1; 1 for what a person gave.
    public var score: Double

    public init(field: Field, value: String, image: Int?, box: PixelRect?, text: String?, origin: Origin = .page, score: Double) {
        self.field = field
        self.value = value
        self.image = image
        self.box = box
        self.text = text
        self.origin = origin
        self.score = score
    }

    /// Writes every key; the score has 4 decimals.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(field, forKey: .field)
        try container.encode(value, forKey: .value)
        try container.encode(image, forKey: .image)
        try container.encode(box, forKey: .box)
        try container.encode(text, forKey: .text)
        try container.encode(origin, forKey: .origin)
        try container.encode(score.published(decimals: 4), forKey: .score)
    }
}
