public import DossierModel
public import Foundation
import Synchronization

/// Derived files that may be deleted at any time: `cache/NAME/ab/abcdef…` in the workspace, under the digest of what
/// they were made from.
///
/// A file appears whole or not at all. It needs no right to write the workspace, since nothing here is a record, and
/// several processes may use one cache. It keeps to a size: when what was added since the last count may have passed
/// it, the files that were used least recently go, down to nine tenths.
public final class CacheFolder: Sendable {
    private let folder: String
    private let limit: Int
    private let state = Mutex(State())

    private struct State {
        /// Bytes that may be there; nil before the first count.
        var size: Int?
        var names = 0
    }

    /// - Parameter limit: Bytes.
    init(folder: String, limit: Int) {
        self.folder = folder
        self.limit = limit
    }

    /// nil when it is not there.
    public func bytes(for key: SHA256Digest) -> Data? {
        let path = path(key)
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)), !data.isEmpty else { return nil }
        // The time of the last use decides what goes first.
        utimensat(AT_FDCWD, path, nil, 0)
        return data
    }

    public func contains(_ key: SHA256Digest) -> Bool { access(path(key), F_OK) == 0 }

    /// #### Errors
    /// `fileSystem`; a full disk is named.
    public func put(_ bytes: [UInt8], for key: SHA256Digest) throws(DossierError) {
        let target = path(key)
        let parent = PathName.parent(of: target)
        do { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) } catch {
            throw DossierError(.fileSystem, "cannot create the cache folder; check its permissions", cause: "\(error)", location: parent)
        }
        let serial = state.withLock { $0.names += 1; return $0.names }
        let partial = "\(parent)/.\(getpid())-\(serial).partial"
        // Durable before it has its name: a file cut short by a power failure would be served for ever.
        let file = try PendingFile(at: partial)
        try file.write(bytes)
        try file.commit(as: target, mode: 0o644)
        makeRoom(after: bytes.count)
    }

    private func path(_ key: SHA256Digest) -> String { "\(folder)/\(key.hex.prefix(2))/\(key.hex)" }

    private func makeRoom(after added: Int) {
        state.withLock { state in
            state.size = state.size.map { $0 + added }
            guard state.size.map({ $0 > limit }) ?? true else { return }
            state.size = trimmed()
        }
    }

    private struct File {
        var path: String
        var size: Int
        var lastUse: Date
    }

    /// Removes what is too much; returns the bytes that stay.
    private func trimmed() -> Int {
        let files = files()
        var size = files.map(\.size).reduce(0, +)
        guard size > limit else { return size }
        for file in files.sorted(by: { $0.lastUse < $1.lastUse }) where size > limit / 10 * 9 {
            if unlink(file.path) == 0 { size -= file.size }
        }
        return size
    }

    private func files() -> [File] {
        let keys: Set<URLResourceKey> = [.fileSizeKey, .contentModificationDateKey, .isRegularFileKey]
        let all = FileManager.default.enumerator(at: URL(fileURLWithPath: folder), includingPropertiesForKeys: Array(keys))
        return (all?.allObjects ?? []).compactMap { entry in
            guard let url = entry as? URL, let values = try? url.resourceValues(forKeys: keys), values.isRegularFile == true else { return nil }
            return File(path: url.path, size: values.fileSize ?? 0, lastUse: values.contentModificationDate ?? .distantPast)
        }
    }
}

extension Workspace {
    /// - Parameters:
    ///   - name: What is kept there.
    ///   - limit: Bytes.
    public func cache(_ name: String, limit: Int) -> CacheFolder {
        CacheFolder(folder: "\(path)/cache/\(name)", limit: limit)
    }
}
