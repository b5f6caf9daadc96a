import DossierModel
import Foundation

/// The right to write a workspace: an exclusive flock(2) on its `.lock` file.
///
/// The kernel lets go of it when the holder dies, so a killed run is no obstacle. The file names the holder for
/// whoever finds the workspace busy. Child processes do not inherit the lock.
final class WriterLock: Sendable {
    private let descriptor: Int32

    /// #### Errors
    /// `busy` naming pid, host and start of the holder; `fileSystem`.
    init(at path: String) throws(DossierError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system(errno, "cannot create the lock file", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            throw number == EWOULDBLOCK ? Self.busy(path) : .system(number, "cannot lock the workspace", path)
        }
        signIn()
    }

    deinit {
        guard descriptor >= 0 else { return }
        // Closing alone would leave it held as long as a child that is being started shares the open file, from its fork to its exec.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private func signIn() {
        let start = Date().formatted(.iso8601)
        let holder = "process \(getpid()) on \(ProcessInfo.processInfo.hostName), since \(start)\n"
        // Written over the last holder's line before the rest is cut off: there is always a name to be read.
        _ = Array(holder.utf8).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        ftruncate(descriptor, off_t(holder.utf8.count))
    }

    private static func busy(_ path: String) -> DossierError {
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let holder = text.split(separator: "\n").first.map(String.init) ?? ""
        return DossierError(
            .busy,
            "the workspace is being written by \(holder.isEmpty ? "another process" : holder); wait for it to finish or end it",
            location: path)
    }
}
