internal import CPango
import DossierModel
import Foundation

/// A cairo drawing surface in millimetres. The only type that draws; which surface lies beneath is settled at `init`.
@safe struct Canvas: ~Copyable {
    private let surface: OpaquePointer
    private let context: OpaquePointer
    private let size: PixelSize
    /// Whether text is kept as text: drawn in runs that carry their characters, spaces among them.
    private let keepsText: Bool
    /// Where a PDF goes. cairo writes into it as late as in `deinit`.
    private let sink: ByteSink?

    /// A white raster of `size` pixels at `dpi` dots per inch.
    init(size: PixelSize, dpi: Resolution) throws(DossierError) {
        guard let surface = unsafe cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(size.width), Int32(size.height)),
            unsafe cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS
        else {
            throw DossierError(.limitExceeded, "no memory for a page of \(size.width) × \(size.height) pixels; lower the resolution")
        }
        unsafe self.surface = surface
        unsafe self.context = cairo_create(surface)
        self.size = size
        keepsText = false
        sink = nil
        unsafe cairo_set_source_rgb(context, 1, 1, 1)
        unsafe cairo_paint(context)
        unsafe cairo_scale(context, dpi.x / 25.4, dpi.y / 25.4)
        setUnhintedFonts()
    }

    /// A PDF whose bytes go to `sink`. Each page begins with `beginPage`.
    init(pdf sink: ByteSink) throws(DossierError) {
        unsafe surface = cairo_pdf_surface_create_for_stream(ByteSink.write, Unmanaged.passUnretained(sink).toOpaque(), 1, 1)
        unsafe context = cairo_create(surface)
        size = PixelSize(width: 0, height: 0)
        keepsText = true
        self.sink = sink
        unsafe cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        // cairo would write the clock.
        unsafe cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "")
        setUnhintedFonts()
    }

    /// Starts a page of a PDF.
    func beginPage(_ paper: PaperSize) {
        unsafe cairo_pdf_surface_set_size(surface, paper.width / 25.4 * 72, paper.height / 25.4 * 72)
        unsafe cairo_identity_matrix(context)
        unsafe cairo_scale(context, 72 / 25.4, 72 / 25.4)
    }

    func endPage() { unsafe cairo_show_page(context) }

    /// Ends a PDF.
    ///
    /// #### Errors
    /// `library` when cairo could not draw something or make a font's subset.
    func finish() throws(DossierError) {
        unsafe cairo_surface_finish(surface)
        for status in unsafe [cairo_status(context), cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
            throw DossierError(
                .library, "cairo could not make the PDF; please report this", cause: unsafe String(cString: cairo_status_to_string(status)))
        }
    }

    deinit {
        unsafe cairo_destroy(context)
        unsafe cairo_surface_destroy(surface)
    }

    private func setUnhintedFonts() {
        let options = unsafe cairo_font_options_create()
        defer { unsafe cairo_font_options_destroy(options) }
        unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        unsafe cairo_set_font_options(context, options)
    }

    func draw(_ element: PageLayout.Element, fonts: inout FontBook) throws(DossierError) {
        switch element {
        case .text(let line): try draw(line, fonts: &fonts)
        case .stroke(let stroke): draw(stroke)
        case .fill(let shape, let ink):
            use(ink)
            trace(shape)
            unsafe cairo_fill(context)
        case .ringText(let ring): try draw(ring, fonts: &fonts)
        }
    }

    private func use(_ ink: Ink) {
        // A printer would screen the slightly grey black that stands for ink in pictures of paper.
        let ink = keepsText && ink == .black ? Ink(red: 0, green: 0, blue: 0) : ink
        unsafe cairo_set_source_rgb(context, ink.red, ink.green, ink.blue)
    }

    // MARK: Text

    private func draw(_ line: TextLine, fonts: inout FontBook) throws(DossierError) {
        use(line.ink)
        guard !keepsText else { return try drawRuns(of: line, fonts: &fonts) }
        for placed in try line.placedGlyphs(fonts: &fonts) {
            unsafe cairo_save(context)
            unsafe cairo_translate(context, placed.x, placed.baseline)
            if placed.squeeze < 1 { unsafe cairo_scale(context, placed.squeeze, 1) }
            show(placed.glyph, placed.character, size: line.height, fonts: fonts)
            unsafe cairo_restore(context)
        }
    }

    /// Characters of one font and width go out together: fewer operators, and a reader finds the line in one piece.
    private func drawRuns(of line: TextLine, fonts: inout FontBook) throws(DossierError) {
        var rest = try line.readableGlyphs(fonts: &fonts)[...]
        while let first = rest.first {
            let run = rest.prefix { $0.glyph.face == first.glyph.face && $0.squeeze == first.squeeze }
            var matrix = cairo_matrix_t()
            unsafe cairo_matrix_init_scale(&matrix, line.height * first.squeeze, line.height)
            unsafe cairo_set_font_face(context, fonts.face(of: first.glyph))
            unsafe cairo_set_font_matrix(context, &matrix)
            showText(run.map { ($0.character, cairo_glyph_t(index: $0.glyph.index, x: $0.x, y: $0.baseline)) })
            rest = rest.dropFirst(run.count)
        }
    }

    /// One glyph to a character, so that every glyph's text is exact.
    private func showText(_ characters: [(character: Character, glyph: cairo_glyph_t)]) {
        let glyphs = characters.map(\.glyph)
        let clusters = characters.map { cairo_text_cluster_t(num_bytes: Int32($0.character.utf8.count), num_glyphs: 1) }
        let text = String(characters.map(\.character))
        unsafe cairo_show_text_glyphs(
            context, text, Int32(text.utf8.count), glyphs, Int32(glyphs.count), clusters, Int32(clusters.count),
            cairo_text_cluster_flags_t(0))
    }

    /// Draws with the origin on the baseline.
    private func show(_ glyph: FontBook.Glyph, _ character: Character, size: Double, fonts: borrowing FontBook) {
        unsafe cairo_set_font_face(context, fonts.face(of: glyph))
        unsafe cairo_set_font_size(context, size)
        showText([(character, cairo_glyph_t(index: glyph.index, x: 0, y: 0))])
    }

    private func draw(_ ring: RingText, fonts: inout FontBook) throws(DossierError) {
        use(ring.ink)
        let characters = Array(ring.text)
        let step = characters.count > 1 ? ring.span / Double(characters.count - 1) : 0
        let em = TextLine.em(ring.size)
        for (index, character) in characters.enumerated() {
            let glyph = try fonts.glyph(for: character, in: ring.typeface)
            let angle = ring.middle - (characters.count > 1 ? ring.span / 2 : 0) + Double(index) * step
            unsafe cairo_save(context)
            unsafe cairo_translate(context, ring.centre.x, ring.centre.y)
            unsafe cairo_rotate(context, angle * .pi / 180)
            unsafe cairo_translate(context, -glyph.advance * em / 2, -ring.radius + em * 0.38)
            show(glyph, character, size: em, fonts: fonts)
            unsafe cairo_restore(context)
        }
    }

    // MARK: Shapes

    private func draw(_ stroke: Stroke) {
        use(stroke.ink)
        unsafe cairo_set_line_width(context, stroke.width)
        unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
        unsafe cairo_set_line_join(context, isCurve(stroke.shape) ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER)
        trace(stroke.shape)
        unsafe cairo_stroke(context)
    }

    private func isCurve(_ shape: Shape) -> Bool {
        if case .curve = shape { true } else { false }
    }

    private func trace(_ shape: Shape) {
        unsafe cairo_new_path(context)
        switch shape {
        case .line(let a, let b):
            unsafe cairo_move_to(context, a.x, a.y)
            unsafe cairo_line_to(context, b.x, b.y)
        case .rectangle(let origin, let size):
            unsafe cairo_rectangle(context, origin.x, origin.y, size.width, size.height)
        case .circle(let centre, let radius):
            unsafe cairo_arc(context, centre.x, centre.y, radius, 0, 2 * .pi)
        case .polygon(let points):
            for point in points { unsafe cairo_line_to(context, point.x, point.y) }
            unsafe cairo_close_path(context)
        case .curve(let points): traceCurve(points)
        }
    }

    /// A Catmull–Rom spline, written as Bézier pieces.
    private func traceCurve(_ points: [PaperPoint]) {
        guard let first = points.first else { return }
        unsafe cairo_move_to(context, first.x, first.y)
        for index in points.indices.dropLast() {
            let before = points[max(0, index - 1)]
            let (from, to) = (points[index], points[index + 1])
            let after = points[min(points.count - 1, index + 2)]
            unsafe cairo_curve_to(
                context, from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6,
                to.x - (after.x - from.x) / 6, to.y - (after.y - from.y) / 6, to.x, to.y)
        }
    }

    // MARK: Pixels

    /// The finished page. Grey is ITU-R BT.601 luma; bitonal is everything darker than half light.
    func raster(mode: ColourMode) -> Raster {
        unsafe cairo_surface_flush(surface)
        let stride = unsafe Int(cairo_image_surface_get_stride(surface))
        let count = stride * size.height
        guard let start = unsafe cairo_image_surface_get_data(surface) else {
            return Raster(whiteWidth: size.width, height: size.height, mode: mode)
        }
        let pixels = unsafe UnsafeBufferPointer(start: start, count: count)
        switch mode {
        case .colour: return unsafe colourRaster(pixels, stride: stride)
        case .grey: return unsafe greyRaster(pixels, stride: stride)
        case .bitonal: return unsafe bitonalRaster(pixels, stride: stride)
        }
    }

    /// cairo's RGB24 keeps a pixel in a native 32-bit word; on little-endian machines the bytes are B G R –.
    private func colourRaster(_ pixels: UnsafeBufferPointer<UInt8>, stride: Int) -> Raster {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size.width * size.height * 3) { target, count in
            var to = 0
            for row in 0..<size.height {
                var from = row * stride
                for _ in 0..<size.width {
                    unsafe target[to] = pixels[from + 2]
                    unsafe target[to + 1] = pixels[from + 1]
                    unsafe target[to + 2] = pixels[from]
                    to += 3
                    from += 4
                }
            }
            count = to
        }
        return Raster(width: size.width, height: size.height, mode: .colour, bytes: bytes)
    }

    private func greyRaster(_ pixels: UnsafeBufferPointer<UInt8>, stride: Int) -> Raster {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size.width * size.height) { target, count in
            var to = 0
            for row in 0..<size.height {
                for column in 0..<size.width {
                    unsafe target[to] = luma(pixels, row * stride + column * 4)
                    to += 1
                }
            }
            count = to
        }
        return Raster(width: size.width, height: size.height, mode: .grey, bytes: bytes)
    }

    private func bitonalRaster(_ pixels: UnsafeBufferPointer<UInt8>, stride: Int) -> Raster {
        let rowBytes = Raster.bytesPerRow(width: size.width, mode: .bitonal)
        var bytes = [UInt8](repeating: 0, count: rowBytes * size.height)
        for row in 0..<size.height {
            for column in 0..<size.width where unsafe luma(pixels, row * stride + column * 4) < 128 {
                bytes[row * rowBytes + column / 8] |= 0x80 >> UInt8(column % 8)
            }
        }
        return Raster(width: size.width, height: size.height, mode: .bitonal, bytes: bytes)
    }

    private func luma(_ pixels: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt8 {
        let red = unsafe Int(pixels[at + 2]) * 77
        let green = unsafe Int(pixels[at + 1]) * 150
        let blue = unsafe Int(pixels[at]) * 29
        return UInt8((red + green + blue + 128) >> 8)
    }
}
