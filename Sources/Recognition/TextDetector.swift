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
        let map = try probabilities(of: page.scaledPlane(columns: columns, rows: rows), width: columns, height: rows)
        let frames = unsafe map.withUnsafeBufferPointer { map in
            unsafe DetectionBoxes(map: map, width: columns, height: rows).frames()
        }
        let (x, y) = (Double(page.width) / Double(columns), Double(page.height) / Double(rows))
        return frames.map { $0.scaled(x: x, y: y) }
    }

    /// How likely each pixel belongs to text; 0 on bare paper, which the network does not see.
    private func probabilities(of plane: [Float], width: Int, height: Int) throws(DossierError) -> [Float] {
        var map = [Float](repeating: 0, count: plane.count)
        let tallest = DetectionCanvas.tallest(forPageWidth: width)
        let tiles = DetectionTiles(of: plane, width: width, height: height, tallest: tallest)
        for canvas in DetectionCanvas.canvases(of: tiles, pageWidth: width) {
            try unsafe request.start(shape: [1, 3, canvas.height, canvas.width]) {
                unsafe canvas.write(plane, pageWidth: width, into: $0)
            }
            try unsafe request.finish { values, _ in unsafe canvas.copy(values, to: &map, pageWidth: width) }
        }
        return map
    }

    private static func granular(_ side: Double) -> Int {
        Int(max(1, (side / granularity).rounded()) * granularity)
    }
}
