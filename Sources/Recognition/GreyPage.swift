internal import DossierModel

/// A page as the models see it: one byte per pixel, 0 black.
struct GreyPage {
    let width: Int
    let height: Int
    let pixels: [UInt8]

    init(_ raster: Raster) {
        width = raster.width
        height = raster.height
        pixels =
            switch raster.mode {
            case .grey: raster.bytes
            case .bitonal: Self.expanded(raster)
            case .colour: Self.luma(raster)
            }
    }

    private static func expanded(_ raster: Raster) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: raster.width * raster.height) { pixels, count in
            for y in 0..<raster.height {
                let row = y * raster.bytesPerRow
                for x in 0..<raster.width {
                    let black = raster.bytes[row + x >> 3] << UInt8(x & 7) & 0x80 != 0
                    unsafe pixels[y * raster.width + x] = black ? 0 : 255
                }
            }
            count = raster.width * raster.height
        }
    }

    /// Y′ of ITU-R BT.601 in 1/256.
    private static func luma(_ raster: Raster) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: raster.width * raster.height) { pixels, count in
            unsafe raster.bytes.withUnsafeBufferPointer { rgb in
                for i in 0..<raster.width * raster.height {
                    let sum = unsafe 77 * UInt32(rgb[3 * i]) + 150 * UInt32(rgb[3 * i + 1]) + 29 * UInt32(rgb[3 * i + 2])
                    unsafe pixels[i] = UInt8(sum >> 8)
                }
            }
            count = raster.width * raster.height
        }
    }
}

// MARK: - Input planes

/// What both models expect: grey values mapped to −1…1, the same plane three times (B G R).
/// `(value / 255 − 0.5) / 0.5`, the normalisation PP-OCR was trained with.
func modelValue(_ grey: Float) -> Float { grey * (2 / 255) - 1 }

/// Copies the first plane of a B G R input to the other two.
func repeatFirstPlane(_ values: UnsafeMutableBufferPointer<Float>, size: Int) {
    let first = values.baseAddress!
    unsafe (first + size).update(from: first, count: size)
    unsafe (first + 2 * size).update(from: first, count: size)
}

extension GreyPage {
    /// The page resized by area averaging (every source pixel counts by the share of it that a target pixel covers):
    /// `columns × rows` values −1…1, row by row.
    func scaledPlane(columns: Int, rows: Int) -> [Float] {
        var plane = [Float](repeating: 0, count: columns * rows)
        unsafe plane.withUnsafeMutableBufferPointer { unsafe writeScaled(columns: columns, rows: rows, into: $0) }
        return plane
    }

    private func writeScaled(columns: Int, rows: Int, into values: UnsafeMutableBufferPointer<Float>) {
        var sums = [Float](repeating: 0, count: width + 1)
        for row in 0..<rows {
            addUp(row: row, of: rows, into: &sums)
            let top = Double(row) * Double(height) / Double(rows)
            let bottom = Double(row + 1) * Double(height) / Double(rows)
            let area = Float((bottom - top) * Double(width) / Double(columns))
            unsafe Self.spread(sums, columns: columns, area: area, into: values.baseAddress! + row * columns)
        }
    }

    /// `sums[x]` becomes the weighted sum of column `x` over the source rows under one target row.
    private func addUp(row: Int, of rows: Int, into sums: inout [Float]) {
        let top = Double(row) * Double(height) / Double(rows)
        let bottom = Double(row + 1) * Double(height) / Double(rows)
        unsafe pixels.withUnsafeBufferPointer { pixels in
            unsafe sums.withUnsafeMutableBufferPointer { sums in
                unsafe sums.update(repeating: 0)
                for y in Int(top)..<min(height, Int(bottom.rounded(.up))) {
                    let weight = Float(min(bottom, Double(y + 1)) - max(top, Double(y)))
                    let source = unsafe pixels.baseAddress! + y * width
                    for x in 0..<width { unsafe sums[x] += weight * Float(source[x]) }
                }
            }
        }
    }

    /// Shares the column sums out over `columns` target pixels, by differences of their running sum.
    private static func spread(_ sums: [Float], columns: Int, area: Float, into target: UnsafeMutablePointer<Float>) {
        let width = sums.count - 1
        let step = Double(width) / Double(columns)
        var column = 0
        for x in 0..<columns {
            let end = Double(x + 1) * step
            var total: Float = 0
            let start = Double(x) * step
            column = Int(start)
            let last = min(width, Int(end.rounded(.up)))
            while column < last {
                let share = Float(min(end, Double(column + 1)) - max(start, Double(column)))
                total += share * sums[column]
                column += 1
            }
            unsafe target[x] = modelValue(total / area)
        }
    }

