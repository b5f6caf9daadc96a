/// A TrueType font program without any ink: one glyph for every advance width.
///
/// PDF/A wants every font embedded, also one that is never painted (ISO 19005-2 §6.2.11.4), and a program from
/// elsewhere would bring its licence, its size and somebody else's notdef glyph along. Only the tables that a PDF reader
/// needs for an embedded TrueType font are written (ISO 32000-1 §9.9: glyf, head, hhea, hmtx, loca, maxp; OpenType 1.9).
/// No dates, so equal widths give equal bytes.
struct TrueTypeProgram {
    /// Thousandths of an em, by glyph number. Glyph 0 is .notdef.
    let widths: [Int]
    /// Draws the frame of every glyph's box, for looking at a text layer.
    var isFramed = false

    func bytes() -> [UInt8] {
        let outlines = glyphs()
        return Self.file([
            ("glyf", outlines.data), ("head", head()), ("hhea", hhea()), ("hmtx", hmtx()),
            ("loca", BigEndian { data in outlines.offsets.forEach { data.long($0) } }.bytes), ("maxp", maxp()),
        ])
    }

    private func glyphs() -> (data: [UInt8], offsets: [UInt32]) {
        var data: [UInt8] = []
        var offsets: [UInt32] = [0]
        for width in widths {
            if isFramed { data += frame(width) }
            offsets.append(UInt32(data.count))
        }
        // An empty table is not a table to every reader.
        return (data.isEmpty ? [0, 0, 0, 0] : data, offsets)
    }

    /// A simple glyph of one closed rectangle (OpenType 1.9, “glyf”).
    private func frame(_ width: Int) -> [UInt8] {
        let (left, right, bottom, top) = (20, max(40, width - 20), -100, 860)
        return BigEndian { data in
            [1, left, bottom, right, top, 3, 0].forEach { data.short($0) }
            data.bytes += [1, 1, 1, 1]
            [left, 0, right - left, 0, bottom, top - bottom, 0, bottom - top].forEach { data.short($0) }
            data.short(0)
        }.bytes
    }

    private func head() -> [UInt8] {
        BigEndian { data in
            data.long(0x0001_0000)
            data.long(0x0001_0000)
            data.long(0)
            data.long(0x5F0F_3CF5)
            [0b1011, 1000].forEach { data.short($0) }
            (0..<4).forEach { _ in data.long(0) }
            [0, -120, widths.max()!, 880, 0, 8, 2, 1, 0].forEach { data.short($0) }
        }.bytes
    }

    private func hhea() -> [UInt8] {
        BigEndian { data in
            data.long(0x0001_0000)
            [880, -120, 0, widths.max()!, 0, 0, widths.max()!, 1, 0, 0, 0, 0, 0, 0, 0, widths.count].forEach { data.short($0) }
        }.bytes
    }

    private func hmtx() -> [UInt8] {
        BigEndian { data in
            for width in widths {
                data.short(width)
                data.short(isFramed ? 20 : 0)
            }
        }.bytes
    }

    private func maxp() -> [UInt8] {
        BigEndian { data in
            data.long(0x0001_0000)
            [widths.count, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0].forEach { data.short($0) }
        }.bytes
    }

    /// Table directory and tables (OpenType 1.9, “Organization of an OpenType font”). Names come sorted.
    private static func file(_ tables: [(name: String, data: [UInt8])]) -> [UInt8] {
        let directory = 12 + 16 * tables.count
        var body: [UInt8] = []
        var header = BigEndian { data in
            data.long(0x0001_0000)
            [tables.count, 64, 2, 16 * tables.count - 64].forEach { data.short($0) }
        }
        var headOffset = 0
        for (name, data) in tables {
            if name == "head" { headOffset = directory + body.count }
            header.bytes += Array(name.utf8)
            [checksum(data), UInt32(directory + body.count), UInt32(data.count)].forEach { header.long($0) }
            body += data + [UInt8](repeating: 0, count: (4 - data.count % 4) % 4)
        }
        var file = header.bytes + body
        let adjustment = BigEndian { $0.long(0xB1B0_AFBA &- checksum(file)) }
        file.replaceSubrange((headOffset + 8)..<(headOffset + 12), with: adjustment.bytes)
        return file
    }

    private static func checksum(_ data: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0
        for (index, byte) in data.enumerated() { sum &+= UInt32(byte) << UInt32(24 - 8 * (index % 4)) }
        return sum
    }
}

/// Bytes with the most significant first.
struct BigEndian {
    var bytes: [UInt8] = []

    init(_ fill: (inout BigEndian) -> Void) { fill(&self) }

    mutating func short(_ value: Int) {
        let bits = UInt16(truncatingIfNeeded: value)
        bytes += [UInt8(bits >> 8), UInt8(bits & 255)]
    }

    mutating func long(_ value: UInt32) {
        short(Int(value >> 16))
        short(Int(value & 0xFFFF))
    }
}
