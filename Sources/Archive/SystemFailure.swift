public import DossierModel
import Foundation

/// The one place where an `errno` becomes an error.
extension DossierError {
    /// - Parameter action: What failed, as in “cannot write the file”.
    static func system(_ number: Int32, _ action: String, _ path: String) -> DossierError {
        let reason = String(cString: strerror(number))
        switch number {
        case ENOSPC, EDQUOT:
            return DossierError(
                .fileSystem, "\(action): the disk mounted at \(mountPoint(of: path)) is full; free some space and run again",
                cause: reason, location: path)
        case EROFS:
            return DossierError(
                .fileSystem, "\(action): the disk mounted at \(mountPoint(of: path)) is read-only", cause: reason, location: path)
        case EACCES, EPERM:
            return DossierError(.fileSystem, "\(action): permission denied; check who owns it", cause: reason, location: path)
        case ENOENT:
            return DossierError(.notFound, "\(action): it does not exist", cause: reason, location: path)
        default:
            return DossierError(.fileSystem, "\(action); check the disk", cause: reason, location: path)
        }
    }

    /// The highest folder above `path` that lies on the same device.
    static func mountPoint(of path: String) -> String {
        var here = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        while deviceNumber(of: here) == nil, here != "/" { here = PathName.parent(of: here) }
        let device = deviceNumber(of: here)
        while here != "/" {
            let parent = PathName.parent(of: here)
            guard deviceNumber(of: parent) == device else { break }
            here = parent
        }
        return here
    }

    private static func deviceNumber(of path: String) -> UInt? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt(status.st_dev) : nil
    }

    /// The system refused access to a file for want of rights: no matter of the disk or the moment.
    public var isPermissionDenied: Bool { code == .fileSystem && [EACCES, EPERM].contains { cause == String(cString: strerror($0)) } }
}
