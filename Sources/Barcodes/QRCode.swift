internal import CQREncode
public import DossierModel

/// A QR code (ISO/IEC 18004), error correction level Q: a quarter of its codewords may be lost.
public struct QRCode: Hashable, Sendable {
    /// Modules to a side.
    public let side: Int
    /// Row by row from the top left corner.
    public let isDark: [Bool]

    /// Modules of blank paper all around (§5.3.8).
    public static let quiet = 4

    /// #### Errors
    /// `limitExceeded` for a text that no QR code holds.
    public init(_ text: String) throws(DossierError) {
        let made = unsafe text.withCString { unsafe QRcode_encodeString($0, 0, QR_ECLEVEL_Q, QR_MODE_8, 1) }
        guard let code = unsafe made else {
            throw DossierError(.limitExceeded, "“\(text.prefix(40))” does not fit into a QR code; shorten it")
        }
        defer { unsafe QRcode_free(code) }
        let count = Int(unsafe code.pointee.width)
        side = count
        // The lowest bit of a module is its colour.
        isDark = (0..<count * count).map { unsafe code.pointee.data[$0] & 1 == 1 }
    }
}
