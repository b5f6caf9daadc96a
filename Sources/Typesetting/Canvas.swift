internal import CPango
import DossierModel
import Foundation

/// A raster to draw on in millimetres, cairo's.
@safe struct Canvas: ~Copyable {
    private let surface: OpaquePointer
    private let context: OpaquePointer
    private let size: PixelSize

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
        unsafe cairo_set_source_rgb(context, 1, 1, 1)
        unsafe cairo_paint(context)
        unsafe cairo_scale(context, dpi.x / 25.4, dpi.y / 25.4)
        setUnhintedFonts()
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
        unsafe cairo_set_source_rgb(context, ink.red, ink.green, ink.blue)
    }

    // MARK: Text

    private func draw(_ line: TextLine, fonts: inout FontBook) throws(DossierError) {
        use(line.ink)
        for placed in try line.placedGlyphs(fonts: &fonts) {
            unsafe cairo_save(context)
            unsafe cairo_translate(context, placed.x, placed.baseline)
            if placed.squeeze < 1 { unsafe cairo_scale(context, placed.squeeze, 1) }
            show(placed.glyph, size: line.height, fonts: fonts)
            unsafe cairo_restore(context)
        }
    }

    /// Draws with the origin on the baseline.
    private func show(_ glyph: FontBook.Glyph, size: Double, fonts: borrowing FontBook) {
        unsafe cairo_set_font_face(context, fonts.face(of: glyph))
        unsafe cairo_set_font_size(context, size)
        var placed = cairo_glyph_t(index: glyph.index, x: 0, y: 0)
        unsafe cairo_show_glyphs(context, &placed, 1)
    }

    private func draw(_ ring: RingText, fonts: inout FontBook) throws(DossierError) {
        use(ring.ink)
        for turned in try ring.turnedGlyphs(fonts: &fonts) {
            unsafe cairo_save(context)
            unsafe cairo_translate(context, ring.centre.x, ring.centre.y)
            unsafe cairo_rotate(context, turned.angle * .pi / 180)
            unsafe cairo_translate(context, turned.right, turned.down)
            show(turned.glyph, size: TextLine.em(ring.size), fonts: fonts)
            unsafe cairo_restore(context)
        }
    }

    // MARK: Shapes

    private func draw(_ stroke: Stroke) {
        use(stroke.ink)
        unsafe cairo_set_line_width(context, stroke.width)
        unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
        unsafe cairo_set_line_join(context, stroke.shape.isCurve ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER)
        trace(stroke.shape)
        unsafe cairo_stroke(context)
    }

    private func trace(_ shape: Shape) {
        unsafe cairo_new_path(context)
        switch shape {
        // cairo's own are truer: a rounder arc, sides of one length.
        case .circle(let centre, let radius): unsafe cairo_arc(context, centre.x, centre.y, radius, 0, 2 * .pi)
        case .rectangle(let origin, let size): unsafe cairo_rectangle(context, origin.x, origin.y, size.width, size.height)
        case .line, .polygon, .curve: trace(shape.path)
        }
    }

    private func trace(_ path: [PathStep]) {
        for step in path {
            switch step {
            case .move(let to): unsafe cairo_move_to(context, to.x, to.y)
            case .line(let to): unsafe cairo_line_to(context, to.x, to.y)
            case .curve(let a, let b, let to): unsafe cairo_curve_to(context, a.x, a.y, b.x, b.y, to.x, to.y)
            case .close: unsafe cairo_close_path(context)
            }
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
