internal import CZBar
import DossierModel

/// ZBar over one grey image.
@safe struct ZBarScanner: ~Copyable {
    private let scanner: OpaquePointer
    private static let known: [(Barcode.Symbology, zbar_symbol_type_t)] = [(.qr, ZBAR_QRCODE), (.code39, ZBAR_CODE39), (.code128, ZBAR_CODE128)]

    /// - Parameters:
    ///   - linesApart: distance of the scan lines, pixels.
    ///   - symbologies: what is looked for; patch codes are not ZBar's.
    init(linesApart: Int, symbologies: Set<Barcode.Symbology> = [.qr, .code39, .code128]) {
        unsafe scanner = zbar_image_scanner_create()
        unsafe zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
        for (symbology, type) in Self.known where symbologies.contains(symbology) {
            unsafe zbar_image_scanner_set_config(scanner, type, ZBAR_CFG_ENABLE, 1)
        }
        unsafe zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, Int32(linesApart))
        unsafe zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, Int32(linesApart))
    }

    deinit { unsafe zbar_image_scanner_destroy(scanner) }

    /// Boxes are pixels of the image.
    ///
    /// - Precondition: `image` is grey.
    func codes(in image: Raster) -> [Barcode] {
        precondition(image.mode == .grey, "ZBar sees grey")
        guard let picture = unsafe zbar_image_create() else { return [] }
        defer { unsafe zbar_image_destroy(picture) }
        unsafe zbar_image_set_format(picture, Self.eightBitGrey)
        unsafe zbar_image_set_size(picture, UInt32(image.width), UInt32(image.height))
        return unsafe image.bytes.withUnsafeBytes { bytes in
            // ZBar borrows the pixels; they outlive the scan, and nothing reads them after it.
            unsafe zbar_image_set_data(picture, bytes.baseAddress, UInt(bytes.count), nil)
            guard unsafe zbar_scan_image(scanner, picture) > 0 else { return [] }
            return unsafe symbols(of: picture, PixelSize(width: image.width, height: image.height))
        }
    }

    /// “Y800”, least significant byte first.
    private static let eightBitGrey: UInt = 0x3030_3859

    private func symbols(of picture: OpaquePointer, _ size: PixelSize) -> [Barcode] {
        var codes: [Barcode] = []
        var next = unsafe zbar_image_first_symbol(picture)
        while let symbol = unsafe next {
            if let code = unsafe barcode(symbol, size) { codes.append(code) }
            unsafe next = zbar_symbol_next(symbol)
        }
        return codes
    }

    private func barcode(_ symbol: OpaquePointer, _ size: PixelSize) -> Barcode? {
        let type = unsafe zbar_symbol_get_type(symbol)
        guard let symbology = Self.known.first(where: { $0.1 == type })?.0, let data = unsafe zbar_symbol_get_data(symbol) else { return nil }
        let length = Int(unsafe zbar_symbol_get_data_length(symbol))
        let bytes = unsafe UnsafeRawBufferPointer(start: data, count: length)
        guard let payload = unsafe String(validating: bytes, as: UTF8.self), !payload.isEmpty else { return nil }
        let lines = Int(unsafe zbar_symbol_get_quality(symbol))
        return Barcode(
            symbology: symbology, payload: payload, box: unsafe box(symbol, size), turn: unsafe Self.turn(zbar_symbol_get_orientation(symbol)),
            score: symbology == .code39 ? min(1, 0.8 + 0.02 * Double(lines)) : 1)
    }

    private func box(_ symbol: OpaquePointer, _ size: PixelSize) -> PixelRect {
        let count = unsafe zbar_symbol_get_loc_size(symbol)
        guard count > 0 else { return PixelRect(x: 0, y: 0, width: 0, height: 0) }
        let xs = (0..<count).map { Int(unsafe zbar_symbol_get_loc_x(symbol, $0)) }, ys = (0..<count).map { Int(unsafe zbar_symbol_get_loc_y(symbol, $0)) }
        let (left, top) = (max(0, xs.min()!), max(0, ys.min()!))
        return PixelRect(x: left, y: top, width: max(1, min(size.width, xs.max()! + 1) - left), height: max(1, min(size.height, ys.max()! + 1) - top))
    }

    private static func turn(_ orientation: zbar_orientation_t) -> QuarterTurn {
        switch orientation {
        case ZBAR_ORIENT_RIGHT: .clockwise270
        case ZBAR_ORIENT_DOWN: .half
        case ZBAR_ORIENT_LEFT: .clockwise90
        default: .none
        }
    }
}
