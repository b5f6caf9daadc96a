import ArgumentParser
import DossierModel
import Foundation

/// Runs the pipeline on a generated case and compares the result with the generator's truth.
struct DossierBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dossier-bench",
        abstract: "Measure the pipeline on a generated case: speed, character errors, blanks, orientation, folios, size.",
        discussion: """
            Run from the checkout after “make build”.

            Example:
              dossier-bench --seed 7001 --pages 60
            """)

    @Option(help: "Seed of the case; take one that tuning never saw.") var seed = 7001
    @Option(help: "Printed pages; blank backs come on top.") var pages = 60
    @Option(help: "Engine: ppocr or tesseract.") var engine = "ppocr"

    func run() throws {
        let folder = NSTemporaryDirectory() + "dossier-bench-\(seed)-\(pages)"
        try? FileManager.default.removeItem(atPath: folder)
        try execute("dossier-samples", ["generate", folder + "/case", "--seed", "\(seed)", "--pages", "\(pages)"])
        let scans = try Self.folder(holding: "batch.yaml", under: folder + "/case")
        let start = Date()
        try execute("dossier", ["run", scans, "--workspace", folder + "/work", "--engine", engine, "--json"])
        let seconds = Date().timeIntervalSince(start)
        let truthFolder = try Self.folder(holding: "truth.json", under: folder + "/case")
        let truth = try JSONDecoder().decode(Truth.self, from: Data(contentsOf: URL(fileURLWithPath: truthFolder + "/truth.json")))
        let records = try Self.records(under: folder + "/work/cases")
        guard records.count == truth.images.count else {
            throw DossierError(.integrity, "\(truth.images.count) images went in, \(records.count) came out")
        }
        print(Score(truth: truth.images, records: records).text(seconds: seconds, engine: engine, seed: seed))
    }

    private func execute(_ name: String, _ arguments: [String]) throws {
        let process = Process()
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(fileURLWithPath: (own as NSString).deletingLastPathComponent + "/" + name)
        process.arguments = arguments
        process.standardOutput = FileHandle.standardError
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus <= 1 else { throw DossierError(.library, "\(name) ended with exit code \(process.terminationStatus)") }
    }

    private static func folder(holding name: String, under folder: String) throws -> String {
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where (path as NSString).lastPathComponent == name {
            return (folder + "/" + path as NSString).deletingLastPathComponent
        }
        throw DossierError(.notFound, "the generator left no \(name)", location: folder)
    }

    private static func records(under cases: String) throws -> [PageRecord] {
        let folder = try folder(holding: "pages.jsonl", under: cases)
        let text = try String(contentsOfFile: folder + "/pages.jsonl", encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(PageRecord.self, from: Data($0.utf8)) }
    }
}

/// What the bench needs of the generator's truth.
struct Truth: Decodable {
    struct Line: Decodable { var text: String }
    struct Image: Decodable {
        var disposition: Disposition
        var rotation: QuarterTurn
        var skew: Double
        var folio: String?
        var lines: [Line]?
    }

    var images: [Image]
}

/// Counts of what differs from the truth.
struct Score {
    private var characters = 0
    private var errors = 0
    private var strictErrors = 0
    private var strictCharacters = 0
    private var wrong: [String: Int] = [:]
    private var worst: [(rate: Double, image: Int)] = []
    private let images: Int

    init(truth: [Truth.Image], records: [PageRecord]) {
        images = truth.count
        for (expected, found) in zip(truth, records) { compare(expected, found) }
    }

    private mutating func compare(_ expected: Truth.Image, _ found: PageRecord) {
        if expected.disposition == .page, found.disposition != .page { wrong["written pages not delivered", default: 0] += 1 }
        if expected.disposition == .blank, found.disposition == .page { wrong["blanks delivered as pages", default: 0] += 1 }
        if expected.disposition == .separator, found.disposition != .separator { wrong["separators not recognised", default: 0] += 1 }
        guard expected.disposition == .page, found.disposition == .page else { return }
        if expected.rotation != found.rotation { wrong["pages turned wrongly", default: 0] += 1 }
        if abs(expected.skew - found.skew) > 0.2 { wrong["pages straight to worse than 0.2°", default: 0] += 1 }
        if expected.folio != found.folio { wrong["folios wrong", default: 0] += 1 }
        compareText((expected.lines ?? []).map(\.text).joined(), found.lines.map(\.text).joined(), image: found.image)
    }

    private mutating func compareText(_ expected: String, _ found: String, image: Int) {
        let (a, b) = (Array(expected.unicodeScalars), Array(found.unicodeScalars))
        let strict = Self.distance(a, b)
        let loose = Self.distance(a.filter { !$0.properties.isWhitespace }, b.filter { !$0.properties.isWhitespace })
        let count = a.filter { !$0.properties.isWhitespace }.count
        strictErrors += strict
        strictCharacters += a.count
        errors += loose
        characters += count
        worst.append((Double(loose) / Double(max(1, count)), image))
    }

    /// Levenshtein distance: insertions, deletions and substitutions, each one error.
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }

    func text(seconds: Double, engine: String, seed: Int) -> String {
        func percent(_ part: Int, _ whole: Int) -> String { String(format: "%.2f %%", 100 * Double(part) / Double(max(1, whole))) }
        var lines = [
            "engine \(engine), seed \(seed), \(images) images, \(ProcessInfo.processInfo.activeProcessorCount) cores",
            String(format: "seconds per image, whole pipeline   %.2f", seconds / Double(max(1, images))),
            "CER ignoring spaces                 \(percent(errors, characters))",
            "CER strict                          \(percent(strictErrors, strictCharacters))",
        ]
        for (what, count) in wrong.sorted(by: { $0.key < $1.key }) { lines.append("\(what): \(count)") }
        let ten = worst.sorted { $0.rate > $1.rate }.prefix(10).map { String(format: "%d (%.1f %%)", $0.image, 100 * $0.rate) }
        lines.append("worst pages (image, CER): " + ten.joined(separator: ", "))
        return lines.joined(separator: "\n")
    }
}

DossierBench.main()
