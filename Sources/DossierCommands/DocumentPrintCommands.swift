import Archive
import ArgumentParser
import DossierModel
import Foundation
import Issuing
import LegalDocuments
import Pipeline
import Printing

/// `--printer`, shared by the commands that print.
struct PrintingOptions: ParsableArguments {
    @Option(help: "Print on this printer: a name of “dossier printer list”, or an address such as ipp://192.0.2.7/ipp/print.")
    var printer: String?
    @Flag(name: .customLong("two-sided"), help: "Print on both sides (default: as the template says).") var isTwoSided = false

    /// nil where nothing is to be printed. A wrong name is found before a number is taken.
    func connected() throws -> Printer? { try printer.map { try Printer($0) } }

    /// Prints one after the other and says how each ended.
    ///
    /// #### Errors
    /// `unavailable` with the numbers that were not printed.
    func print(_ documents: [RegisteredDocument], on printer: Printer?, in store: Workspace, isTwoSided: Bool) throws {
        guard let printer else { return }
        let cancellation = Interruption.cancellation()
        let press = DocumentPrinter(workspace: store, who: Login.name)
        var again: [String] = []
        var open: [String] = []
        for document in documents {
            do {
                let outcome = try press.print(
                    document, on: printer, isTwoSided: isTwoSided || self.isTwoSided, isCancelled: { cancellation.isCancelled })
                Terminal.complain("\(document.number)\t\(outcome.words)")
                switch outcome.state {
                case .completed: break
                case .aborted, .cancelled: again.append(document.number)
                case .stopped, .unfinished, .unknown: open.append(document.number)
                }
            } catch {
                Terminal.complain("\(document.number)\t\(error)")
                again.append(document.number)
            }
        }
        guard again.isEmpty, open.isEmpty else { throw Self.unprinted(again: again, open: open) }
    }

    /// Only what surely is not printed any more may be printed again.
    private static func unprinted(again: [String], open: [String]) -> DossierError {
        var words: [String] = []
        if !again.isEmpty {
            words.append("issued, but not printed to the end: \(again.joined(separator: ", ")); see “dossier document ledger”, then “dossier document print NUMBER”")
        }
        if !open.isEmpty {
            words.append("the printer may still hold or have printed \(open.joined(separator: ", ")); look at its display and tray, and do not print again before")
        }
        return DossierError(.unavailable, words.joined(separator: ". "))
    }
}

struct DocumentPrintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print",
        abstract: "Print an issued document again, exactly as it was stored.",
        discussion: """
            What is sent are the stored bytes; every packet has its row in the ledger.

            Example:
              dossier document print 海东检批捕〔2024〕1号 --printer ipp://192.0.2.7/ipp/print

            Exit codes: 65 no such number, or a void one · 69 the printer refused, or did not print it all.
            """)

    @Argument(help: "The document's number (文号).") var number: String
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var printing: PrintingOptions

    func run() throws {
        let store = try Workspace.open(at: workspace.path, for: .registrar)
        let document = try store.journal.issuedDocument(number)
        guard printing.printer != nil else {
            throw DossierError(.badUsage, "say with --printer where to print; “dossier printer list” shows the printers")
        }
        let templates = DocumentIssuer(workspace: store, who: Login.name, producer: "Dossier \(ProgramVersion.text)").templates
        // A template that is gone says nothing; --two-sided does.
        let sides = (try? templates.template(named: document.template))?.header.page.sides
        try printing.print([document], on: try printing.connected(), in: store, isTwoSided: sides == .two)
    }
}

struct DocumentLedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Show every packet that was sent to a printer, and what became of it (打印登记).",
        discussion: """
            A packet that stays “sending” was cut off: look at the tray.

            Examples:
              dossier document ledger
              dossier document ledger 海东检批捕〔2024〕1号 --json
            """)

    @Argument(help: "Only packets of this document.") var number: String?
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the rows as JSON.") var json = false

    func run() throws {
        let rows = try workspace.reading().journal.printings(of: number)
        if json { return try Terminal.json(rows) }
        for row in rows {
            let sheets = row.sheets.map { "\($0) 张 sheets" } ?? "–"
            Terminal.result(
                "\(row.number)\t\(row.started.formatted(.iso8601))\t\(row.who)\t\(row.printer)\t\(row.job.map { "job \($0)" } ?? "–")\t\(sheets)\t\(row.outcome.rawValue)\t\(row.reasons.joined(separator: ", "))"
            )
        }
        if rows.isEmpty { Terminal.complain(number.map { "no packet of \($0) was sent to a printer" } ?? "nothing was sent to a printer yet") }
    }
}
