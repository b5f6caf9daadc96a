import DossierModel
import Foundation

/// What the catalogue stage got right, wrong, and put to a person.
struct CatalogueTally {
    struct Share {
        var right = 0
        var all = 0
        var text: String { all == 0 ? "–" : String(format: "%.2f %% (%d of %d)", 100 * Double(right) / Double(all), right, all) }
    }

    private(set) var complaints: [String] = []
    private var found = 0, missed = 0, invented = 0
    private var fields: [String: Share] = [:]
    private var kinds = Share()
    private var asked = Share()
    private var wrongAsked = Share()
    private var rows = Share()
    private var seconds = 0.0
    private var images = 0

    private static let names = ["titles", "dates", "document numbers", "folio ranges", "authors"]

    init() {}

    init(_ truth: Truth, _ volumes: [VolumeCatalogue], seconds: Double, images: Int) {
        (self.seconds, self.images) = (seconds, images)
        for volume in volumes { add(volume, truth.documents.filter { $0.volume == volume.number }) }
    }

    private mutating func add(_ volume: VolumeCatalogue, _ expected: [Truth.Document]) {
        let asks = Set(volume.pages.filter { $0.findings.contains(where: Self.isAsk) }.map(\.image))
        let asked = volume.documents.map { document in asks.contains { (document.firstImage...document.lastImage).contains($0) } }
        self.asked.all += volume.documents.count
        self.asked.right += asked.count { $0 }
        for page in volume.pages {
            complaints += page.findings.filter(Self.isAsk).map { "ask: \($0.id): \($0.message)" }
        }
        let starts = Dictionary(uniqueKeysWithValues: expected.map { ($0.firstImage, $0) })
        for (document, isAsked) in zip(volume.documents, asked) {
            guard let match = starts[document.firstImage] else {
                invented += 1
                wrong("volume \(volume.number) image \(document.firstImage): “\(document.title)” does not begin here", isAsked)
                continue
            }
            found += 1
            compare(match, document, isAsked)
        }
        for document in expected where !volume.documents.contains(where: { $0.firstImage == document.firstImage }) {
            missed += 1
            let holder = volume.documents.firstIndex { ($0.firstImage...$0.lastImage).contains(document.firstImage) }
            wrong("volume \(volume.number) image \(document.firstImage): “\(document.title)” begins here, not found", holder.map { asked[$0] } ?? false)
        }
        if let matching = volume.paperRows {
            rows.all += matching.rows
            rows.right += matching.matched
        }
    }

    private static func isAsk(_ finding: Finding) -> Bool { finding.id.hasSuffix(".ask") || finding.id == "document.title.unknown" }

    private mutating func wrong(_ text: String, _ isAsked: Bool) {
        wrongAsked.all += 1
        if isAsked { wrongAsked.right += 1 }
        complaints.append((isAsked ? "asked: " : "SILENT: ") + text)
    }

    private mutating func compare(_ expected: Truth.Document, _ found: VolumeCatalogue.Document, _ isAsked: Bool) {
        let range = { (a: String?, b: String?) in "\(a ?? "–")…\(b ?? "–")" }
        let pairs: [(String?, String?)] = [
            (expected.title, found.title), (expected.date, found.date), (expected.documentNumber, found.documentNumber),
            (range(expected.firstFolio, expected.lastFolio), range(found.firstFolio, found.lastFolio)), (expected.author, found.author),
        ]
        for (name, (wanted, got)) in zip(Self.names, pairs) {
            fields[name, default: Share()].all += 1
            if wanted == got { fields[name]!.right += 1; continue }
            let text = "image \(expected.firstImage) “\(expected.title)”, \(name): \(got ?? "–"), not \(wanted ?? "–")"
            if name == "authors" { complaints.append("author: " + text) } else { wrong(text, isAsked) }
        }
    }

    mutating func add(_ other: CatalogueTally) {
        complaints += other.complaints
        found += other.found
        missed += other.missed
        invented += other.invented
        for (name, share) in other.fields {
            fields[name, default: Share()].all += share.all
            fields[name]!.right += share.right
        }
        for path in [\CatalogueTally.asked, \.wrongAsked, \.rows] {
            self[keyPath: path].all += other[keyPath: path].all
            self[keyPath: path].right += other[keyPath: path].right
        }
        seconds += other.seconds
        images += other.images
    }

    var text: String {
        let precision = Double(found) / Double(max(1, found + invented)), recall = Double(found) / Double(max(1, found + missed))
        let f1 = 2 * precision * recall / max(1e-9, precision + recall)
        var lines = [
            String(format: "document starts: F1 %.4f (precision %.4f, recall %.4f; %d documents)", f1, precision, recall, found + missed)
        ]
        for name in Self.names { lines.append("\(name) exactly right: \(fields[name, default: Share()].text)") }
        lines += [
            "documents put to a person: \(asked.text)", "of what is wrong, put to a person: \(wrongAsked.text)", "rows of paper catalogues matched: \(rows.text)",
            String(format: "time: %.3f s for %d images, %.3f s per 1,000", seconds, images, seconds / Double(max(1, images)) * 1000),
        ]
        return lines.joined(separator: "\n")
    }
}
