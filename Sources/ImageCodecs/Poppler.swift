internal import CPoppler
internal import DossierModel

/// Draws PDF pages by poppler-glib on cairo surfaces.
@safe struct Poppler: ~Copyable {
    private let document: OpaquePointer

    /// - Throws: `damaged` or `encrypted` when poppler cannot open it.
    init(path: String) throws(DossierError) {
        var failure: UnsafeMutablePointer<GError>?
        guard let uri = unsafe g_filename_to_uri(Self.absolute(path), nil, nil) else {
            throw DossierError(.fileSystem, "the path of the PDF cannot be used; rename the file")
        }
        defer { unsafe g_free(uri) }
        let opened = unsafe poppler_document_new_from_file(uri, nil, &failure)
        try unsafe self.init(opened, failure)
    }

    init(bytes: [UInt8]) throws(DossierError) {
        var failure: UnsafeMutablePointer<GError>?
        let data = unsafe g_bytes_new(bytes, gsize(bytes.count))
        defer { unsafe g_bytes_unref(data) }
        let opened = unsafe poppler_document_new_from_bytes(data, nil, &failure)
        try unsafe self.init(opened, failure)
    }

    /// The one place where poppler's failure becomes an error.
    private init(_ opened: OpaquePointer?, _ failure: UnsafeMutablePointer<GError>?) throws(DossierError) {
        guard let opened = unsafe opened else {
            let cause = unsafe failure.map { unsafe String(cString: $0.pointee.message) }
            unsafe g_clear_error_of(failure)
            throw DossierError(.damaged, "the PDF cannot be drawn; export it again from its source", cause: cause)
        }
        unsafe document = opened
    }

    deinit { unsafe g_object_unref(UnsafeMutableRawPointer(document)) }

