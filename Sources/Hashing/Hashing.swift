internal import CCrypto
public import DossierModel
import Foundation

/// A running digest of OpenSSL's libcrypto.
@safe struct RunningDigest: ~Copyable {
    private let context: OpaquePointer

    private init(_ kind: OpaquePointer?) {
        unsafe context = EVP_MD_CTX_new()
        let started = unsafe EVP_DigestInit_ex(context, kind, nil)
        precondition(started == 1, "libcrypto lacks a digest")
    }

    /// FIPS 180-4.
    static func sha256() -> RunningDigest { unsafe RunningDigest(EVP_sha256()) }
    /// GB/T 32905-2016.
    static func sm3() -> RunningDigest { unsafe RunningDigest(EVP_sm3()) }

    deinit { unsafe EVP_MD_CTX_free(context) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let taken = unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(taken == 1, "libcrypto refused to hash")
    }

    mutating func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe update($0) }
    }

    /// Takes in a file, in pieces of 1 MiB.
    mutating func update(fileAt path: String) throws(DossierError) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw DossierError(.fileSystem, "cannot read the file; check that it exists and is readable", location: path)
        }
        do {
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
                unsafe piece.withUnsafeBytes { unsafe update($0) }
            }
            try handle.close()
        } catch {
            throw DossierError(.fileSystem, "reading the file failed half-way; check the disk", cause: "\(error)", location: path)
        }
    }

    /// 64 lower-case hexadecimal digits: both digests have 32 bytes.
    consuming func hex() -> String {
        var raw = [UInt8](repeating: 0, count: 32)
        let done = unsafe EVP_DigestFinal_ex(context, &raw, nil)
        precondition(done == 1, "libcrypto did not finish a digest")
        return Hex.text(raw)
    }
}

/// A running SHA-256 (FIPS 180-4).
@safe public struct SHA256: ~Copyable {
    private var running = RunningDigest.sha256()

    public init() {}

    public mutating func update(_ bytes: UnsafeRawBufferPointer) { unsafe running.update(bytes) }

    public mutating func update(_ bytes: [UInt8]) { running.update(bytes) }

    public mutating func update(_ text: String) { update(Array(text.utf8)) }

    public consuming func finalized() -> SHA256Digest { SHA256Digest(hex: running.hex())! }
}

extension SHA256Digest {
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
        var running = RunningDigest.sha256()
        try running.update(fileAt: path)
        self.init(hex: running.hex())!
    }
}

extension SM3Digest {
    public init(of bytes: [UInt8]) {
        var running = RunningDigest.sm3()
        running.update(bytes)
        self.init(hex: running.hex())!
    }

    /// Digest of the raw Netpbm form of a raster: header and bytes.
    public init(of raster: Raster) {
        var running = RunningDigest.sm3()
        running.update(Array(raster.netpbmHeader.utf8))
        running.update(raster.bytes)
        self.init(hex: running.hex())!
    }

    /// Digest of a file's bytes, read in pieces of 1 MiB.
    ///
    /// #### Errors
    /// `fileSystem` when the file cannot be read.
    public init(ofFileAt path: String) throws(DossierError) {
        var running = RunningDigest.sm3()
        try running.update(fileAt: path)
        self.init(hex: running.hex())!
    }
}
