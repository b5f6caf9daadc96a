internal import DossierModel

/// From a text probability map to frames: the post-processing of Differentiable Binarization
/// (Liao et al., “Real-time Scene Text Detection with Differentiable Binarization”, AAAI 2020, §3).
@safe struct DetectionBoxes {
    /// Pixels above this belong to text (PP-OCRv6 det, `thresh`). The network draws the kernel of a line, not all of it.
    static let pixelThreshold: Float = 0.3
    /// Frames whose mean probability is lower are no text (`box_thresh`). Low, because an unread line is worse than noise read.
    static let scoreThreshold = 0.5
    /// The kernel of a digit by itself, such as a stamped number, is small and pale …
    static let loneDigitThreshold = 0.4
    /// … its sides in pixels of the map.
    static let loneDigit = 4.0...24.0
    /// Kernels are shrunk when the network is trained; `distance = area × ratio / perimeter` grows them back (`unclip_ratio`).
    static let growth = 1.6
    /// Thinner kernels are specks, pixels of the map.
    static let minimumSide = 3.0
    /// Tilted frames are believed only for kernels this much longer than high: the smallest rectangle around two
    /// letters may lie at any angle, and pages come straightened.
    static let minimumRatioForTilt = 4.0

    /// Frames this much higher than wide are read downwards (as PP-OCR's own pipeline does).
    static let minimumRatioForTurn = 1.5

    let map: UnsafeBufferPointer<Float>
    let width: Int
    let height: Int

    /// The frames in pixels of the map, in the order of their topmost pixel.
    func frames() -> [TextFrame] {
        let components = unsafe Components(of: map, width: width, height: height, threshold: Self.pixelThreshold)
        return components.parts.compactMap(frame)
    }

    private func frame(around runs: [Components.Run]) -> TextFrame? {
        let hull = runs.convexHull
        var kernel = Self.uprightRectangle(around: hull)
        let tight = Self.smallestRectangle(around: hull)
        if tight.width >= Self.minimumRatioForTilt * tight.height { kernel = tight }
        guard min(kernel.width, kernel.height) >= Self.minimumSide else { return nil }
        kernel.score = meanProbability(in: kernel)
        guard kernel.score >= (kernel.isDigitSized ? Self.loneDigitThreshold : Self.scoreThreshold) else { return nil }
        let frame = kernel.grown(by: kernel.width * kernel.height * Self.growth / (2 * (kernel.width + kernel.height)))
        return frame.along.x == 1 && frame.height >= Self.minimumRatioForTurn * frame.width ? frame.turnedClockwise() : frame
    }

    private static func uprightRectangle(around hull: [PixelPoint]) -> TextFrame {
        TextFrame(
            left: hull.map(\.x).min()!, top: hull.map(\.y).min()!, right: hull.map(\.x).max()!, bottom: hull.map(\.y).max()!,
            score: 0)
    }

    /// The rectangle of least area; one of its sides lies on a side of the hull (Freeman and Shapira, CACM 18, 1975).
    /// Its reading direction is the longer side, pointing right, or down when the rectangle stands.
    static func smallestRectangle(around hull: [PixelPoint]) -> TextFrame {
        var best = uprightRectangle(around: hull)
        var area = best.width * best.height
        for i in hull.indices {
            let (a, b) = (hull[i], hull[(i + 1) % hull.count])
            let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
            guard length > 0 else { continue }
            let candidate = rectangle(around: hull, along: PixelPoint(x: (b.x - a.x) / length, y: (b.y - a.y) / length))
            if candidate.width * candidate.height < area - 1e-9 {
                best = candidate
                area = candidate.width * candidate.height
            }
        }
        return best.readAlongLongerSide()
    }

    private static func rectangle(around hull: [PixelPoint], along: PixelPoint) -> TextFrame {
        var (u0, u1, v0, v1) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
        for point in hull {
            let u = point.x * along.x + point.y * along.y
            let v = -point.x * along.y + point.y * along.x
            (u0, u1, v0, v1) = (min(u0, u), max(u1, u), min(v0, v), max(v1, v))
        }
        let (u, v) = ((u0 + u1) / 2, (v0 + v1) / 2)
        let centre = PixelPoint(x: u * along.x - v * along.y, y: u * along.y + v * along.x)
        return TextFrame(centre: centre, along: along, width: u1 - u0, height: v1 - v0, score: 0)
    }

    /// Mean of the map over the pixels whose centre lies inside.
    private func meanProbability(in frame: TextFrame) -> Double {
        var sum = 0.0
        var count = 0
        for y in max(0, Int(frame.top))..<max(1, min(height, Int(frame.bottom.rounded(.up)))) {
            let columns = frame.columns(at: Double(y) + 0.5, limit: width)
            for x in columns { unsafe sum += Double(map[y * width + x]) }
            count += columns.count
        }
        return count == 0 ? 0 : sum / Double(count)
    }
}

extension TextFrame {
    fileprivate var isDigitSized: Bool { DetectionBoxes.loneDigit.contains(width) && DetectionBoxes.loneDigit.contains(height) }

    /// The same rectangle, read along its longer side, rightwards; a standing one downwards.
    func readAlongLongerSide() -> TextFrame {
        var frame = width >= height ? self : turnedClockwise()
        let standing = abs(frame.along.y) > abs(frame.along.x)
        if standing ? frame.along.y < 0 : frame.along.x < 0 { frame = frame.turnedHalf() }
        return frame
    }

    /// Pixels of the row at height `y` whose centre lies inside, cut to `0 ..< limit`.
    func columns(at y: Double, limit: Int) -> Range<Int> {
        var low = -Double.infinity
        var high = Double.infinity
        let dy = y - centre.y
        /// `|slope × (x − centre.x) + offset| ≤ half`
        func cut(_ slope: Double, _ offset: Double, _ half: Double) {
            if abs(slope) < 1e-9 {
                if abs(offset) > half { high = -Double.infinity }
                return
            }
            let (a, b) = ((-half - offset) / slope, (half - offset) / slope)
            low = max(low, min(a, b))
            high = min(high, max(a, b))
        }
        cut(along.x, along.y * dy, width / 2)
        cut(-along.y, along.x * dy, height / 2)
        guard high >= low else { return 0..<0 }
        let first = max(0, Int((centre.x + low - 0.5).rounded(.up)))
        let last = min(limit - 1, Int((centre.x + high - 0.5).rounded(.down)))
        return first..<max(first, last + 1)
    }
}
