internal import CZlib
internal import DossierModel

/// zlib streams (RFC 1950) and PNG's row filters (ISO/IEC 15948 §9).
enum Flate {
    /// #### Errors
    /// `library` when zlib refuses.
    static func compressed(_ bytes: [UInt8], level: Int32 = 9) throws(DossierError) -> [UInt8] {
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
        var result: [UInt8] = []
        result.reserveCapacity((perRow + 1) * samples.height)
        var candidates = [[UInt8]](repeating: [UInt8](repeating: 0, count: perRow), count: 5)
        for row in 0..<samples.height {
            let best = filter(row, of: samples.bytes, perRow: perRow, back: back, into: &candidates)
            result.append(UInt8(best))
            result += candidates[best]
        }
        return result
    }

    private static func filter(_ row: Int, of bytes: [UInt8], perRow: Int, back: Int, into candidates: inout [[UInt8]]) -> Int {
        var sums = [0, 0, 0, 0, 0]
        let start = row * perRow
        for kind in 0..<5 {
            for i in 0..<perRow {
                let left = i >= back ? Int(bytes[start + i - back]) : 0
                let up = row > 0 ? Int(bytes[start + i - perRow]) : 0
                let corner = i >= back && row > 0 ? Int(bytes[start + i - back - perRow]) : 0
                let value = bytes[start + i] &- UInt8(truncatingIfNeeded: prediction(kind, left, up, corner))
                candidates[kind][i] = value
                sums[kind] += Int(min(value, 0 &- value))
            }
        }
        return sums.indices.min { (sums[$0], $0) < (sums[$1], $1) }!
    }

    /// ISO/IEC 15948 §9.2 and §9.4.
    @inline(__always)
    private static func prediction(_ kind: Int, _ left: Int, _ up: Int, _ corner: Int) -> Int {
        switch kind {
        case 1: return left
        case 2: return up
        case 3: return (left + up) / 2
        case 4:
            let p = left + up - corner
            let (a, b, c) = (abs(p - left), abs(p - up), abs(p - corner))
            return a <= b && a <= c ? left : b <= c ? up : corner
        default: return 0
        }
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
