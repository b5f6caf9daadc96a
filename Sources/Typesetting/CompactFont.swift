import DossierModel

/// What must be known of a CID-keyed CFF font (Adobe Technical Note 5176) to write text with it in a PDF.
struct CompactFont {
    /// CID of every glyph (§13 Charsets). Glyph 0 is CID 0.
    let characterIDs: [UInt16]

    /// - Parameter table: The font's `CFF ` table; some megabytes, of which little is read.
    ///
    /// #### Errors
    /// `library` when it is damaged or not CID-keyed.
    init(_ table: UnsafeBufferPointer<UInt8>) throws(DossierError) {
        var reader = unsafe CompactFontReader(bytes: table)
        do {
            characterIDs = try reader.characterIDs()
        } catch {
            throw DossierError(.library, "a font cannot be read (\(error.rawValue)); run “make setup” to install it again")
        }
    }
}

private enum CompactFontFault: String, Error {
    case truncated = "its CFF table ends early"
    case notCIDKeyed = "its CFF table is not CID-keyed"
    case unknown = "its CFF table has parts of an unknown format"
}

@safe private struct CompactFontReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let count: Int
    private var at = 0

    /// - Parameter bytes: Must outlive the reader.
    init(bytes: UnsafeBufferPointer<UInt8>) {
        unsafe self.bytes = bytes
        count = bytes.count
    }

    /// Operators of the top dictionary (§9, tables 9 and 10); 12 n is written 1200 + n.
    private enum Operator {
        static let charset = 15
        static let charStrings = 17
        static let registryOrderingSupplement = 1230
    }

    mutating func characterIDs() throws(CompactFontFault) -> [UInt16] {
        at = Int(try byte(at: 2))
        _ = try index()
        guard let top = try index().first else { throw .truncated }
        let values = try dictionary(top)
        guard values[Operator.registryOrderingSupplement] != nil else { throw .notCIDKeyed }
        guard let charset = values[Operator.charset], let charStrings = values[Operator.charStrings] else { throw .unknown }
        at = charStrings
        let count = try number(2)
        at = charset
        return try readCharset(glyphs: count)
    }

    private func byte(at offset: Int) throws(CompactFontFault) -> UInt8 {
        guard offset >= 0, offset < count else { throw .truncated }
        return unsafe bytes[offset]
    }

    private mutating func number(_ size: Int) throws(CompactFontFault) -> Int {
        var value = 0
        for _ in 0..<size {
            value = value << 8 | Int(try byte(at: at))
            at += 1
        }
        return value
    }

    /// §5: the stretches of bytes of an INDEX; reading goes on behind it.
    private mutating func index() throws(CompactFontFault) -> [Range<Int>] {
        let count = try number(2)
        guard count > 0 else { return [] }
        let size = try number(1)
        guard (1...4).contains(size) else { throw .unknown }
        let base = at + (count + 1) * size - 1
        var start = try number(size)
        var found: [Range<Int>] = []
        found.reserveCapacity(count)
        for _ in 0..<count {
            let end = try number(size)
            guard start <= end, base + end <= self.count else { throw .truncated }
            found.append(base + start..<base + end)
            start = end
        }
        at = base + start
        return found
    }

    /// §4: the last operand before each operator.
    private mutating func dictionary(_ range: Range<Int>) throws(CompactFontFault) -> [Int: Int] {
        var values: [Int: Int] = [:]
        var operand = 0
        at = range.lowerBound
        while at < range.upperBound {
            let first = try number(1)
            switch first {
            case 12: values[1200 + (try number(1))] = operand
            case 0...21: values[first] = operand
            case 28: operand = try number(2)
            case 29: operand = try number(4)
            case 30: try skipReal()
            case 32...246: operand = first - 139
            case 247...250: operand = (first - 247) * 256 + (try number(1)) + 108
            case 251...254: operand = -(first - 251) * 256 - (try number(1)) - 108
            default: throw .unknown
            }
        }
        return values
    }

    /// Two digits to a byte, up to one that is 15.
    private mutating func skipReal() throws(CompactFontFault) {
        while true {
            let pair = try number(1)
            if pair & 15 == 15 { return }
        }
    }

    /// §13: glyph by glyph, or in ranges with the number of glyphs that follow the first.
    private mutating func readCharset(glyphs count: Int) throws(CompactFontFault) -> [UInt16] {
        let format = try number(1)
        guard format <= 2 else { throw .unknown }
        var identifiers: [UInt16] = [0]
        identifiers.reserveCapacity(count)
        while identifiers.count < count {
            let first = try number(2)
            let more = format == 0 ? 0 : try number(format)
            for identifier in first...first + more where identifiers.count < count {
                identifiers.append(UInt16(truncatingIfNeeded: identifier))
            }
        }
        return identifiers
    }
}
