public import DossierModel
import Foundation

/// Where the files lie that Dossier needs beside its binary: the OpenVINO runtime, models, fonts.
///
/// `make setup` puts them into `.vendor` of the checkout; an installed copy has them in `share/dossier` beside `bin`.
/// They are found by walking up from the running binary, so that a checkout or an installation can be moved;
/// the environment variable `DOSSIER_VENDOR` names another folder.
public enum Installation {
    /// The folder with `openvino/`, `models/` and `fonts/`.
    ///
    /// #### Errors
    /// `missingComponent` when there is none.
    public static func vendorFolder() throws(DossierError) -> String {
        if let named = ProcessInfo.processInfo.environment["DOSSIER_VENDOR"], !named.isEmpty { return named }
        var folder = binaryFolder()
        while true {
            for candidate in [folder + "/.vendor", folder + "/share/dossier"] where isFolder(candidate) { return candidate }
            let parent = PathName.parent(of: folder)
            if parent == folder || parent == "." { break }
            folder = parent
        }
        throw DossierError(
            .missingComponent,
            "the folder with the OCR runtime, models and fonts was not found above \(binaryFolder()); run “make setup”, or set DOSSIER_VENDOR to it")
    }

    /// A file or folder inside `vendorFolder()`.
    ///
    /// #### Errors
    /// `missingComponent` when it is not there.
    public static func path(of component: String) throws(DossierError) -> String {
        let path = try vendorFolder() + "/" + component
        guard FileManager.default.fileExists(atPath: path) else {
            throw DossierError(.missingComponent, "\(component) is not installed; run “make setup”", location: path)
        }
        return path
    }

    private static func binaryFolder() -> String {
        let binary = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return PathName.parent(of: binary)
    }

    private static func isFolder(_ path: String) -> Bool {
        var folder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder.boolValue
    }
}
