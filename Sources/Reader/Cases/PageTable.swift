import DossierModel
import Foundation
import Publishing
import Synchronization

/// `pages.jsonl` opened for reading: what every page is, in memory; what stands on a page, read when asked for.
struct PageTable: Sendable {
    /// A record without its lines and findings.
    struct Entry: Decodable, Sendable {
        var image: Int
        var file: String
        var frame: Int
        var fileSHA256: SHA256Digest
        var rasterSHA256: SHA256Digest?
        var disposition: Disposition
        var rotation: QuarterTurn
        var skew: Double
        var dpi: Resolution?
        var size: PixelSize?
        var volume: Int?
        var document: Int?
        var folio: String?

        /// nil when no pixel could be decoded.
        var geometry: PageGeometry? {
            rasterSHA256 == nil ? nil : size.map { PageGeometry(source: $0, rotation: rotation, skew: skew) }
        }
    }

    /// In scan order.
    let entries: [Entry]
    private let bytes: Data
    private let lines: [Range<Data.Index>]
    private let positions: [Int: Int]

    /// #### Errors
    /// `integrity`.
    init(_ bytes: Data) throws(DossierError) {
        self.bytes = bytes
        lines = PublishedText.lines(bytes)
        entries = try Self.decoded(bytes, lines)
        positions = Dictionary(entries.enumerated().map { ($1.image, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func entry(_ image: Int) -> Entry? { positions[image].map { entries[$0] } }

    /// Position in scan order.
    func position(of image: Int) -> Int? { positions[image] }

    /// #### Errors
    /// `integrity`.
    func record(_ image: Int) throws(DossierError) -> PageRecord? {
        guard let position = positions[image] else { return nil }
        return try PublishedText.record(bytes[lines[position]])
    }

    /// On all cores: opening a case of thousands of pages is waited for.
    private static func decoded(_ bytes: Data, _ lines: [Range<Data.Index>]) throws(DossierError) -> [Entry] {
        let share = 200
        let parts = (lines.count + share - 1) / share
        let results = Mutex<[[Entry]?]>(Array(repeating: nil, count: parts))
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let decoder = JSONDecoder()
            let entries = try? lines[part * share..<min((part + 1) * share, lines.count)].map {
                try decoder.decode(Entry.self, from: bytes[$0])
            }
            results.withLock { $0[part] = entries }
        }
        let decoded = results.withLock { $0 }
        guard decoded.allSatisfy({ $0 != nil }) else {
            throw DossierError(.integrity, "pages.jsonl does not read; run “dossier verify” to see what else changed")
        }
        return decoded.flatMap { $0! }
    }
}
