internal import DossierModel

/// Orientation and resolution out of an EXIF block (CIPA DC-008 §4.5 and §4.6; a TIFF header inside APP1).
struct EXIF {
    private(set) var orientation = 1
    /// Dots per inch; nil where absent or without a unit.
    private(set) var dpi: Resolution?

    /// - Parameter app1: an APP1 segment's body, beginning with `Exif␀␀`; anything else gives nil.
    init?(app1: [UInt8]) {
        guard app1.starts(with: Array("Exif\0".utf8)), app1.count > 14 else { return nil }
        guard let block = TIFFBlock(Array(app1[6...])) else { return nil }
        var x = 0.0, y = 0.0
        var unit = 2
        for entry in block.entries {
            switch entry.tag {
            case 0x0112: orientation = block.short(entry)
            case 0x011A: x = block.rational(entry)
            case 0x011B: y = block.rational(entry)
            case 0x0128: unit = block.short(entry)
            default: break
            }
        }
        guard x > 0, y > 0, unit == 2 || unit == 3 else { return }
        dpi = unit == 2 ? Resolution(x: x, y: y) : Resolution(x: x * 2.54, y: y * 2.54)
    }

    /// The first directory of a classic TIFF structure in memory.
    private struct TIFFBlock {
        struct Entry { let tag: Int, at: Int }
        let bytes: [UInt8]
        let isLittle: Bool
        private(set) var entries: [Entry] = []

        init?(_ bytes: [UInt8]) {
            self.bytes = bytes
            guard bytes[0] == bytes[1], bytes[0] == 0x49 || bytes[0] == 0x4D else { return nil }
            isLittle = bytes[0] == 0x49
            let start = number(at: 4, bytes: 4)
            guard start >= 8, start + 2 <= bytes.count else { return nil }
            for i in 0..<number(at: start, bytes: 2) {
                let at = start + 2 + 12 * i
                guard at + 12 <= bytes.count else { break }
                entries.append(Entry(tag: number(at: at, bytes: 2), at: at))
            }
        }

        func number(at offset: Int, bytes count: Int) -> Int {
            guard offset >= 0, offset + count <= bytes.count else { return 0 }
            let slice = bytes[offset..<offset + count]
            return isLittle ? slice.reversed().reduce(0) { $0 << 8 | Int($1) } : slice.reduce(0) { $0 << 8 | Int($1) }
        }

        func short(_ entry: Entry) -> Int { number(at: entry.at + 8, bytes: 2) }

        func rational(_ entry: Entry) -> Double {
            let at = number(at: entry.at + 8, bytes: 4)
            let below = number(at: at + 4, bytes: 4)
            return below == 0 ? 0 : Double(number(at: at, bytes: 4)) / Double(below)
        }
    }
}
