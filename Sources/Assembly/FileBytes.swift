import DossierModel
import Foundation

/// Whole small files.
enum FileBytes {
    /// #### Errors
    /// `fileSystem` when the file cannot be read.
    static func all(of path: String) throws(DossierError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DossierError(.fileSystem, "cannot read the file; check that it exists and is readable", location: path)
        }
        return Array(data)
    }
}
