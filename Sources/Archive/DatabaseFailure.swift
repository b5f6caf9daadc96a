import DossierModel
import GRDB

/// The one place where an error of the database becomes ours.
extension DossierError {
    static func database(_ error: any Error, at path: String) -> DossierError {
        if let error = error as? DossierError { return error }
        guard let error = error as? DatabaseError else {
            return DossierError(.integrity, "the journal holds something this Dossier does not understand", cause: "\(error)", location: path)
        }
        let cause = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL:
            return DossierError(
                .fileSystem, "the disk mounted at \(mountPoint(of: path)) is full; free some space and run again", cause: cause, location: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return DossierError(.integrity, "the journal is damaged; restore it from a backup", cause: cause, location: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return DossierError(.busy, "another process holds the journal; try again", cause: cause, location: path)
        case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_PERM, .SQLITE_AUTH:
            return DossierError(.fileSystem, "the journal cannot be read or written; check disk and permissions", cause: cause, location: path)
        case .SQLITE_READONLY:
            return DossierError(.badUsage, "the workspace was opened for reading only; nothing can be written to it", cause: cause, location: path)
        default:
            return DossierError(.library, "the database refused", cause: cause, location: path)
        }
    }
}
