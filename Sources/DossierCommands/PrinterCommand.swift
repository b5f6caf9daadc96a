import ArgumentParser
import DossierModel
import Foundation
import Printing

struct PrinterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "printer", abstract: "Look at the printers.", subcommands: [PrinterListCommand.self])
}

struct PrinterListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The printers set up on this machine, and how they are.",
        discussion: """
            A printer that is not set up here is looked at, and printed on, by its address.

            Examples:
              dossier printer list
              dossier printer list --json
              dossier printer list ipp://192.0.2.7/ipp/print
            """)

    @Argument(help: "Look at these printers (names or addresses) instead.") var printers: [String] = []
    @Flag(help: "Print the result as one line of JSON.") var json = false

    func run() throws {
        let chosen = printers.isEmpty ? PrinterDirectory.printers() : try printers.map { try Printer($0) }
        let rows = chosen.map(PrinterRow.init)
        if json { return try Terminal.json(rows) }
        for row in rows { Terminal.result(row.text) }
        if rows.isEmpty {
            Terminal.complain(
                """
                没有设置打印机 no printer is set up on this machine.
                Set one up with the system's printer settings (CUPS), or print by address: ipp://HOST/ipp/print
                """)
        }
    }
}

/// A printer as it is listed.
private struct PrinterRow: Encodable {
    var name: String
    var uri: String
    var isDefault: Bool
    /// nil when the printer does not answer.
    var status: PrinterStatus?
    var acceptsPDF: Bool?
    var words: String

    init(_ printer: Printer) {
        name = printer.name
        uri = printer.uri
        isDefault = printer.isDefault
        do {
            let status = try printer.status()
            (self.status, acceptsPDF, words) = (status, status.acceptsPDF, status.words)
        } catch {
            words = "无应答 \(error.message)" + (error.cause.map { " (\($0))" } ?? "")
        }
    }

    var text: String {
        let pdf = acceptsPDF.map { $0 ? "接受 accepts PDF" : "不接受 does not accept PDF" } ?? "–"
        return "\(isDefault ? "* " : "")\(name)\t\(words)\t\(pdf)" + (name == uri ? "" : "\t\(uri)")
    }
}
