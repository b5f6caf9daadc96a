import DossierModel
import Foundation

/// A file that is being written under a name nobody looks for. It appears under its real name whole or not at all;
/// unless it was committed, it is gone when this value ends.
struct PendingFile: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private var isCommitted = false

    /// Creates the file, or empties what a killed run left under that name.
    init(at path: String) throws(DossierError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        self.path = path
        guard descriptor >= 0 else { throw .system(errno, "cannot create the file", path) }
    }

    deinit {
        close(descriptor)
        if !isCommitted { unlink(path) }
    }

    func write(_ bytes: [UInt8]) throws(DossierError) {
        try write(bytes[...])
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(DossierError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                throw .system(errno, "cannot write the file", path)
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Gives the file its name without waiting for the disk: for what is adopted, and made durable, later.
    consuming func leave(as target: String) throws(DossierError) {
        guard rename(path, target) == 0 else { throw .system(errno, "cannot rename the finished file", target) }
        isCommitted = true
    }

    /// Makes the file durable and gives it its real name, replacing what stood there.
    ///
    /// Bytes reach the disk before the name does, and the name before the call returns.
    /// - Parameter target: On the same file system.
    consuming func commit(as target: String, mode: mode_t) throws(DossierError) {
        guard fchmod(descriptor, mode) == 0 else { throw .system(errno, "cannot set the permissions of the file", path) }
        guard fsync(descriptor) == 0 else { throw .system(errno, "cannot write the file", path) }
        guard rename(path, target) == 0 else { throw .system(errno, "cannot rename the finished file", target) }
        isCommitted = true
        try Folder.sync(PathName.parent(of: target))
    }
}