    /// Writes the part of the page under `frame` as three planes of `columns × rows`; the text occupies the first
    /// `used` columns, the rest stays 0 (mid-grey), as in training.
    ///
    /// Each target pixel is the mean of bilinear samples, enough of them that no source pixel is skipped.
    func writeCrop(_ frame: TextFrame, used: Int, columns: Int, rows: Int, into values: UnsafeMutableBufferPointer<Float>) {
        unsafe values.update(repeating: 0)
        let along = min(8, max(1, Int((frame.width / Double(used)).rounded())))
        let across = min(8, max(1, Int((frame.height / Double(rows)).rounded())))
        let stepX = (x: frame.along.x * frame.width / Double(used * along), y: frame.along.y * frame.width / Double(used * along))
        let stepY = (x: -frame.along.y * frame.height / Double(rows * across), y: frame.along.x * frame.height / Double(rows * across))
        let origin = frame.corner
        let scale = 1 / Float(along * across)
        unsafe pixels.withUnsafeBufferPointer { pixels in
            for subRow in 0..<rows * across {
                var x = origin.x + stepY.x * (Double(subRow) + 0.5) + stepX.x / 2 - 0.5
                var y = origin.y + stepY.y * (Double(subRow) + 0.5) + stepX.y / 2 - 0.5
                let target = unsafe values.baseAddress! + (subRow / across) * columns
                for column in 0..<used {
                    var sum: Float = 0
                    for _ in 0..<along {
                        unsafe sum += bilinear(pixels, x, y)
                        x += stepX.x
                        y += stepX.y
                    }
                    unsafe target[column] += sum
                }
            }
        }
        for row in 0..<rows {
            let line = unsafe values.baseAddress! + row * columns
            for column in 0..<used { unsafe line[column] = modelValue(line[column] * scale) }
        }
        unsafe repeatFirstPlane(values, size: columns * rows)
    }

    /// Bilinear sample at pixel-centre coordinates; beyond the page its edge goes on.
    @inline(__always)
    private func bilinear(_ pixels: UnsafeBufferPointer<UInt8>, _ x: Double, _ y: Double) -> Float {
        let cx = min(max(x, 0), Double(width - 1))
        let cy = min(max(y, 0), Double(height - 1))
        let left = Int(cx)
        let top = Int(cy)
        let right = min(left + 1, width - 1)
        let bottom = min(top + 1, height - 1) * width
        let fx = Float(cx - Double(left))
        let fy = Float(cy - Double(top))
        let a = unsafe Float(pixels[top * width + left])
        let b = unsafe Float(pixels[top * width + right])
        let c = unsafe Float(pixels[bottom + left])
        let d = unsafe Float(pixels[bottom + right])
        let upper = a + (b - a) * fx
        let lower = c + (d - c) * fx
        return upper + (lower - upper) * fy
    }
}

// MARK: - Smaller and turned copies

extension GreyPage {
    init(width: Int, height: Int, pixels: [UInt8]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// A copy whose longer side is at most `longestSide`, and its scale.
    func reduced(longestSide: Int) -> (page: GreyPage, scale: Double) {
        let scale = min(1, Double(longestSide) / Double(max(width, height)))
        guard scale < 1 else { return (self, 1) }
        let columns = max(1, Int((Double(width) * scale).rounded()))
        let rows = max(1, Int((Double(height) * scale).rounded()))
        let grey = scaledPlane(columns: columns, rows: rows).map { UInt8(min(max(($0 + 1) * 127.5, 0), 255)) }
        return (GreyPage(width: columns, height: rows, pixels: grey), scale)
    }

    /// The part of the page in these rows.
    func rows(_ range: Range<Int>) -> GreyPage {
        GreyPage(width: width, height: range.count, pixels: Array(pixels[range.lowerBound * width..<range.upperBound * width]))
    }

    /// The square of `side` pixels with the most dark pixels, of those a quarter of a side apart.
    func mostInked(side: Int) -> GreyPage {
        var best = (ink: -1, x: 0, y: 0)
        for y in Self.starts(side, height) {
            for x in Self.starts(side, width) {
                let ink = darkPixels(x, y, side)
                if ink > best.ink { best = (ink, x, y) }
            }
        }
        let (right, bottom) = (min(width, best.x + side), min(height, best.y + side))
        let part = (best.y..<bottom).flatMap { pixels[$0 * width + best.x..<$0 * width + right] }
        return GreyPage(width: right - best.x, height: bottom - best.y, pixels: part)
    }

    private static func starts(_ side: Int, _ length: Int) -> StrideThrough<Int> {
        stride(from: 0, through: max(0, length - side), by: max(1, side / 4))
    }

    private func darkPixels(_ left: Int, _ top: Int, _ side: Int) -> Int {
        (top..<min(height, top + side)).reduce(0) { count, y in
            count + pixels[y * width + left..<y * width + min(width, left + side)].count { $0 < 128 }
        }
    }

    /// A copy turned clockwise.
    func turned(_ turn: QuarterTurn) -> GreyPage {
        if turn == .none { return self }
        let (columns, rows) = turn.swapsSides ? (height, width) : (width, height)
        var turned = [UInt8](repeating: 0, count: pixels.count)
        for y in 0..<rows {
            for x in 0..<columns {
                let source =
                    switch turn {
                    case .none: y * width + x
                    case .clockwise90: (height - 1 - x) * width + y
                    case .half: (height - 1 - y) * width + width - 1 - x
                    case .clockwise270: x * width + width - 1 - y
                    }
                turned[y * columns + x] = pixels[source]
            }
        }
        return GreyPage(width: columns, height: rows, pixels: turned)
    }
}
