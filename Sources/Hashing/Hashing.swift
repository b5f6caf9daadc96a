internal import CCrypto
public import DossierModel
import Foundation

/// A running SHA-256 (FIPS 180-4), by OpenSSL's libcrypto.
@safe public struct SHA256: ~Copyable {
    private let context: OpaquePointer

    public init() {
        unsafe context = EVP_MD_CTX_new()
        let started = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
        precondition(started == 1, "libcrypto has no SHA-256")
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let taken = unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(taken == 1, "libcrypto refused to hash")
    }

    public mutating func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe update($0) }
    }

    public mutating func update(_ text: String) { update(Array(text.utf8)) }

    public consuming func finalized() -> SHA256Digest {
        var raw = [UInt8](repeating: 0, count: 32)
        let done = unsafe EVP_DigestFinal_ex(context, &raw, nil)
        precondition(done == 1, "libcrypto did not finish a digest")
        return SHA256Digest(raw: raw)
    }
}

extension SHA256Digest {
    init(raw: [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        let hex = raw.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        self.init(hex: String(decoding: hex, as: UTF8.self))!
    }

    public init(of bytes: [UInt8]) {
        var hash = SHA256()
        hash.update(bytes)
        self = hash.finalized()
    }

    public init(of text: String) { self.init(of: Array(text.utf8)) }

    /// Digest of the raw Netpbm form of a raster: header and bytes.
    public init(of raster: Raster) {
        var hash = SHA256()
        hash.update(raster.netpbmHeader)
        hash.update(raster.bytes)
        self = hash.finalized()
    }

    /// Digest of a file's bytes, read in pieces of 1 MiB.
    ///
    /// #### Errors
    /// `fileSystem` when the file cannot be read.
    public init(ofFileAt path: String) throws(DossierError) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw DossierError(.fileSystem, "cannot read the file; check that it exists and is readable", location: path)
        }
        var hash = SHA256()
        do {
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
                unsafe piece.withUnsafeBytes { unsafe hash.update($0) }
            }
            try handle.close()
        } catch {
            throw DossierError(.fileSystem, "reading the file failed half-way; check the disk", cause: "\(error)", location: path)
        }
        self = hash.finalized()
    }
}
