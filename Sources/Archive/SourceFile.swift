import DossierModel
import Foundation

/// A file being read from start to end, whose steadiness can be checked: a scanner may still be writing it.
struct SourceFile: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private let opened: Stamp

    private struct Stamp: Equatable {
        var size: Int
        var seconds: Int
        var nanoseconds: Int
    }

    /// #### Errors
    /// `notFound`, `fileSystem`; `unusableInput` for anything but a regular file.
    init(at path: String) throws(DossierError) {
        // Without O_NONBLOCK a pipe in the scanner's folder would stop us here for ever.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        self.path = path
        opened = descriptor >= 0 ? Self.stamp(of: descriptor) ?? Stamp(size: -1, seconds: 0, nanoseconds: 0) : Stamp(size: 0, seconds: 0, nanoseconds: 0)
        guard descriptor >= 0 else { throw .system(errno, "cannot read the file", path) }
        guard opened.size >= 0 else {
            throw DossierError(.unusableInput, "this is not a regular file; leave it out", location: path)
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Hands over all bytes in pieces of at most 1 MiB.
    ///
    /// #### Errors
    /// `fileSystem` when reading fails; `busy` when the file changes meanwhile; and what `body` throws.
    func forEachPiece(_ body: (ArraySlice<UInt8>) throws(DossierError) -> Void) throws(DossierError) {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(errno, "reading the file failed half-way", path)
            }
            if count == 0 { break }
            try body(buffer[..<count])
        }
        guard Self.stamp(of: descriptor) == opened else { throw Self.changed(path) }
    }

    static func changed(_ path: String) -> DossierError {
        DossierError(
            .busy, "the file changed while it was being read; wait until the scanner has finished and run again",
            location: path)
    }

    private static func stamp(of descriptor: Int32) -> Stamp? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Stamp(size: Int(status.st_size), seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }
}
