internal import CZlib
internal import DossierModel

/// zlib streams (RFC 1950) and PNG's row filters (ISO/IEC 15948 §9).
enum Flate {
    /// #### Errors
    /// `library` when zlib refuses.
    static func compressed(_ bytes: [UInt8], level: Int32 = 6) throws(DossierError) -> [UInt8] {
        var size = compressBound(UInt(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(size))
        guard unsafe compress2(&result, &size, bytes, UInt(bytes.count), level) == Z_OK else {
            throw DossierError(.library, "zlib cannot compress the image; free some memory")
        }
        result.removeLast(result.count - Int(size))
        return result
    }

    /// CRC-32 as in ISO/IEC 15948 §5.5.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        unsafe bytes.withUnsafeBufferPointer { unsafe UInt32(crc32(0, $0.baseAddress, UInt32($0.count))) }
    }

    /// Whether a zlib stream is complete, ends with a right checksum and holds exactly `count` bytes.
    static func holdsExactly(_ count: Int, _ bytes: [UInt8]) -> Bool {
        var stream = unsafe z_stream()
        guard unsafe inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return false }
        defer { unsafe _ = inflateEnd(&stream) }
        var window = [UInt8](repeating: 0, count: 1 << 16)
        return unsafe bytes.withUnsafeBufferPointer { input in
            unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            unsafe stream.avail_in = UInt32(input.count)
            return unsafe window.withUnsafeMutableBufferPointer { output in
                unsafe run(&stream, through: output, upTo: count)
            }
        }
    }

    private static func run(_ stream: inout z_stream, through window: UnsafeMutableBufferPointer<UInt8>, upTo count: Int) -> Bool {
        while true {
            unsafe stream.next_out = window.baseAddress
            unsafe stream.avail_out = UInt32(window.count)
            let status = unsafe inflate(&stream, Z_NO_FLUSH)
            if status == Z_STREAM_END { return unsafe Int(stream.total_out) == count }
            guard status == Z_OK, unsafe Int(stream.total_out) <= count else { return false }
        }
    }

    /// Rows with a filter byte each. Every row takes the filter with the least sum of absolute differences, the rule
    /// recommended by ISO/IEC 15948 §12.8; equal sums go to the lower number.
    static func filtered(_ samples: SampleImage) -> [UInt8] {
        let perRow = samples.bytesPerRow
        let back = max(1, samples.bits * samples.space.components / 8)
        // Zeros stand left of the first pixel and above the first row.
        var above = [UInt8](repeating: 0, count: back + perRow), row = above
        var best = [UInt8](repeating: 0, count: perRow + 1), trial = best
        var result: [UInt8] = []
        result.reserveCapacity((perRow + 1) * samples.height)
        for y in 0..<samples.height {
            row.replaceSubrange(back..., with: samples.bytes[y * perRow..<(y + 1) * perRow])
            var least = Int.max
            for kind in 0..<UInt8(5) {
                let sum = filter(row, above: above, back: back, kind: kind, into: &trial)
                if sum < least { (least, best, trial) = (sum, trial, best) }
                if least == 0 { break }
            }
            result += best
            swap(&row, &above)
        }
        return result
    }

    /// One row by one filter; returns the sum of absolute differences.
    private static func filter(_ row: [UInt8], above: [UInt8], back: Int, kind: UInt8, into result: inout [UInt8]) -> Int {
        let count = row.count - back
        return unsafe row.withUnsafeBufferPointer { row in
            unsafe above.withUnsafeBufferPointer { above in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    unsafe result[0] = kind
                    let out = unsafe UnsafeMutableBufferPointer(rebasing: result[1...])
                    switch kind {
                    case 0: return unsafe apply(row, back, count, out) { _ in 0 }
                    case 1: return unsafe apply(row, back, count, out) { unsafe row[$0] }
                    case 2: return unsafe apply(row, back, count, out) { unsafe above[$0 + back] }
                    case 3: return unsafe apply(row, back, count, out) { unsafe UInt8((UInt16(row[$0]) + UInt16(above[$0 + back])) / 2) }
                    default: return unsafe apply(row, back, count, out) { unsafe paeth(row[$0], above[$0 + back], above[$0]) }
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func apply(
        _ row: UnsafeBufferPointer<UInt8>, _ back: Int, _ count: Int, _ out: UnsafeMutableBufferPointer<UInt8>,
        prediction: (Int) -> UInt8
    ) -> Int {
        var sum = 0
        for i in 0..<count {
            let value = unsafe row[i + back] &- prediction(i)
            unsafe out[i] = value
            sum &+= Int(min(value, 0 &- value))
        }
        return sum
    }

    /// ISO/IEC 15948 §9.4.
    @inline(__always)
    private static func paeth(_ left: UInt8, _ up: UInt8, _ corner: UInt8) -> UInt8 {
        let p = Int16(left) + Int16(up) - Int16(corner)
        let (a, b, c) = (abs(p - Int16(left)), abs(p - Int16(up)), abs(p - Int16(corner)))
        return a <= b && a <= c ? left : b <= c ? up : corner
    }
}

extension SampleImage {
    /// The layout without the samples.
    struct Shape {
        let size: PixelSize
        let bits: Int
        let space: Space
    }

    var shape: Shape { Shape(size: size, bits: bits, space: space) }

    init(_ shape: Shape, bytes: [UInt8]) {
        self.init(width: shape.size.width, height: shape.size.height, bits: shape.bits, space: shape.space, bytes: bytes)
    }
}

extension CodedImage {
    static func flate(
        _ bytes: [UInt8], shape: SampleImage.Shape, predictor: Int, inverted: Bool = false, origin: PageImage.Origin
    ) -> CodedImage {
        let probe = SampleImage(SampleImage.Shape(size: PixelSize(width: 1, height: 1), bits: shape.bits, space: shape.space))
        let parms =
            predictor == 1
            ? nil
            : "<< /Predictor \(predictor) /Colors \(shape.space.components) /BitsPerComponent \(shape.bits) "
                + "/Columns \(shape.size.width) >>"
        let swap = [String](repeating: "1 0", count: shape.space.components).joined(separator: " ")
        return .single(
            bytes, size: shape.size, mode: probe.mode, filter: "FlateDecode", decodeParms: parms,
            colourSpace: probe.colourSpace, bits: shape.bits, decode: inverted ? "[\(swap)]" : nil, origin: origin)
    }
}

extension SampleImage {
    /// Zeros.
    init(_ shape: Shape) {
        let perRow = Self.bytesPerRow(width: shape.size.width, bits: shape.bits, components: shape.space.components)
        self.init(shape, bytes: [UInt8](repeating: 0, count: perRow * shape.size.height))
    }
}
