internal import DossierModel

/// What a JPEG 2000 file says of itself (ITU-T T.800 §A.5.1 SIZ, annex I boxes).
struct JPXHeader {
    private(set) var size = PixelSize(width: 0, height: 0)
    private(set) var components = 0
    private var depths: Set<UInt8> = []
    private var colourBoxes = 0
    private var hasPlainColour = false

    /// - Throws: `damaged` without a codestream header.
    init(_ bytes: [UInt8]) throws(DossierError) {
        if bytes.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) {
            takeCodestream(bytes, at: 0)
        } else {
            takeBoxes(bytes, 0..<bytes.count)
        }
        guard components > 0 else { throw DossierError(.damaged, "the JPEG 2000 header cannot be read; export the PDF again") }
    }

    /// Allowed in PDF/A-2 without more ado (ISO 19005-2 §6.2.8.3): one or three channels of equal depth and exactly
    /// one colour box, sRGB, greyscale or a profile.
    var isPassable: Bool { (components == 1 || components == 3) && depths.count == 1 && colourBoxes == 1 && hasPlainColour }

    private func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
        at + count <= bytes.count ? bytes[at..<at + count].reduce(0) { $0 << 8 | Int($1) } : 0
    }

    private mutating func takeBoxes(_ bytes: [UInt8], _ range: Range<Int>) {
        var at = range.lowerBound
        while at + 8 <= range.upperBound {
            let length = number(bytes, at, 4), type = String(decoding: bytes[at + 4..<at + 8], as: UTF8.self)
            let end = length < 8 ? range.upperBound : min(at + length, range.upperBound)
            switch type {
            case "jp2h": takeBoxes(bytes, at + 8..<end)
            case "colr": takeColour(bytes, at + 8)
            case "jp2c": return takeCodestream(bytes, at: at + 8)
            default: break
            }
            at = end
        }
    }

    private mutating func takeColour(_ bytes: [UInt8], _ at: Int) {
        colourBoxes += 1
        let method = number(bytes, at, 1), space = number(bytes, at + 3, 4)
        hasPlainColour = method == 2 || method == 1 && (space == 16 || space == 17)
    }

    private mutating func takeCodestream(_ bytes: [UInt8], at start: Int) {
        let siz = start + 4
        guard number(bytes, start, 4) == 0xFF4F_FF51, siz + 38 <= bytes.count else { return }
        size = PixelSize(
            width: number(bytes, siz + 4, 4) - number(bytes, siz + 12, 4), height: number(bytes, siz + 8, 4) - number(bytes, siz + 16, 4))
        components = number(bytes, siz + 36, 2)
        for i in 0..<min(components, 16) where siz + 38 + 3 * i < bytes.count { depths.insert(bytes[siz + 38 + 3 * i]) }
    }
}
