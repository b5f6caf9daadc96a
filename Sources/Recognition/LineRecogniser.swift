internal import DossierModel

/// Reads cut-out lines with PP-OCR's recognition network.
final class LineRecogniser {
    /// Height of the network's input, pixels.
    static let inputHeight = 48
    /// Input widths go in steps of this up to 512 pixels, of twice as much up to 1,024, and so on: each new shape takes 30 ms
    /// to prepare and 3 MB to keep.
    static let widthStep = 32
    static let minimumWidth = 64
    /// Wider input is cut; a page-wide line of small print stays below.
    static let maximumWidth = 3200

    private let requests: [InferRequest]
    /// Of the line that each request has at the moment.
    private var inks: [LineInk]
    private let decoding: CTCDecoding

    /// #### Errors
    /// `missingComponent` when the model is damaged or its dictionary does not fit its output.
    init(model path: String, precision: Precision, threads: Int, clock: InferenceClock) throws(DossierError) {
        let model = try CompiledModel(contentsOfFile: path, precision: precision, threads: threads, requests: threads, clock: clock)
        var requests: [InferRequest] = []
        for _ in 0..<threads { requests.append(try model.makeRequest()) }
        self.requests = requests
        inks = Array(repeating: LineInk(columns: [], height: 0), count: threads)
        decoding = CTCDecoding(characters: try Self.characters(ofModelAt: path))
        try checkDictionary(path)
    }

    /// The classes in order: blank, the dictionary of the model's notes, space.
    static func characters(ofModelAt path: String) throws(DossierError) -> [String] {
        guard let list = try ONNXMetadata.value(of: "character", inFileAt: path) else {
            throw DossierError(.missingComponent, "the model carries no dictionary; run “make setup” again", location: path)
        }
        return [""] + list.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + [" "]
    }

    /// One inference on nothing shows how many classes the network tells apart.
    private func checkDictionary(_ path: String) throws(DossierError) {
        try unsafe requests[0].start(shape: [1, 3, Self.inputHeight, Self.minimumWidth]) { unsafe $0.update(repeating: 0) }
        let classes = try unsafe requests[0].finish { _, shape in shape.last }
        guard classes == decoding.characters.count else {
            throw DossierError(
                .missingComponent,
                "the model tells \(classes ?? 0) letters apart, its dictionary names \(decoding.characters.count); run “make setup” again",
                location: path)
        }
    }

    /// Readings of the frames, same order.
    ///
    /// - Parameter squeeze: width of the input relative to the true proportions, 0…1: narrower is faster.
    func read(_ frames: [TextFrame], on page: GreyPage, squeeze: Double) throws(DossierError) -> [LineReading] {
        let widths = frames.map { Self.inputWidth(of: $0, squeeze: squeeze) }
        // Like shapes one after the other: the runtime prepares each once. Every line is an inference of its own, so
        // that neighbours and threads cannot change a reading.
        let order = frames.indices.sorted { (widths[$0], $0) < (widths[$1], $1) }
        var readings = [LineReading](repeating: LineReading(text: "", confidence: 0, spans: []), count: frames.count)
        for (turn, line) in order.enumerated() {
            if turn >= requests.count {
                let done = order[turn - requests.count]
                readings[done] = try reading(turn % requests.count, used: widths[done])
            }
            try start(turn % requests.count, frames[line], on: page, used: widths[line])
        }
        for turn in max(0, order.count - requests.count)..<order.count {
            readings[order[turn]] = try reading(turn % requests.count, used: widths[order[turn]])
        }
        return readings
    }

    private static func inputWidth(of frame: TextFrame, squeeze: Double) -> Int {
        let width = Double(inputHeight) * frame.width / max(frame.height, 1) * squeeze
        return Int(min(Double(maximumWidth), max(8, width.rounded(.up))))
    }

    private static func columns(for used: Int) -> Int {
        var step = widthStep
        while used > 16 * step { step *= 2 }
        return max(minimumWidth, (used + step - 1) / step * step)
    }

    private func start(_ request: Int, _ frame: TextFrame, on page: GreyPage, used: Int) throws(DossierError) {
        let columns = Self.columns(for: used)
        let proportion = frame.width / Double(used) / (frame.height / Double(Self.inputHeight))
        try unsafe requests[request].start(shape: [1, 3, Self.inputHeight, columns]) { values in
            unsafe page.writeCrop(frame, used: used, columns: columns, rows: Self.inputHeight, into: values)
            inks[request] = unsafe LineInk(UnsafeBufferPointer(values), used: used, columns: columns, rows: Self.inputHeight, proportion: proportion)
        }
    }

    private func reading(_ request: Int, used: Int) throws(DossierError) -> LineReading {
        let columns = Self.columns(for: used)
        return try unsafe requests[request].finish { values, shape in
            let steps = Double(shape[1]) * Double(used) / Double(columns)
            return unsafe decoding.reading(of: values, steps: shape[1], usedSteps: steps, ink: inks[request], width: Double(used))
        }
    }
}
