public import DossierModel
import Foundation
import Hashing

/// Bytes kept under their SHA-256: `store/ab/abcdef…`, read-only files that are never changed and never removed.
///
/// A blob appears whole or not at all; storing the same bytes again changes nothing, except that a blob damaged on
/// the disk is replaced. All calls may be made from any thread. A workspace opened for reading gives a store that
/// refuses to write (`badUsage`).
public struct BlobStore: Sendable {
    private let folder: String
    private let allowed: WriteAccess

    init(folder: String, access: WriteAccess) {
        self.folder = folder
        self.allowed = access
    }

    /// Where the bytes lie, or would lie.
    public func path(of digest: SHA256Digest) -> String { "\(folder)/\(digest.hex.prefix(2))/\(digest.hex)" }

    public func contains(_ digest: SHA256Digest) -> Bool { access(path(of: digest), F_OK) == 0 }

    /// Stores bytes.
    ///
    /// #### Errors
    /// `fileSystem`; a full disk is named.
    @discardableResult public func put(_ bytes: [UInt8]) throws(DossierError) -> SHA256Digest {
        let digest = SHA256Digest(of: bytes)
        if try !holdsIntact(digest) {
            let file = try pending()
            try file.write(bytes)
            try file.commit(as: target(of: digest), mode: 0o444)
        }
        return digest
    }

    /// Stores a copy of a scanner's file and leaves the file itself alone.
    ///
    /// The file is read twice, and both readings must agree: what is kept is what was hashed.
    /// - Parameter name: The file's path relative to its batch.
    ///
    /// #### Errors
    /// `notFound`, `unusableInput` (not a regular file), `fileSystem`, `busy` (the file changes meanwhile). Where the file
    /// itself is the cause, it is the error's location.
    public func take(copyOf path: String, as name: String) throws(DossierError) -> ScannerFile {
        let (digest, byteCount) = try Self.measure(path)
        if try !holdsIntact(digest) { try copy(path, expecting: digest) }
        return ScannerFile(name: name, digest: digest, byteCount: byteCount)
    }

    /// Stores a temporary file by moving it (by copying it, where it lies on another disk). The caller gives it up.
    ///
    /// #### Errors
    /// `notFound`, `unusableInput`, `fileSystem`.
    @discardableResult public func adopt(fileAt path: String) throws(DossierError) -> SHA256Digest {
        let (digest, _) = try Self.measure(path)
        if try !holdsIntact(digest) { try move(path, expecting: digest) }
        unlink(path)
        return digest
    }

    /// The bytes, checked against their digest.
    ///
    /// #### Errors
    /// `notFound`; `integrity` when the bytes are not those that were stored; `fileSystem`.
    public func read(_ digest: SHA256Digest) throws(DossierError) -> [UInt8] {
        var bytes: [UInt8] = []
        try SourceFile(at: path(of: digest)).forEachPiece { bytes += $0 }
        guard SHA256Digest(of: bytes) == digest else { throw damaged(digest) }
        return bytes
    }

    /// Checks one blob against its digest without keeping it in memory.
    ///
    /// #### Errors
    /// As `read`.
    public func verify(_ digest: SHA256Digest) throws(DossierError) {
        guard try Self.measure(path(of: digest)).digest == digest else { throw damaged(digest) }
    }

    /// Every blob there is, in order of digest.
    public func all() throws(DossierError) -> [SHA256Digest] {
        var digests: [SHA256Digest] = []
        for part in try Folder.names(in: folder) where part.utf8.count == 2 {
            digests += try Folder.names(in: folder + "/" + part).compactMap { SHA256Digest(hex: $0) }
        }
        return digests
    }

    /// Stores issued documents durably, all of them before the call returns.
    ///
    /// To be called by whoever holds the register's transaction: its pending names are the same every time, so that
    /// what a killed process left is written over, and a writer that opens meanwhile does not sweep them away.
    func put(issued documents: [[UInt8]]) throws(DossierError) -> [SHA256Digest] {
        let digests = documents.map { SHA256Digest(of: $0) }
        var files: [DurableFiles.File] = []
        var seen: Set<SHA256Digest> = []
        try Folder.create(Self.issuingFolder(of: folder))
        for (digest, bytes) in zip(digests, documents) where seen.insert(digest).inserted {
            let pending = "\(Self.issuingFolder(of: folder))/\(files.count)"
            files.append(DurableFiles.File(pending: pending, target: try target(of: digest), bytes: bytes, mode: 0o444))
        }
        try DurableFiles.write(files)
        return digests
    }

    static func issuingFolder(of folder: String) -> String { folder + "/issuing" }

    /// Lies inside the store, so that a rename never crosses disks. Emptied when a writer opens.
    static func incomingFolder(of folder: String) -> String { folder + "/incoming" }
}

extension BlobStore {
    private func pending() throws(DossierError) -> PendingFile {
        try PendingFile(at: "\(Self.incomingFolder(of: folder))/\(UUID().uuidString)")
    }

    private func target(of digest: SHA256Digest) throws(DossierError) -> String {
        let target = path(of: digest)
        try Folder.create(PathName.parent(of: target))
        return target
    }

    /// Whether the blob is there and sound. A damaged one counts as absent, so that writing it again heals it.
    private func holdsIntact(_ digest: SHA256Digest) throws(DossierError) -> Bool {
        guard allowed.isWriter else {
            throw DossierError(.badUsage, "the workspace was not opened for writing; nothing can be stored in it", location: folder)
        }
        guard contains(digest) else { return false }
        return try Self.measure(path(of: digest)).digest == digest
    }

    private func copy(_ path: String, expecting digest: SHA256Digest) throws(DossierError) {
        let file = try pending()
        var hash = SHA256()
        try SourceFile(at: path).forEachPiece { piece throws(DossierError) in
            piece.withUnsafeBytes { hash.update($0) }
            try file.write(piece)
        }
        guard hash.finalized() == digest else { throw SourceFile.changed(path) }
        try file.commit(as: target(of: digest), mode: 0o444)
    }

    private func move(_ path: String, expecting digest: SHA256Digest) throws(DossierError) {
        let target = try target(of: digest)
        guard chmod(path, 0o444) == 0 else { throw .system(errno, "cannot set the permissions of the file", path) }
        try Self.syncFile(path)
        guard rename(path, target) != 0 else { return try Folder.sync(PathName.parent(of: target)) }
        guard errno == EXDEV else { throw .system(errno, "cannot move the file into the store", path) }
        try copy(path, expecting: digest)
    }

    private func damaged(_ digest: SHA256Digest) -> DossierError {
        DossierError(
            .integrity,
            "the stored bytes no longer agree with their digest; restore the file from a backup, or run again with the originals",
            location: path(of: digest))
    }

    private static func syncFile(_ path: String) throws(DossierError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, "cannot open the file", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(errno, "cannot write the file", path) }
    }

    private static func measure(_ path: String) throws(DossierError) -> (digest: SHA256Digest, byteCount: Int) {
        var hash = SHA256()
        var count = 0
        try SourceFile(at: path).forEachPiece { piece in
            piece.withUnsafeBytes { hash.update($0) }
            count += piece.count
        }
        return (hash.finalized(), count)
    }
}
