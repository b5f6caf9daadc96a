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
    }

    public var field: Field
    /// As the catalogue shows it; dates in ISO 8601.
    public var value: String
    /// `PageRecord.image` of the page it was read on; nil where it was taken from elsewhere.
    public var image: Int?
    /// Pixels of the upright page; nil where it was taken from elsewhere.
    public var box: PixelRect?
    /// 0…1.
    public var score: Double

    public init(field: Field, value: String, image: Int?, box: PixelRect?, score: Double) {
        self.field = field
        self.value = value
        self.image = image
        self.box = box
        self.score = score
    }
}
