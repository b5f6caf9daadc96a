import Archive
import ArgumentParser
import DossierModel
import Foundation

struct DocumentListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the issued documents.",
        discussion: """
            Examples:
              dossier document list
              dossier document list --case 测试1号 --json
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Option(name: [.customShort("c"), .customLong("case")], help: "Only of this case.") var caseNumber: String?
    @Flag(help: "Print the rows as JSON.") var json = false

    func run() throws {
        let store = try workspace.reading()
        let rows = try store.journal.documents(ofCase: caseNumber).filter { !$0.isVoid }
        if json { return try Terminal.json(rows) }
        for row in rows {
            Terminal.result("\(row.number)\t\(row.date)\t\(row.template)\t\(row.caseNumber ?? "–")\t\(row.file?.pages ?? 0) 页\t\(row.who)")
        }
        if rows.isEmpty { Terminal.complain("no document was issued yet; “dossier document new” makes one") }
    }
}

struct DocumentRegisterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Show every number that was taken (文号登记), void ones with their reason.",
        discussion: """
            Examples:
              dossier document register
              dossier document register --json | jq '.[] | select(.reason)'
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the rows as JSON.") var json = false

    func run() throws {
        let store = try workspace.reading()
        let rows = try store.journal.documents()
        if json { return try Terminal.json(rows) }
        for row in rows {
            let state = row.reason.map { "作废 void: \($0)" } ?? "已发 issued\t\(row.file!.digest)"
            Terminal.result("\(row.number)\t\(row.template)\t\(row.caseNumber ?? "–")\t\(row.who)\t\(row.time.formatted(.iso8601))\t\(state)")
        }
        if rows.isEmpty { Terminal.complain("no number was taken yet; “dossier document new” takes the first") }
    }
}

struct DocumentExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write an issued document's PDF out of the store, exactly as it was issued.",
        discussion: """
            The bytes are checked against the register before they are written.

            Example:
              dossier document export 海东检批捕〔2024〕1号 -o 决定.pdf

            Exit codes: 64 the file is there already (--force overwrites it) · 65 no such number, a void one, or a
            damaged document.
            """)

    @Argument(help: "The document's number (文号).") var number: String
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if output.path == nil { throw ValidationError("say with -o where to write it") }
    }

    func run() throws {
        let store = try workspace.reading()
        let document = try store.journal.issuedDocument(number)
        try output.check()
        try Workspace.writeOutput(store.blobs.read(document.file!.digest), to: output.path!)
        Terminal.result("\(number)\t\(output.path!)")
    }
}

extension Journal {
    /// A row of the register that has a document.
    ///
    /// #### Errors
    /// `notFound` for an unknown or a void number.
    func issuedDocument(_ number: String) throws(DossierError) -> RegisteredDocument {
        guard let document = try document(numbered: number) else {
            throw DossierError(.notFound, "the register has no number \(number); “dossier document register” lists them")
        }
        guard !document.isVoid else {
            throw DossierError(.notFound, "\(number) is void (\(document.reason ?? "")); it has no document")
        }
        return document
    }
}
