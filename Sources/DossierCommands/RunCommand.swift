import Archive
import ArgumentParser
import DossierModel
import Foundation
import Pipeline

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Process a scanner's folder into a case file.",
        discussion: """
            Takes TIFF, PNG, JPEG and PDF files in natural order. A batch.yaml beside the scans may name the case, \
            its cause, parties and volumes; without it --case gives the case number and each folder is a volume. Where neither \
            names the case, a separator sheet of the case on top of the scans does.

            Run it again after a break: it continues. Originals are copied into the store and never changed.

            A case may come in several batches; each is named after its folder. A batch of the same name may grow, but \
            never loses a file unless --replace says so.

            It ends with the place of the dossier; open report.html there first. Exit code 1 says that there are \
            findings to look at, 3 that there is nothing to bind: no scan, or nothing but blanks and separators.

            Examples:
              dossier run scans/ --case 海检刑诉受〔2024〕123号
              dossier run scans/ -w /data/cases --jobs 8 --json > summary.json
              dossier run 0001.tif 0002.tif --case 测试1号 --engine tesseract
              dossier run scans/ --profile faithful
              dossier run late/ --case 测试1号 --batch 补充材料
            """)

    @Argument(help: "A folder or files as the scanner left them.", completion: .file())
    var scans: [String]

    @OptionGroup var workspace: WorkspaceOption

    @Option(name: [.customShort("c"), .customLong("case")], help: "Case number (案件编号).")
    var caseNumber: String?

    @Option(name: [.customLong("batch")], help: "Name of the batch (default: the name of the folder the scans lie in).")
    var batchName: String?

    @Flag(help: "The scans take the place of an earlier batch of the same name, also where files are missing or were scanned again.")
    var replace = false

    @Option(help: "Who reads: ppocr, tesseract, or both: then ppocr's text counts, and findings say where Tesseract reads otherwise (default: as in dossier.yaml; Tesseract stands in where ppocr cannot run).")
    var engine: EngineChoice?

    @Option(help: "How grey and coloured pages go into the PDF: faithful, balanced or compact (default: as in dossier.yaml). The scanner's files are kept in any case.")
    var profile: ProfileChoice?

    @Option(name: [.short, .long], help: "Pages read at once (default: one per core, fewer where memory is short).")
    var jobs: Int?

    @Flag(help: "Print the result as one line of JSON.")
    var json = false

    func validate() throws {
        if let batchName, batchName.allSatisfy(\.isWhitespace) { throw ValidationError("--batch needs a name") }
        if let jobs, jobs < 1 || jobs > 256 { throw ValidationError("--jobs is from 1 to 256") }
    }

    func run() throws {
        let store = try workspace.writing()
        let display = ProgressDisplay()
        let cancellation = Interruption.cancellation()
        let runner = Runner(workspace: store, cancellation: cancellation, report: display.show)
        let summary = try runner.run(
            Runner.Request(
                inputs: scans, caseNumber: caseNumber, batchName: batchName, replacesBatch: replace, engine: engine?.name,
                comparesEngines: engine?.compares,
                profile: profile?.profile, jobs: jobs, workerCommand: [Self.binary, "worker"]))
        if json { try Terminal.json(summary) } else { Terminal.result(Self.text(summary)) }
        try ExitStatus(of: summary).throwUnlessDone()
    }

    /// Where this program lies, also when it was found through PATH or a link.
    static var binary: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    static func text(_ s: RunSummary) -> String {
        """
        案件 case          \(s.case)
        影像 images        \(s.images) = \(s.pages) 页 pages + \(s.blanks) 空白 blanks + \(s.separators) 分隔页 separators + \(s.rejected) 拒收 rejected
        文书 documents     \(s.documents)
        问题 findings      \(s.findings.block) block, \(s.findings.warn) warn, \(s.findings.note) note\(s.placeholders > 0 ? ", \(s.placeholders) placeholder pages" : "")
        册 volumes         \(s.volumes.joined(separator: ", "))
        大小 size          \(s.bytesIn / 1024) KB in, \(s.bytesOut / 1024) KB out
        用时 time          \(ProgressDisplay.number(s.seconds)) s, \(s.imagesRead) of \(s.images) images read now
        位置 dossier       \(s.folder)
        报告 report        \(s.folder)/report.html\(s.findings.block + s.findings.warn > 0 ? "; in the terminal: dossier findings \(s.case)" : "")
        """
    }
}

/// `Settings.EngineName` as typed on the command line.
enum EngineChoice: String, ExpressibleByArgument, CaseIterable {
    case ppocr, tesseract, both

    var name: Settings.EngineName { self == .tesseract ? .tesseract : .ppocr }
    /// nil: as the settings say.
    var compares: Bool? { self == .both ? true : nil }
}

/// `ImageProfile` as typed on the command line.
enum ProfileChoice: String, ExpressibleByArgument, CaseIterable {
    case faithful, balanced, compact

    var profile: ImageProfile { ImageProfile(rawValue: rawValue)! }
}

/// Ctrl-C, or SIGTERM from a service manager, stops cleanly; a second one ends at once.
enum Interruption {
    nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

    static func cancellation() -> Cancellation {
        let cancellation = Cancellation()
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if cancellation.isCancelled { Foundation.exit(ExitStatus.interrupted.rawValue) }
                cancellation.cancel()
            }
            source.resume()
            return source
        }
        return cancellation
    }
}
