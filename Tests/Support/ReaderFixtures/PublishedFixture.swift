public import Archive
public import DossierModel
import Foundation
import Hashing
import ImageCodecs
import Publishing
import Search

/// A workspace with published cases, made without scanning or reading anything. Gone with the value.
public final class PublishedFixture: Sendable {
    public let folder: String

    /// With the invented small case.
    public init() throws {
        folder = NSTemporaryDirectory() + "dossier-reader-" + UUID().uuidString
        try Workspace.initialise(at: folder)
        try publish(SmallCase.make(in: self))
    }

    /// Without a case.
    public init(emptyAt folder: String) throws {
        self.folder = folder
        try Workspace.initialise(at: folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    public func reading() throws -> Workspace { try Workspace.open(at: folder, for: .readOnly) }

    /// Publishes a case as a run does: PDFs and texts, the manifest, the search index.
    public func publish(_ draft: Draft) throws {
        let workspace = try Workspace.open(at: folder, for: .writer)
        let sheet = BatchSheet(caseNumber: draft.number, cause: draft.cause, parties: draft.parties)
        try workspace.journal.recordBatch(case: draft.number, name: "fixture", sheet: sheet, files: draft.files)
        let run = try workspace.journal.beginRun(case: draft.number)
        var products: [Product] = []
        func publish(_ bytes: [UInt8], _ name: String) throws {
            try workspace.publish(bytes, as: name, of: draft.number)
            products.append(Product(name: name, sha256: SHA256Digest(of: bytes), bytes: bytes.count))
        }
        for volume in draft.index.volumes { try publish(Self.pdf(ofVolume: volume.number), volume.pdf) }
        try publish(Publisher.indexJSON(draft.index), Publisher.FileName.index)
        try publish(Publisher.pagesJSONL(draft.records), Publisher.FileName.pages)
        let manifest = Publisher.manifestJSON(draft.caseFile, products: products)
        try workspace.publish(manifest, as: Publisher.FileName.manifest, of: draft.number)
        try SearchIndex.open(at: workspace.searchIndexPath, readOnly: false).replace(case: draft.number, pages: draft.searchPages)
        try workspace.journal.finishRun(run, outcome: "done", counts: [:])
    }

    /// Stores a picture as a scanner would deliver it.
    public func store(_ raster: Raster, as name: String) throws -> ScannerFile {
        let workspace = try Workspace.open(at: folder, for: .writer)
        let bytes = try PNGCodec.encode(raster, dpi: nil)
        return ScannerFile(name: name, digest: try workspace.blobs.put(bytes), byteCount: bytes.count)
    }

    /// Bytes that stand for a volume: every offset tells its place.
    public static func pdf(ofVolume number: Int) -> [UInt8] {
        Array("%PDF-1.7 volume \(number)\n".utf8) + (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }
}

/// What a case is published from.
public struct Draft: Sendable {
    public var number: String
    public var cause: String?
    public var parties: [BatchSheet.Party]
    public var files: [ScannerFile]
    public var records: [PageRecord]
    public var index: CaseIndex

    public init(
        number: String, cause: String?, parties: [BatchSheet.Party], files: [ScannerFile], records: [PageRecord], index: CaseIndex
    ) {
        self.number = number
        self.cause = cause
        self.parties = parties
        self.files = files
        self.records = records
        self.index = index
    }

    var caseFile: CaseFile {
        CaseFile(
            caseNumber: number, cause: cause, parties: parties,
            batches: [.init(name: "fixture", files: files.map { Original($0, frames: 1) })], records: records, index: index,
            boundVolumes: [], volumeFindings: [], engine: "fixture 1", stageVersions: [], settingsDigest: SHA256Digest(of: "settings"))
    }

    var searchPages: [SearchIndex.Page] {
        records.filter { $0.disposition == .page && !$0.lines.isEmpty }.map { record in
            let titles = index.volumes.first { $0.number == record.volume }?.documents.map(\.title) ?? []
            return SearchIndex.Page(
                case: number, volume: record.volume ?? 0, image: record.image, folio: record.folio,
                title: record.document.map { titles[$0 - 1] }, lines: record.lines.map(\.text))
        }
    }
}

extension PageRecord {
    /// A page that was scanned upright.
    public static func fixture(
        image: Int, file: ScannerFile, raster: SHA256Digest?, size: PixelSize, disposition: Disposition = .page, volume: Int?,
        document: Int?, folio: String?, lines: [Line], findings: [Finding] = [], rotation: QuarterTurn = .none, dpi: Double = 75
    ) -> PageRecord {
        PageRecord(
            image: image, file: file.name, frame: 1, fileSHA256: file.digest, rasterSHA256: raster, disposition: disposition, score: 1,
            rotation: rotation, skew: 0, dpi: raster == nil ? nil : Resolution(x: dpi, y: dpi), size: raster == nil ? nil : size,
            mode: raster == nil ? nil : .grey, volume: volume, document: document, folio: folio, lines: lines, findings: findings)
    }
}
