internal import CTesseract
internal import DossierModel

/// One Tesseract handle; the only place that calls the library.
@safe struct TesseractSession: ~Copyable {
    /// A letter as Tesseract read it.
    struct Symbol {
        var text: String
        var box: PixelRect
        /// 0…1.
        var confidence: Double
        var startsWord: Bool
        var startsLine: Bool
    }

    /// Tesseract keeps coordinates in 16 bits.
    static let longestSide = 32_767

    static var version: String { unsafe String(cString: TessVersion()) }

    private let handle: OpaquePointer

    /// #### Errors
    /// `missingComponent` when a language model is damaged.
    init(_ languages: TesseractLanguages) throws(DossierError) {
        let handle = unsafe TessBaseAPICreate()!
        unsafe TessBaseAPISetVariable(handle, "debug_file", "/dev/null")
        guard unsafe TessBaseAPIInit3(handle, languages.folder, languages.names.joined(separator: "+")) == 0 else {
            unsafe TessBaseAPIDelete(handle)
            throw DossierError(
                .missingComponent, "Tesseract cannot use its language models; reinstall tesseract-ocr-chi-sim and tesseract-ocr-eng",
                location: languages.folder)
        }
        unsafe TessBaseAPISetVariable(handle, "preserve_interword_spaces", "1")
        unsafe self.handle = handle
    }

    deinit { unsafe TessBaseAPIDelete(handle) }

    /// What Tesseract takes a page for.
    enum Layout {
        /// Columns, tables and pictures; lines that run up the page are read, too.
        case any
        /// One block of level lines.
        case block
    }

    /// Reads a page; symbols come in Tesseract's reading order.
    ///
    /// #### Errors
    /// `limitExceeded` for pages with a side over 32,767 pixels, `timedOut` for those not read in time, `library` when Tesseract
    /// gives up.
    ///
    /// - Parameter timeout: seconds, 0: none. What was read until then is not given: it would look like the whole page.
    func symbols(on page: GreyPage, dpi: Double, layout: Layout = .any, timeout: Double = 0) throws(DossierError) -> [Symbol] {
        guard max(page.width, page.height) <= Self.longestSide else {
            throw DossierError(.limitExceeded, "Tesseract reads no page with a side over 32,767 pixels; use the engine “ppocr”")
        }
        tesseract_use_one_thread()
        unsafe TessBaseAPISetPageSegMode(handle, layout == .any ? PSM_AUTO : PSM_SINGLE_BLOCK)
        unsafe TessBaseAPISetVariable(handle, "user_defined_dpi", "\(Int(min(max(dpi, 70), 2400)))")
        let monitor = unsafe TessMonitorCreate()
        defer { unsafe TessMonitorDelete(monitor) }
        if timeout > 0 { unsafe TessMonitorSetDeadlineMSecs(monitor, Int32(min(timeout * 1000, 2_000_000_000))) }
        let start = ContinuousClock.now
        let failed = unsafe page.pixels.withUnsafeBufferPointer { pixels in
            unsafe TessBaseAPISetImage(handle, pixels.baseAddress, Int32(page.width), Int32(page.height), 1, Int32(page.width))
            return unsafe TessBaseAPIRecognize(handle, monitor) != 0
        }
        defer { unsafe TessBaseAPIClear(handle) }
        if failed, timeout > 0, start.duration(to: .now) >= .seconds(timeout) {
            throw DossierError(.timedOut, "Tesseract did not read the page in \(Int(timeout.rounded())) seconds; use the engine “ppocr”, or raise recognise.tesseractTimeout")
        }
        guard !failed else { throw DossierError(.library, "Tesseract gave up on the page; use the engine “ppocr”") }
        return collectSymbols()
    }

    private func collectSymbols() -> [Symbol] {
        guard let iterator = unsafe TessBaseAPIGetIterator(handle) else { return [] }
        defer { unsafe TessResultIteratorDelete(iterator) }
        var symbols: [Symbol] = []
        repeat {
            if let symbol = unsafe Self.symbol(at: iterator) { symbols.append(symbol) }
        } while unsafe TessResultIteratorNext(iterator, RIL_SYMBOL) != 0
        return symbols
    }

    private static func symbol(at iterator: OpaquePointer) -> Symbol? {
        guard let text = unsafe TessResultIteratorGetUTF8Text(iterator, RIL_SYMBOL) else { return nil }
        defer { unsafe TessDeleteText(text) }
        var (left, top, right, bottom): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        let place = unsafe TessResultIteratorGetPageIteratorConst(iterator)
        unsafe TessPageIteratorBoundingBox(place, RIL_SYMBOL, &left, &top, &right, &bottom)
        let confidence = unsafe TessResultIteratorConfidence(iterator, RIL_SYMBOL)
        return Symbol(
            text: unsafe String(cString: text),
            box: PixelRect(x: Int(left), y: Int(top), width: Int(right - left), height: Int(bottom - top)),
            confidence: Double(min(max(confidence, 0), 100)) / 100,
            startsWord: unsafe TessPageIteratorIsAtBeginningOf(place, RIL_WORD) != 0,
            startsLine: unsafe TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE) != 0)
    }
}
