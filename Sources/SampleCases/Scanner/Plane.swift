internal import DossierModel
import Typesetting

/// An image under work: one or three channels of 8 bits, interleaved.
struct Plane {
    let width: Int
    let height: Int
    /// 1 grey, 3 R G B.
    let channels: Int
    var bytes: [UInt8]

    init(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
        self.width = width
        self.height = height
        self.channels = channels
        self.bytes = bytes
    }

    /// From a grey or colour raster.
    init(_ raster: Raster) {
        self.init(width: raster.width, height: raster.height, channels: raster.mode == .colour ? 3 : 1, bytes: raster.bytes)
    }

    /// Multiplies a disc with one grey level into the image.
    mutating func fillDisc(x: Double, y: Double, radius: Double, level: UInt8) {
        for row in max(0, Int(y - radius))...max(0, min(height - 1, Int(y + radius))) {
            let half = (radius * radius - (Double(row) - y) * (Double(row) - y))
            guard half > 0 else { continue }
            let (from, to) = (max(0, Int(x - half.squareRoot())), min(width - 1, Int(x + half.squareRoot())))
            guard from <= to else { continue }
            for at in (row * width + from) * channels..<(row * width + to + 1) * channels { bytes[at] = min(bytes[at], level) }
        }
    }

    /// The 1-2-1 blur in both directions; `weight` is each neighbour's share (0.25 is the full binomial).
    func blurred(weight: Double) -> Plane {
        let side = Int(weight * 256)
        let middle = 256 - 2 * side
        return convolved(step: channels, side: side, middle: middle).convolved(step: width * channels, side: side, middle: middle)
    }

    private func convolved(step: Int, side: Int, middle: Int) -> Plane {
        var result = self
        let count = bytes.count
        unsafe bytes.withUnsafeBufferPointer { from in
            unsafe result.bytes.withUnsafeMutableBufferPointer { to in
                for at in step..<(count - step) {
                    let neighbours = unsafe Int(from[at - step]) + Int(from[at + step])
                    unsafe to[at] = UInt8((neighbours * side + Int(from[at]) * middle) >> 8)
                }
            }
        }
        return result
    }

    /// Turned by a quarter turn, clockwise.
    func turned(_ turn: QuarterTurn) -> Plane {
        if turn == .none { return self }
        let (newWidth, newHeight) = turn.swapsSides ? (height, width) : (width, height)
        var result = Plane(width: newWidth, height: newHeight, channels: channels, bytes: [UInt8](repeating: 0, count: bytes.count))
        unsafe bytes.withUnsafeBufferPointer { from in
            unsafe result.bytes.withUnsafeMutableBufferPointer { to in
                for row in 0..<newHeight {
                    for column in 0..<newWidth {
                        let source = self.source(ofColumn: column, row: row, turn: turn)
                        let target = (row * newWidth + column) * channels
                        for channel in 0..<channels { unsafe to[target + channel] = from[source + channel] }
                    }
                }
            }
        }
        return result
    }

    private func source(ofColumn column: Int, row: Int, turn: QuarterTurn) -> Int {
        switch turn {
        case .none: (row * width + column) * channels
        case .clockwise90: ((height - 1 - column) * width + row) * channels
        case .half: ((height - 1 - row) * width + width - 1 - column) * channels
        case .clockwise270: (column * width + width - 1 - row) * channels
        }
    }

    /// Grey or colour as it is; bitonal by a fixed threshold.
    func raster(mode: ColourMode, threshold: Double) -> Raster {
        guard mode == .bitonal else { return Raster(width: width, height: height, mode: mode, bytes: bytes) }
        let rowBytes = Raster.bytesPerRow(width: width, mode: .bitonal)
        let level = UInt8(threshold)
        var packed = [UInt8](repeating: 0, count: rowBytes * height)
        unsafe bytes.withUnsafeBufferPointer { from in
            unsafe packed.withUnsafeMutableBufferPointer { to in
                for row in 0..<height {
                    for column in 0..<width where unsafe from[row * width + column] < level {
                        unsafe to[row * rowBytes + column / 8] |= 0x80 >> UInt8(truncatingIfNeeded: column & 7)
                    }
                }
            }
        }
        return Raster(width: width, height: height, mode: .bitonal, bytes: packed)
    }
}
