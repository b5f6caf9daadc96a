import DossierModel
import Dispatch
import Foundation
import Synchronization

/// Several files that become durable together.
///
/// A file system writes its own journal once for all who wait at the same moment; a hundred files made durable at
/// once take little longer than a few (ext4(5), "journal commits").
enum DurableFiles {
    struct File: Sendable {
        /// A name nobody looks for, on the file system of `target`.
        var pending: String
        var target: String
        var bytes: [UInt8]
        var mode: mode_t
    }

    /// Writes all of them; each appears under its real name whole or not at all, replacing what stood there.
    /// When the call returns, names and bytes are on the disk.
    static func write(_ files: [File]) throws(DossierError) {
        try concurrently(files.count) { (index) throws(DossierError) in try writeBytes(of: files[index]) }
        for file in files {
            guard rename(file.pending, file.target) == 0 else {
                throw .system(errno, "cannot rename the finished file", file.target)
            }
        }
        let folders = Set(files.map { PathName.parent(of: $0.target) }).sorted()
        try concurrently(folders.count) { (index) throws(DossierError) in try Folder.sync(folders[index]) }
    }

    private static func writeBytes(of file: File) throws(DossierError) {
        // What a killed process left behind may be read-only already.
        guard unlink(file.pending) == 0 || errno == ENOENT else { throw .system(errno, "cannot remove the left-over file", file.pending) }
        let descriptor = open(file.pending, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system(errno, "cannot create the file", file.pending) }
        defer { close(descriptor) }
        var rest = file.bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                throw .system(errno, "cannot write the file", file.pending)
            }
            rest = rest.dropFirst(written)
        }
        guard fchmod(descriptor, file.mode) == 0 else { throw .system(errno, "cannot set the permissions of the file", file.pending) }
        guard fsync(descriptor) == 0 else { throw .system(errno, "cannot write the file", file.pending) }
    }

    /// The waiting is for the disk, so there may be many more at it than cores.
    private static func concurrently(_ count: Int, _ work: @Sendable @escaping (Int) throws(DossierError) -> Void) throws(DossierError) {
        if count == 1 { return try work(0) }
        let failure = Mutex<DossierError?>(nil)
        let next = Mutex(0)
        let group = DispatchGroup()
        for _ in 0..<min(count, 16) {
            let thread = Thread {
                defer { group.leave() }
                while true {
                    let index = next.withLock { value in defer { value += 1 }; return value }
                    guard index < count else { return }
                    do throws(DossierError) { try work(index) } catch { failure.withLock { $0 = $0 ?? error } }
                }
            }
            group.enter()
            thread.start()
        }
        group.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
