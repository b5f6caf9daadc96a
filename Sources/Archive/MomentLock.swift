import DossierModel
import Foundation

/// A lock for a short piece of work that others wait for: an exclusive, blocking flock(2).
///
/// It is let go with the value, and by the kernel when the holder dies.
struct MomentLock: ~Copyable {
    private let descriptor: Int32

    /// Waits until the lock is free.
    ///
    /// #### Errors
    /// `fileSystem`.
    init(at path: String) throws(DossierError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system(errno, "cannot create the lock file", path) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .system(errno, "cannot lock the workspace", path) }
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        // Closing alone would leave it held as long as a child that is being started shares the open file, from its fork to its exec.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
