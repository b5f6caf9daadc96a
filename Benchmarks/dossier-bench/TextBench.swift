import ArgumentParser
import DossierModel
import Foundation

/// Holds the text of published cases against the truth of the generator: nothing is read again, so that hundreds of pages are
/// compared in seconds.
struct TextBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "Measure the text of a published case against the truth it was generated from.",
        discussion: """
            CASE is a folder of “dossier-samples generate”, --records the pages.jsonl that “dossier run” published of it; both can be given
            several times, in the same order.

            Examples:
              dossier-bench text case --records workspace/cases/A1/pages.jsonl
              dossier-bench text a b --records wa/cases/A/pages.jsonl --records wb/cases/B/pages.jsonl
            """)

    @Argument(help: "Folders of generated cases.", completion: .directory) var cases: [String]
    @Option(help: "pages.jsonl of the published case; once for each CASE.", completion: .file(extensions: ["jsonl"])) var records: [String]

    func validate() throws {
        if records.count != cases.count { throw ValidationError("give --records once for each CASE") }
    }

    func run() throws {
        var (columns, calibration) = ([ResultTable.Column](), Calibration())
        for (folder, path) in zip(cases, records) {
            let truth = try JSONDecoder().decode(Truth.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/truth.json")))
            let read = try Self.records(path)
            let found = truth.images.map { image in read[image.image] }
            let score = TextScore(truth, found: found.map { ($0?.lines ?? []).map(\.text).joined() })
            for (image, record) in zip(truth.images, found) where image.disposition == .page { calibration.add((record?.lines ?? []).map(\.recognised), truth: image.text) }
            var column = ResultTable.Column(name: URL(fileURLWithPath: folder).lastPathComponent)
            column.figures += [
                Figure("printed pages", "\(truth.pages.count)"), Figure("characters", "\(truth.pages.reduce(0) { $0 + $1.text.count })"),
            ]
            column.addText(score)
            if found.allSatisfy({ $0 != nil }) { column.add(PageScore(truth, records: found.compactMap(\.self))) }
            column.figures.append(Figure("worst pages: image (CER ignoring spaces)", score.worst))
            columns.append(column)
        }
        print(ResultTable(heading: "### Text of \(cases.count) cases", columns: columns, comparesPeers: false).text)
        print(calibration.text)
    }

    private static func records(_ path: String) throws -> [Int: PageRecord] {
        let records = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8).split(separator: "\n").map { try JSONDecoder().decode(PageRecord.self, from: Data($0.utf8)) }
        return Dictionary(records.map { ($0.image, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension PageRecord.Line {
    fileprivate var recognised: RecognisedLine { RecognisedLine(text: text, quad: Quad(box), confidence: confidence, characterSpans: []) }
}
