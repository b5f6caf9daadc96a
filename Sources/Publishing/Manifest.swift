public import DossierModel
import Foundation
import Hashing

/// `manifest.json`: every original and every product with its SHA-256. A public contract (`Schemas/manifest.schema.json`).
public struct Manifest: Hashable, Sendable, Codable {
    public static let currentFormat = "dossier-manifest/4"

    public var format: String
    /// 案件编号
    public var `case`: String
    public var counts: Reconciliation
    /// What read the text: name, version, models.
    public var engine: String
    /// Stage ids with versions, in the order of the pipeline.
    public var stages: [String]
    public var settingsSHA256: SHA256Digest
    public var batches: [CaseFile.Batch]
    public var products: [Product]
    public var volumes: [CaseFile.BoundVolume]
    public var hashTree: HashTree
    /// SHA-256 of the manifest's own bytes with this value written as 64 zeros.
    public var manifestSHA256: SHA256Digest

    public init(_ file: CaseFile, products: [Product]) {
        format = Self.currentFormat
        `case` = file.caseNumber
        counts = file.reconciliation
        engine = file.engine
        stages = file.stageVersions
        settingsSHA256 = file.settingsDigest
        batches = file.batches
        self.products = products
        volumes = file.boundVolumes
        hashTree = HashTree(file.boundVolumes, records: file.records)
        manifestSHA256 = Self.unsealed
        manifestSHA256 = seal
    }

    /// A manifest as it was written; nil for bytes that are none, of another version, or changed.
    public static func intact(_ bytes: [UInt8]) -> Manifest? {
        guard let manifest = try? CanonicalJSON.decode(Manifest.self, from: bytes), manifest.format == currentFormat,
            bytes == CanonicalJSON.line(manifest), manifest.seal == manifest.manifestSHA256
        else { return nil }
        return manifest
    }

    /// Where a scanned image is bound: the PDF, the page in it, and its number there, from 1; nil for an image in no volume.
    public func place(ofImage image: Int) -> (volume: CaseFile.BoundVolume, page: CaseFile.BoundPage, number: Int)? {
        for volume in volumes {
            if let place = volume.pages.firstIndex(where: { $0.image == image }) {
                return (volume, volume.pages[place], volume.front.count + place + 1)
            }
        }
        return nil
    }

    /// What `manifestSHA256` must be.
    var seal: SHA256Digest {
        var open = self
        open.manifestSHA256 = Self.unsealed
        return SHA256Digest(of: CanonicalJSON.line(open))
    }

    /// The format that bytes name, where they are JSON that names one: other versions have other keys.
    static func format(of bytes: [UInt8]) -> String? {
        struct Header: Decodable { var format: String }
        return try? JSONDecoder().decode(Header.self, from: Data(bytes)).format
    }

    private static let unsealed = SHA256Digest(hex: String(repeating: "0", count: 64))!
}
