import Barcodes
import DossierModel
import Foundation
import ImageCodecs
import Testing

/// Sheets of other programs, where the shared corpus lies beside the checkout.
@Suite struct CorpusTests {
    /// Beside the checkout, or beside the folder of a second checkout.
    static let folder: String = {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let places = ["../../..", "../../../.."].map { tests.appending(path: $0 + "/shared/corpus/separators").standardized.path }
        return places.first(where: FileManager.default.fileExists) ?? places[0]
    }()

    /// By file, what stands on its pages; a file that is not there is left out, and said.
    static var expected: [(file: String, codes: Set<String>)] {
        guard let table = try? String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8) else {
            print("skipped: the folder shared/corpus/separators is not beside the checkout")
            return []
        }
        let names: [Barcode.Symbology: String] = [.qr: "QR-Code", .code39: "CODE-39", .code128: "CODE-128"]
        let pattern = names.values.joined(separator: "|")
        return table.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard FileManager.default.fileExists(atPath: folder + "/" + parts[0]), let regex = try? Regex("p\\d+=(?:\(pattern)):(?:(?! p\\d+=).)+") else { return nil }
            return (parts[0], Set(parts[1].matches(of: regex).map { String(parts[1][$0.range]).trimmingCharacters(in: .whitespaces) }))
        }
    }

    @Test func everySheetOfTheCorpusIsReadAsExpected() throws {
        // The table tells what ZBar reads; bars of a patch code on some of the sheets it does not know.
        let names: [Barcode.Symbology: String] = [.qr: "QR-Code", .code39: "CODE-39", .code128: "CODE-128"]
        for (file, codes) in Self.expected {
            var settings = Settings.Intake()
            settings.renderDPI = 200
            let path = Self.folder + "/" + file
            var found: Set<String> = []
            for frame in ScannerFiles.survey(path: path, name: file, settings: settings).frames {
                let page = try ScannerFiles.decode(path: path, name: file, frame: frame.frame, settings: settings)
                for code in BarcodeReader.read(page.raster, dpi: page.page.dpi).codes where code.symbology != .patch { found.insert("p\(frame.frame)=\(names[code.symbology]!):\(code.payload)") }
            }
            #expect(found == codes, "\(file)")
        }
    }

    @Test(arguments: ["patch-code-t-middle.tiff", "patch-code-t-middle-alpha.tiff"])
    func theOneFrameOfATIFFIsASheet(file: String) throws {
        let path = Self.folder + "/" + file
        guard FileManager.default.fileExists(atPath: path) else { return print("skipped: \(file) is not beside the checkout") }
        let frames = ScannerFiles.survey(path: path, name: file, settings: Settings.Intake()).frames
        let payloads = try frames.flatMap { frame in
            let page = try ScannerFiles.decode(path: path, name: file, frame: frame.frame, settings: Settings.Intake())
            return BarcodeReader.read(page.raster, dpi: page.page.dpi).codes.map(\.payload)
        }
        #expect(payloads.contains("PATCHT"))
    }
}