    private static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        let here = unsafe g_get_current_dir()!
        defer { unsafe g_free(here) }
        return unsafe String(cString: here) + "/" + path
    }

    /// Draws an upright page (its /Rotate done) onto white.
    ///
    /// - Parameters:
    ///   - page: 1-based.
    ///   - size: pixels; the page is stretched to it.
    func draw(page: Int, size: PixelSize) throws(DossierError) -> Raster {
        let sheet = try unsafe sheet(page, size)
        defer { unsafe g_object_unref(UnsafeMutableRawPointer(sheet)) }
        var rgb = [UInt8](repeating: 255, count: size.width * size.height * 3)
        try unsafe rgb.withUnsafeMutableBufferPointer { (rgb) throws(DossierError) in
            try unsafe draw(sheet, size: size) { row, pixels in
                var to = row * size.width * 3
                for x in 0..<size.width {
                    let pixel = unsafe pixels[x]
                    unsafe rgb[to] = UInt8(truncatingIfNeeded: pixel >> 16)
                    unsafe rgb[to &+ 1] = UInt8(truncatingIfNeeded: pixel >> 8)
                    unsafe rgb[to &+ 2] = UInt8(truncatingIfNeeded: pixel)
                    to &+= 3
                }
            }
        }
        return Raster(width: size.width, height: size.height, mode: .colour, bytes: rgb)
    }

    /// What poppler's filters make of the first file that is attached to the document.
    ///
    /// - Throws: `damaged` when there is none, or it cannot be decoded.
    func attachment() throws(DossierError) -> [UInt8] {
        let list = unsafe poppler_document_get_attachments(document)
        defer { unsafe g_list_free_full(list) { unsafe g_object_unref($0) } }
        let decoded = DecodedBytes()
        var isDecoded: gboolean = 0
        if let first = unsafe list?.pointee.data {
            isDecoded = unsafe poppler_attachment_save_to_callback(
                first.assumingMemoryBound(to: PopplerAttachment.self),
                { bytes, count, target, _ in
                    unsafe Unmanaged<DecodedBytes>.fromOpaque(target!).takeUnretainedValue().append(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
                    return 1
                }, Unmanaged.passUnretained(decoded).toOpaque(), nil)
        }
        guard isDecoded != 0 else { throw DossierError(.damaged, "the attached file cannot be decoded") }
        return decoded.bytes
    }

    /// The caller frees it.
    private func sheet(_ page: Int, _ size: PixelSize) throws(DossierError) -> OpaquePointer {
        guard size.width <= 32767 else {
            throw DossierError(.limitExceeded, "the page is drawn \(size.width) pixels wide, more than 32767; split it")
        }
        guard let sheet = unsafe poppler_document_get_page(document, Int32(page - 1)) else {
            throw DossierError(.damaged, "page \(page) cannot be read; export the PDF again from its source")
        }
        return unsafe sheet
    }

    /// Hands over every row of the page as cairo has it: 0x00RRGGBB in each pixel.
    private func draw(
        _ sheet: OpaquePointer, size: PixelSize, _ take: (_ row: Int, _ pixels: UnsafePointer<UInt32>) -> Void
    ) throws(DossierError) {
        // Bands keep the drawing surface small beside the raster.
        let band = max(1, min(size.height, 32767, (1 << 26) / size.width))
        for top in stride(from: 0, to: size.height, by: band) {
            try unsafe draw(sheet, size: size, rows: top..<min(top + band, size.height), take)
        }
    }

    private func draw(
        _ sheet: OpaquePointer, size: PixelSize, rows: Range<Int>, _ take: (_ row: Int, _ pixels: UnsafePointer<UInt32>) -> Void
    ) throws(DossierError) {
        let surface = unsafe cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(size.width), Int32(rows.count))
        let cairo = unsafe cairo_create(surface)
        defer {
            unsafe cairo_destroy(cairo)
            unsafe cairo_surface_destroy(surface)
        }
        var width = 0.0, height = 0.0
        unsafe poppler_page_get_size(sheet, &width, &height)
        unsafe cairo_set_source_rgb(cairo, 1, 1, 1)
        unsafe cairo_paint(cairo)
        unsafe cairo_translate(cairo, 0, -Double(rows.lowerBound))
        unsafe cairo_scale(cairo, Double(size.width) / width, Double(size.height) / height)
        unsafe poppler_page_render(sheet, cairo)
        unsafe cairo_surface_flush(surface)
        guard unsafe cairo_status(cairo) == CAIRO_STATUS_SUCCESS, let data = unsafe cairo_image_surface_get_data(surface) else {
            throw DossierError(.damaged, "the page cannot be drawn; export the PDF again from its source")
        }
        let stride = unsafe Int(cairo_image_surface_get_stride(surface))
        for row in rows {
            unsafe take(row, UnsafeRawPointer(data + (row - rows.lowerBound) * stride).assumingMemoryBound(to: UInt32.self))
        }
    }
}

/// What a callback of poppler gathers.
private final class DecodedBytes {
    private(set) var bytes: [UInt8] = []

    func append(_ part: UnsafeRawBufferPointer) { unsafe bytes.append(contentsOf: part) }
}

private func g_clear_error_of(_ error: UnsafeMutablePointer<GError>?) {
    if let error = unsafe error { unsafe g_error_free(error) }
}

extension Raster {
    /// In the simplest mode that holds every pixel.
    func simplified() -> Raster {
        guard mode == .colour else { return self }
        var grey = [UInt8](repeating: 0, count: width * height)
        var isBitonal = true
        for i in grey.indices {
            let value = bytes[3 * i]
            guard value == bytes[3 * i + 1], value == bytes[3 * i + 2] else { return self }
            grey[i] = value
            isBitonal = isBitonal && (value == 0 || value == 255)
        }
        let result = Raster(width: width, height: height, mode: .grey, bytes: grey)
        return isBitonal ? result.asBitonal() : result
    }

    /// In a given, simpler mode.
    func reduced(to mode: ColourMode) -> Raster {
        switch (self.mode, mode) {
        case (.colour, .grey): Raster(width: width, height: height, mode: .grey, bytes: stride(from: 0, to: bytes.count, by: 3).map { bytes[$0] })
        case (.colour, .bitonal), (.grey, .bitonal): asBitonal()
        default: self
        }
    }
}
