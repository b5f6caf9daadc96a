public import ArgumentParser
import DossierModel
import Foundation
public import SampleCases

struct DossierSamples: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dossier-samples",
        abstract: "Makes invented criminal cases as a scanner would deliver them, with their truth.",
        discussion: """
            EXAMPLES
              dossier-samples generate /tmp/case --seed 7 --pages 100
              dossier-samples generate /tmp/case --seed 7 --pages 1000 --difficulty hard --texts laws/
              dossier-samples generate /tmp/case --seed 7 --pages 1000 --wide
              dossier-samples committed samples

            OUT receives scans/ (the scanner's folder with batch.yaml), truth.json and, from “generate”, facts-truth.json. The same seed gives the
            same bytes.
            """,
        subcommands: [Generate.self, Committed.self])
}

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Makes a case of any size.")

    @Argument(help: ArgumentHelp("The folder to write to.", valueName: "out"))
    var folder: String
    @Option(help: "The case is invented from this number.")
    var seed: UInt64 = 1
    @Option(help: "Printed pages, at least 12.")
    var pages = 40
    @Flag(help: "Every kind of paper in several layouts, in volumes of five kinds; for cases of some 100 pages and more.")
    var wide = false
    @Flag(help: "Upright, clean grey pages, one TIFF file to a volume.")
    var plain = false
    @Option(help: "How worn the pages are: easy, mixed or hard.")
    var difficulty = Difficulty.mixed
    @Option(help: ArgumentHelp("Take long body text from the .md and .txt files in this folder.", valueName: "folder"))
    var texts: String?
    @Option(name: .customLong("seal-ink"), help: "Colour of the seals: red or blue.")
    var sealInk = SealInk.red
    @Flag(name: .customLong("no-truth"), help: "Write no truth.json and facts-truth.json.")
    var noTruth = false

    func validate() throws {
        guard pages >= 12 else { throw ValidationError("a case has at least 12 pages; give --pages 12 or more") }
    }

    func run() throws {
        let laws = try texts.map { try LawTexts(folder: $0) }
        let request = CaseWriter.Request(
            seed: seed, pages: pages, difficulty: difficulty, isPlain: plain, texts: laws, isWide: wide, writesTruth: !noTruth, sealInk: sealInk)
        let truth = try CaseWriter(folder: folder).write(request, progress: showProgress)
        print(summary(truth))
    }
}

struct Committed: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Makes exactly the case in the repository's samples folder.")

    @Argument(help: ArgumentHelp("The folder to write to.", valueName: "out"))
    var folder: String

    func run() throws {
        print(summary(try CaseWriter(folder: folder).writeCommitted(progress: showProgress)))
    }
}

extension Difficulty: ExpressibleByArgument {}
extension SealInk: ExpressibleByArgument {}

/// A live line on a terminal, nothing elsewhere.
func showProgress(_ done: Int, _ total: Int) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    FileHandle.standardError.write(Data("\r\(done) of \(total) images\(done == total ? "\n" : "")".utf8))
}

func summary(_ truth: CaseTruth) -> String {
    let blanks = truth.images.filter { $0.disposition == .blank }.count
    let separators = truth.images.filter { $0.disposition == .separator }.count
    let pages = truth.images.count - blanks - separators
    return "\(truth.case): \(truth.images.count) images = \(pages) pages + \(blanks) blanks + \(separators) separators; \(truth.documents.count) documents"
}

DossierSamples.main()
