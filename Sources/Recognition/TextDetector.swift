internal import DossierModel

/// Finds the lines of text on a page with PP-OCR's detection network.
final class TextDetector {
    /// The network halves its input five times.
    private static let granularity = 32.0

    private let request: InferRequest

    init(model path: String, precision: Precision, threads: Int, clock: InferenceClock) throws(DossierError) {
        request = try CompiledModel(contentsOfFile: path, precision: precision, threads: threads, requests: 1, clock: clock).makeRequest()
    }

    /// The frames of all lines, in pixels of `page`, upright ones read rightwards, standing ones downwards.
    ///
    /// - Parameter longestSide: the page is reduced to this many pixels; smaller pages keep their size.
    func frames(on page: GreyPage, longestSide: Int) throws(DossierError) -> [TextFrame] {
        let scale = min(1, Double(longestSide) / Double(max(page.width, page.height)))
        let columns = Self.granular(Double(page.width) * scale)
        let rows = Self.granular(Double(page.height) * scale)
        try unsafe request.start(shape: [1, 3, rows, columns]) { unsafe page.writeScaled(columns: columns, rows: rows, into: $0) }
        let frames = try unsafe request.finish { map, shape in
            unsafe DetectionBoxes(map: map, width: shape[3], height: shape[2]).frames()
        }
        let (x, y) = (Double(page.width) / Double(columns), Double(page.height) / Double(rows))
        return frames.map { $0.scaled(x: x, y: y) }
    }

    private static func granular(_ side: Double) -> Int {
        Int(max(1, (side / granularity).rounded()) * granularity)
    }
}
