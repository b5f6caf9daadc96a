import DossierModel
import GRDB

/// The one place where an error of the database becomes ours.
extension DossierError {
    static func searchIndex(_ error: any Error, at path: String) -> DossierError {
        if let error = error as? DossierError { return error }
        let remedy = "delete the file and run “dossier run” again: it is built anew"
        guard let error = error as? DatabaseError else {
            return DossierError(.integrity, "the search index is damaged; \(remedy)", cause: "\(error)", location: path)
        }
        let cause = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_SCHEMA:
            return DossierError(.integrity, "the search index is damaged or of another version; \(remedy)", cause: cause, location: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return DossierError(.busy, "another process holds the search index; try again", cause: cause, location: path)
        case .SQLITE_FULL:
            return DossierError(.fileSystem, "the disk is full; free some space and run again", cause: cause, location: path)
        case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_PERM:
            return DossierError(.fileSystem, "the search index cannot be read or written; check disk and permissions", cause: cause, location: path)
        case .SQLITE_READONLY:
            return DossierError(.badUsage, "the search index was opened for reading only", cause: cause, location: path)
        default:
            return DossierError(.library, "the search index refused; \(remedy)", cause: cause, location: path)
        }
    }
}
