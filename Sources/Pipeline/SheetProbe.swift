import Barcodes
public import DossierModel
import ImageCodecs

/// Reads the codes of scanner files without a case, so that printers, scanners and patterns can be tried.
public struct SheetProbe {
    public struct Result: Sendable {
        public var file: String
        /// 1-based.
        public var frame: Int
        public var reading: BarcodeReading
        public var verdict: SeparatorVerdict
    }

    private let settings: Settings
    private let rules: SeparatorRules

    /// #### Errors
    /// `badUsage` for a pattern of the settings that is none.
    public init(settings: Settings) throws(DossierError) {
        self.settings = settings
        rules = try SeparatorRules(settings.separate)
    }

    /// Text is not read, so a page is taken for one that carries hardly any.
    ///
    /// #### Errors
    /// Those of decoding; `unusableInput` for a file without any image.
    public func readings(of files: [String]) throws(DossierError) -> [Result] {
        var results: [Result] = []
        for file in files {
            if case .refused(let finding) = try FolderEntry(at: file, name: file) { throw DossierError(.unusableInput, "\(finding.message); give a scanner's file") }
            let survey = ScannerFiles.survey(path: file, name: file, settings: settings.intake)
            guard !survey.frames.isEmpty else {
                throw DossierError(.unusableInput, survey.findings.first?.message ?? "there is no image in it; give a scanner's file", location: file)
            }
            for frame in survey.frames {
                let page = try ScannerFiles.decode(path: file, name: file, frame: frame.frame, settings: settings.intake)
                let reading = BarcodeReader.read(page.raster, dpi: page.page.dpi)
                results.append(Result(file: file, frame: frame.frame, reading: reading, verdict: rules.verdict(on: reading, glyphs: 0)))
            }
        }
        return results
    }
}
