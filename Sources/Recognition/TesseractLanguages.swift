internal import DossierModel
import Foundation

/// The language models Tesseract works with.
struct TesseractLanguages {
    /// Folder of the `.traineddata` files.
    var folder: String
    /// Chinese first; English helps with letters and digits.
    var names: [String]

    /// `TESSDATA_PREFIX` (tesseract(1)), then Debian's folder.
    ///
    /// #### Errors
    /// `missingComponent` when simplified Chinese is not installed.
    static func installed() throws(DossierError) -> TesseractLanguages {
        let named = ProcessInfo.processInfo.environment["TESSDATA_PREFIX"]
        for folder in [named, "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata"].compactMap(\.self) {
            let names = ["chi_sim", "eng"].filter { FileManager.default.isReadableFile(atPath: path(of: $0, in: folder)) }
            if names.first == "chi_sim" { return TesseractLanguages(folder: folder, names: names) }
        }
        throw DossierError(
            .missingComponent, "Tesseract's model for simplified Chinese is not installed; run “apt-get install tesseract-ocr-chi-sim”")
    }

    static func path(of language: String, in folder: String) -> String { "\(folder)/\(language).traineddata" }

    func identity() throws(DossierError) -> EngineIdentity {
        var models: [String] = []
        for name in names { models.append(try modelName(Self.path(of: name, in: folder))) }
        return EngineIdentity(name: Settings.EngineName.tesseract.rawValue, version: TesseractSession.version, models: models)
    }
}
