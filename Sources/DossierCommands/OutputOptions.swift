import ArgumentParser
import DossierModel
import Foundation

/// `-o` and `--force`, shared by the commands that write one file.
struct OutputOptions: ParsableArguments {
    @Option(name: [.customShort("o"), .customLong("output")], help: "Write the file here.", completion: .file()) var path: String?
    @Flag(help: "Overwrite a file that is there already.") var force = false

    /// Before anything is spent.
    func check() throws(DossierError) {
        guard let path else { return }
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue { throw DossierError(.badUsage, "-o names a folder; give the name of the file too", location: path) }
        if exists, !force { throw DossierError(.badUsage, "the file is there already; give another name, or --force to overwrite it", location: path) }
        let folder = PathName.parent(of: path)
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw DossierError(.fileSystem, "the folder of -o is not there or may not be written; make it first", location: folder)
        }
    }
}
