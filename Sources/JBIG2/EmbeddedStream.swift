/// The embedded form of a page (ISO 32000-1 §7.4.7): page information and one generic region; no file header, no end of
/// page, no end of file.
enum EmbeddedStream {
    /// Page information (ITU-T T.88 §7.4.8).
    private static let pageInformation: UInt8 = 48
    /// Immediate lossless generic region (§7.4.6).
    private static let losslessGenericRegion: UInt8 = 39

    static func bytes(width: Int, height: Int, _ parameters: GenericParameters, coded: [UInt8]) -> [UInt8] {
        // Resolution unknown; the page is lossless, white at the start, regions are joined by OR.
        let page = number(width) + number(height) + number(0) + number(0) + [0b0000_0001, 0, 0]
        // Where on the page the region lies (§7.4.1), joined by OR.
        let region = number(width) + number(height) + number(0) + number(0) + [0]
        let head = region + [flags(parameters)] + parameters.adaptivePixels.flatMap(place)
        return segment(0, pageInformation, length: page.count) + page
            + segment(1, losslessGenericRegion, length: head.count + coded.count) + head + coded
    }

    /// Generic region segment flags (§7.4.6.2): arithmetic coding.
    private static func flags(_ parameters: GenericParameters) -> UInt8 {
        UInt8(parameters.template.rawValue) << 1 | (parameters.usesTypicalPrediction ? 0b1000 : 0)
    }

    private static func place(_ pixel: AdaptivePixel) -> [UInt8] {
        [UInt8(bitPattern: Int8(pixel.x)), UInt8(bitPattern: Int8(pixel.y))]
    }

    /// A segment header (§7.2) that refers to no other segment and belongs to page 1.
    private static func segment(_ number: Int, _ type: UInt8, length: Int) -> [UInt8] {
        self.number(number) + [type, 0, 1] + self.number(length)
    }

    private static func number(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
