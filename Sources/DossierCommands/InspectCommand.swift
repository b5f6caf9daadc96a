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
            file in the store and compared with what the manifest says stands in the PDF. Of an image that stands in no PDF \
            (blank, separator, refused) it says what became of it. What people decided about the page follows, published or not.

            With --layers the scan, every layer and the page as it is drawn are written as PNG; of an image that stands in no PDF the scan.

            Exit code 65: the streams in the manifest are not those that come out of the scanner's file.

            Examples:
              dossier inspect 测试1号 v1p12
              dossier inspect 测试1号 17 --layers layers/
              dossier inspect 测试1号 v1p12 --json | jq .layering.regions
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "Write the layers here as PNG; the folder is made.", completion: .directory) var layers: String?
    @Flag(help: "Print the result as one line of JSON.") var json = false

    private struct Sheet: Encodable {
        var image: Int
        /// nil, like all that speaks of a PDF, for an image that stands in none.
        var volume: Int?
        var folio: String?
        /// Page of the volume's PDF, from 1.
        var pdfPage: Int?
        var disposition: Disposition
        var file: String
        var frame: Int
        var fileSHA256: SHA256Digest
        var rasterSHA256: SHA256Digest?
        var size: PixelSize?
        var dpi: [Double]?
        var rotation: Int
        var skew: Double
        var origin: PageImage.Origin?
        var streams: [PageInspection.Stream] = []
        var agreesWithManifest: Bool?
        var layering: PageLayering?
        var findings: [Finding]
        /// Of people, the newest last, withdrawn ones too.
        var decisions: [ReviewLog.Entry]

        init(_ record: PageRecord, _ log: ReviewLog) {
            (image, folio, disposition) = (record.image, record.folio, record.disposition)
            (file, frame, fileSHA256, rasterSHA256) = (record.file, record.frame, record.fileSHA256, record.rasterSHA256)
            (size, dpi) = (record.size, record.dpi.map { [$0.x, $0.y] })
            (rotation, skew, findings) = (record.rotation.rawValue, record.skew, record.findings)
            decisions = log.entries.filter { $0.place?.image == record.image }
        }
    }

    func run() throws {
        let store = try workspace.reading()
        let published = try PublishedCase(caseNumber, in: store)
        let record = try published.record(named: page)
        let manifest = try published.manifest()
        var sheet = Sheet(record, try ReviewLog(caseNumber, in: store))
        guard let (volume, bound, pdfPage) = manifest.place(ofImage: record.image) else {
            try show(sheet, pdf: nil)
            guard let layers else { return }
            return try write([PageInspection.scan(of: record, original: store.blobs.path(of: record.fileSHA256), intake: store.settings.intake)], to: layers)
        }
        let inspection = try PageInspection(
            record, bound, original: store.blobs.path(of: record.fileSHA256), intake: store.settings.intake)
        (sheet.volume, sheet.pdfPage, sheet.origin, sheet.layering) = (volume.number, pdfPage, bound.origin, bound.layering)
        (sheet.streams, sheet.agreesWithManifest) = (inspection.streams, inspection.agrees)
        try show(sheet, pdf: volume.pdf)
        if let layers { try write(inspection.pictures(), to: layers) }
        guard inspection.agrees else {
            throw DossierError(
                .integrity, "the streams of image \(record.image) in the manifest are not those made from the scanner's file; "
                    + "“dossier verify \(caseNumber)” tells whether the case was changed, another version of dossier may also code differently")
        }
    }

    private func show(_ sheet: Sheet, pdf: String?) throws {
        if json { try Terminal.json(sheet) } else { Terminal.result(Self.text(sheet, pdf: pdf)) }
    }

    private func write(_ pictures: [PageInspection.Picture], to folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for picture in pictures {
                try Data(picture.png).write(to: URL(fileURLWithPath: folder + "/" + picture.name + ".png"))
            }
        } catch let error as DossierError {
            throw error
        } catch {
            throw DossierError(.fileSystem, "the layers cannot be written; check the folder", cause: "\(error)", location: folder)
        }
    }

    private static func text(_ sheet: Sheet, pdf: String?) -> String {
        let size = sheet.size.map { "\($0.width) × \($0.height) px" } ?? "–"
        let place = sheet.volume.map { "第\($0)册 页 \(sheet.folio ?? "–") · \(pdf ?? "–") page \(sheet.pdfPage ?? 0)" } ?? "不在册内 in no volume (\(sheet.disposition.rawValue))"
        var lines = [
            "影像 image       \(sheet.image) · \(place)",
            "来源 source      \(sheet.file), frame \(sheet.frame)",
            "  file sha256    \(sheet.fileSHA256.hex)",
            "  raster sha256  \(sheet.rasterSHA256?.hex ?? "–")",
            "  scan           \(size), \(sheet.dpi.map { "\($0[0]) × \($0[1]) dpi" } ?? "–"), turned \(sheet.rotation)°, skew \(sheet.skew)° (in the page's matrix)",
        ]
        lines += coding(sheet)
        if let layering = sheet.layering { lines += text(layering) }
        lines += sheet.findings.flatMap { ["\($0.severity.rawValue)  \($0.message)", "      → \($0.remedy)"] }
        lines += sheet.decisions.map { decision in
            "决定 decision    \(decision.words), \(decision.by), \(decision.at)" + (decision.reason.map { ": \($0)" } ?? "")
                + (decision.withdrawnBy.map { ", 已撤回 withdrawn by \($0)" } ?? "")
        }
        return lines.joined(separator: "\n")
    }

    private static func coding(_ sheet: Sheet) -> [String] {
        guard let origin = sheet.origin, let agrees = sheet.agreesWithManifest else { return [] }
        let head = "编码 coding      \(origin.rawValue), \(sheet.streams.reduce(0) { $0 + $1.bytes }) bytes, made again from the scanner's file: \(agrees ? "the same" : "NOT the same")"
        return [head] + sheet.streams.map { stream in
            let place = stream.place.map { " at \($0.x),\($0.y) \($0.width) × \($0.height)" } ?? ""
            return "  \(stream.role)  \(stream.filter) \(stream.size.width) × \(stream.size.height)\(place), \(stream.bytes) bytes, \(stream.sha256.hex)"
        }
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
