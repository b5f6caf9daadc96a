public import DossierModel

/// A file as the scanner left it, as the manifest names it.
public struct Original: Hashable, Sendable, Codable {
    /// Path relative to the batch folder.
    public var name: String
    public var sha256: SHA256Digest
    public var bytes: Int
    /// Frames found in the file; 0 when it could not be opened.
    public var frames: Int

    public init(_ file: ScannerFile, frames: Int) {
        name = file.name
        sha256 = file.digest
        bytes = file.byteCount
        self.frames = frames
    }

    /// Images this file counts for. One that could not be opened counts as one, rejected or held by a placeholder:
    /// otherwise it would vanish from the reconciliation.
    public var imageCount: Int { max(frames, 1) }
}

/// A published file, as the manifest names it.
public struct Product: Hashable, Sendable, Codable {
    /// File name in the case's folder.
    public var name: String
    public var sha256: SHA256Digest
    public var bytes: Int

    public init(name: String, sha256: SHA256Digest, bytes: Int) {
        self.name = name
        self.sha256 = sha256
        self.bytes = bytes
    }
}
