public import DossierModel
import Foundation

extension Workspace {
    /// Where people's changes to the catalogue of a case are kept.
    ///
    /// #### Errors
    /// `badUsage` for a case number that cannot name a file.
    public func editsPath(ofCase number: String) throws(DossierError) -> String {
        path + "/edits/" + (try Self.folderName(ofCase: number)) + ".yaml"
    }

    /// Puts the changes of a case in the place of what was kept. They are human work without a second copy: when the call
    /// returns, they are on the disk.
    ///
    /// #### Errors
    /// `badUsage` for the case number; when the workspace was not opened as its writer; `fileSystem`.
    public func keepEdits(_ bytes: [UInt8], ofCase number: String) throws(DossierError) {
        try demandWriter()
        let target = try editsPath(ofCase: number)
        try Folder.create(PathName.parent(of: target))
        try Self.writeOutput(bytes, to: target)
    }
}
