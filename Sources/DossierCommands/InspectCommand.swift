import Archive
import ArgumentParser
import DossierModel
import Foundation
import Pipeline
import Publishing

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what was done to a page between the scanner and the PDF.",
        discussion: """
            PAGE is v2p45 (volume 2, folio 45) or the number of an image. The page's image is made again from the scanner's \
            file in the store and compared with what the manifest says stands in the PDF.

            With --layers the scan, every layer and the page as it is drawn are written as PNG.

            Exit code 65: the streams in the manifest are not those that come out of the scanner's file.

            Examples:
              dossier inspect 测试1号 v1p12
              dossier inspect 测试1号 17 --layers layers/
              dossier inspect 测试1号 v1p12 --json | jq .layering.regions
            """)

    @Argument(help: "Case number.") var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "Write the layers here as PNG; the folder is made.", completion: .directory) var layers: String?
    @Flag(help: "Print the result as one line of JSON.") var json = false

    private struct Sheet: Encodable {
        var image: Int
        var volume: Int
        var folio: String?
        /// Page of the volume's PDF, from 1.
        var pdfPage: Int
        var file: String
        var frame: Int
        var fileSHA256: SHA256Digest
        var rasterSHA256: SHA256Digest?
        var size: PixelSize?
        var dpi: [Double]?
        var rotation: Int
        var skew: Double
        var origin: PageImage.Origin
        var streams: [PageInspection.Stream]
        var agreesWithManifest: Bool
        var layering: PageLayering?
        var findings: [Finding]
    }

    func run() throws {
        let store = try workspace.reading()
        let published = try PublishedCase(caseNumber, in: store)
        let record = try published.record(named: page)
        let manifest = try published.manifest()
        guard let (volume, bound, pdfPage) = manifest.place(ofImage: record.image) else {
            throw DossierError(.notFound, "image \(record.image) stands in no volume (\(record.disposition.rawValue)); “dossier status” shows the volumes")
        }
        let inspection = try PageInspection(
            record, bound, original: store.blobs.path(of: record.fileSHA256), intake: store.settings.intake)
        let sheet = Sheet(
            image: record.image, volume: volume.number, folio: record.folio, pdfPage: pdfPage, file: record.file, frame: record.frame,
            fileSHA256: record.fileSHA256, rasterSHA256: record.rasterSHA256, size: record.size, dpi: record.dpi.map { [$0.x, $0.y] },
            rotation: record.rotation.rawValue, skew: record.skew, origin: bound.origin, streams: inspection.streams,
            agreesWithManifest: inspection.agrees, layering: bound.layering, findings: record.findings)
        if json { try Terminal.json(sheet) } else { Terminal.result(Self.text(sheet, pdf: volume.pdf)) }
        if let layers { try write(inspection, to: layers) }
        guard inspection.agrees else {
            throw DossierError(
                .integrity, "the streams of image \(record.image) in the manifest are not those made from the scanner's file; "
                    + "“dossier verify \(caseNumber)” tells whether the case was changed, another version of dossier may also code differently")
        }
    }

    private func write(_ inspection: PageInspection, to folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for picture in try inspection.pictures() {
                try Data(picture.png).write(to: URL(fileURLWithPath: folder + "/" + picture.name + ".png"))
            }
        } catch let error as DossierError {
            throw error
        } catch {
            throw DossierError(.fileSystem, "the layers cannot be written; check the folder", cause: "\(error)", location: folder)
        }
    }

    private static func text(_ sheet: Sheet, pdf: String) -> String {
        let size = sheet.size.map { "\($0.width) × \($0.height) px" } ?? "–"
        var lines = [
            "影像 image       \(sheet.image) · 第\(sheet.volume)册 页 \(sheet.folio ?? "–") · \(pdf) page \(sheet.pdfPage)",
            "来源 source      \(sheet.file), frame \(sheet.frame)",
            "  file sha256    \(sheet.fileSHA256.hex)",
            "  raster sha256  \(sheet.rasterSHA256?.hex ?? "–")",
            "  scan           \(size), \(sheet.dpi.map { "\($0[0]) × \($0[1]) dpi" } ?? "–"), turned \(sheet.rotation)°, skew \(sheet.skew)° (in the page's matrix)",
            "编码 coding      \(sheet.origin.rawValue), \(sheet.streams.reduce(0) { $0 + $1.bytes }) bytes"
                + (sheet.agreesWithManifest ? ", made again from the scanner's file: the same" : ", made again from the scanner's file: NOT the same"),
        ]
        lines += sheet.streams.map { stream in
            let place = stream.place.map { " at \($0.x),\($0.y) \($0.width) × \($0.height)" } ?? ""
            return "  \(stream.role)  \(stream.filter) \(stream.size.width) × \(stream.size.height)\(place), \(stream.bytes) bytes, \(stream.sha256.hex)"
        }
        if let layering = sheet.layering { lines += text(layering) }
        lines += sheet.findings.map { "\($0.severity.rawValue)  \($0.message) \($0.remedy)" }
        return lines.joined(separator: "\n")
    }

    private static func text(_ layering: PageLayering) -> [String] {
        var lines = ["分层 layers      \(layering.outcome.rawValue), profile \(layering.profile.rawValue), \(layering.bytesLayered.map { "\($0) of " } ?? "")\(layering.bytesBefore) bytes"]
        if let background = layering.background { lines.append("  paper          \(background.dpi) dpi, JPEG quality \(background.quality)") }
        if let text = layering.text {
            let ink = text.ink.map { "one ink \($0)" } ?? text.coloursDPI.map { "colours at \($0) dpi" } ?? ""
            lines.append("  print          mask \(text.fineness) × the scan, \(ink)")
        }
        lines += layering.regions.map { region in
            "  kept (\(region.cause.rawValue))     at \(region.box.x),\(region.box.y) \(region.box.width) × \(region.box.height), "
                + (region.quality.map { "JPEG quality \($0)" } ?? "without loss") + ", similarity \(region.similarity)"
        }
        if let text = layering.textGuard { lines.append("  text           \(text.lines) lines compared, least similarity \(text.leastSimilarity), \(text.reread) read again") }
        return lines
    }
}
