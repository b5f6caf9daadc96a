internal import DossierModel

/// The chunks of a PNG file (ISO/IEC 15948 §5 and §11).
struct PNGChunks {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    let size: PixelSize
    let bitDepth: Int
    /// 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha.
    let colourType: Int
    let isInterlaced: Bool
    private(set) var palette: [UInt8] = []
    private(set) var hasTransparency = false
    /// pHYs in metres, dots per inch; nil where absent or without a unit.
    private(set) var dpi: Resolution?
    /// The IDAT bodies joined: one zlib stream.
    private(set) var data: [UInt8] = []
    /// Of how many IDAT bodies.
    private(set) var pieces = 0
    /// Signature, IHDR, PLTE, tRNS, IDAT and IEND only, checksums made right: what decodes without colour corrections.
    private(set) var essential: [UInt8]
    /// A checksum is wrong, or the file ends early.
    private(set) var complaint: String?

    /// - Parameter headerOnly: stop at the first IDAT.
    /// - Throws: `damaged` without a sound IHDR.
    init(_ bytes: [UInt8], headerOnly: Bool = false) throws(DossierError) {
        func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        let known: [Int: [Int]] = [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
        guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8), number(8) == 13,
            let depths = known[Int(bytes[25])], depths.contains(Int(bytes[24])), number(16) > 0, number(20) > 0, bytes[28] < 2
        else { throw DossierError(.damaged, "the PNG header cannot be read; save or copy the file again") }
        size = PixelSize(width: number(16), height: number(20))
        bitDepth = Int(bytes[24])
        colourType = Int(bytes[25])
        isInterlaced = bytes[28] == 1
        essential = Array(bytes[..<33])
        if Self.isCorrupt(bytes, at: 8, length: 13) { complaint = "the checksum of the header is wrong" }
        var at = 33, sawEnd = false
        while at + 8 < bytes.count, !sawEnd {
            let length = number(at), type = String(decoding: bytes[at + 4..<at + 8], as: UTF8.self)
            if headerOnly && type == "IDAT" { return }
            let end = min(at + 8 + length, bytes.count)
            take(type, bytes, at + 8..<end, at: at)
            sawEnd = type == "IEND"
            at = at + 12 + length
        }
        if !sawEnd {
            complaint = complaint ?? "the file ends early"
            PNGCodec.append("IEND", [], to: &essential)
        }
    }

    private mutating func take(_ type: String, _ bytes: [UInt8], _ body: Range<Int>, at: Int) {
        switch type {
        case "PLTE": palette = Array(bytes[body].prefix(body.count / 3 * 3))
        case "tRNS": hasTransparency = true
        case "IDAT":
            data += bytes[body]
            pieces += 1
        case "pHYs": takeDensity(Array(bytes[body]))
        case "IEND": break
        default: return
        }
        guard type != "pHYs" else { return }
        PNGCodec.append(type, Array(bytes[body]), to: &essential)
        if Self.isCorrupt(bytes, at: at, length: body.count) {
            complaint = complaint ?? "the checksum of a \(type) chunk is wrong"
        }
    }

    private mutating func takeDensity(_ body: [UInt8]) {
        guard body.count >= 9, body[8] == 1 else { return }
        let x = body[0..<4].reduce(0) { $0 << 8 | Int($1) }, y = body[4..<8].reduce(0) { $0 << 8 | Int($1) }
        if x > 0, y > 0 { dpi = Resolution(x: Self.rounded(x), y: Self.rounded(y)) }
    }

    /// pHYs holds whole dots per metre: 300 dpi are stored as 11,811, which must read as 300 again.
    private static func rounded(_ perMetre: Int) -> Double {
        let exact = Double(perMetre) * 0.0254
        return abs(exact - exact.rounded()) < 0.02 ? exact.rounded() : exact
    }

    private static func isCorrupt(_ bytes: [UInt8], at: Int, length: Int) -> Bool {
        let end = at + 8 + length
        guard end + 4 <= bytes.count else { return true }
        let stated = bytes[end..<end + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return stated != Flate.checksum(Array(bytes[at + 4..<end]))
    }

    /// Samples per pixel in the file.
    var channels: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colourType]! }
}
