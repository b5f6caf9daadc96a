import Archive
import ArgumentParser
import DossierModel
import Foundation
import Issuing
import LegalDocuments

struct DocumentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document",
        abstract: "Make, number, list and print legal documents (法律文书).",
        subcommands: [
            DocumentDataCommand.self, DocumentNewCommand.self, DocumentListCommand.self, DocumentRegisterCommand.self, DocumentExportCommand.self,
            DocumentPrintCommand.self, DocumentLedgerCommand.self,
        ])
}

struct DocumentNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Fill in a template, take the next number and write the document as PDF/A.",
        discussion: """
            Values come from --data (YAML or JSON), else from the case's index, else they are asked for on a terminal.
            The number is taken in the same moment in which the document is stored; a document that fails leaves a void
            number behind, never a gap. Without -o the PDF lies in the workspace under documents/CASE/NUMBER.pdf.
            Works beside a running “dossier run”.

            Examples:
              dossier document data 起诉书 --case 海检刑诉受〔2024〕123号 -o 起诉书.yaml
              dossier document new 起诉书 --case 海检刑诉受〔2024〕123号 --data 起诉书.yaml
              dossier document new 批准逮捕决定书 --case 测试1号 --data 决定.yaml --date 2024-03-02 -o 决定.pdf
              dossier document new 案件材料移送清单 --case 测试1号 --data 移送.yaml --draft -o 草稿.pdf
              dossier document new 批准逮捕决定书 --case 测试1号 --each 成批.yaml --json
              dossier document new 批准逮捕决定书 --case 测试1号 --data 决定.yaml --printer ipp://192.0.2.7/ipp/print

            Exit codes: 64 wrong options · 65 values missing or invalid (all are named), a mistake in the template, an
            unknown case, or a document that failed and left its number void · 69 the printer did not print it all; the
            document is issued, and the message says whether to print it again · 75 others hold the register.
            """)

    @Argument(help: "Name of the template; “dossier template list” shows them.") var template: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(name: [.customShort("c"), .customLong("case")], help: "Case number (案件编号).", transform: CaseNumber.trimmed) var caseNumber: String
    @Option(help: "File with the values, YAML or JSON; - for standard input.", completion: .file()) var data: String?
    @Option(help: "File with a list of values: one document for each entry.", completion: .file()) var each: String?
    @Option(help: "Date of the document, YYYY-MM-DD; goes before 日期 in the data (default: that, else today).") var date: String?
    @OptionGroup var file: OutputOptions
    @OptionGroup var printing: PrintingOptions
    @Flag(help: "Take no number; every page is marked 草稿.") var draft = false
    @Flag(help: "The case has no scans in this workspace; the data file gives everything.") var unscanned = false
    @Flag(help: "Print the result as one line of JSON.") var json = false

    func validate() throws {
        if data != nil, each != nil { throw ValidationError("give --data or --each, not both") }
        if each != nil, output != nil { throw ValidationError("a series goes to the workspace's documents folder; leave -o out") }
        if draft, printing.printer != nil { throw ValidationError("a draft is not printed; leave --printer out") }
        if draft, each != nil { throw ValidationError("a draft is one document; give --data") }
        if draft, output == nil { throw ValidationError("a draft is not kept; say with -o where to write it") }
        if let date, CalendarDay(date) == nil { throw ValidationError("“\(date)” is no date; write it as 2024-03-02") }
    }

    func run() throws {
        let store = try Workspace.open(at: workspace.path, for: draft ? .readOnly : .registrar)
        let issuer = DocumentIssuer(workspace: store, who: Login.name, producer: "Dossier \(ProgramVersion.text)")
        let template = try issuer.templates.template(named: template)
        let facts = try facts(in: store)
        let printer = try printing.connected()
        let documents = try given(template, facts).map { values in
            // What was typed just now counts, not what stands in a file.
            let values = date == nil ? values : values.filter { $0.0 != "日期" }
            return try issuer.prepare(template, given: values, facts: facts, date: date.flatMap { CalendarDay($0) } ?? Today.day)
        }
        // Before a number is spent.
        try file.check()
        if draft { return try writeDraft(try issuer.draft(documents[0])) }
        let issued = try issuer.issue(documents)
        try report(issued, store)
        try printing.print(issued.map(\.row).filter { !$0.isVoid }, on: printer, in: store, isTwoSided: template.header.page.sides == .two)
        if issued.contains(where: \.row.isVoid) { throw ExitStatus.unusableInput.exitCode }
    }

    private var output: String? { file.path }

    private func facts(in store: Workspace) throws -> CaseFacts {
        unscanned ? CaseFacts(number: caseNumber) : try CaseFacts(case: caseNumber, in: store)
    }

    /// The values of each document.
    private func given(_ template: DocumentTemplate, _ facts: CaseFacts) throws -> [[(String, GivenValue)]] {
        if let each {
            let documents = try DataFile.read(try Self.bytes(of: each), location: each)
            guard !documents.isEmpty else { throw DossierError(.nothingToDo, "the list is empty", location: each) }
            return documents
        }
        var values: [(String, GivenValue)] = []
        if let data {
            let documents = try DataFile.read(try Self.bytes(of: data), location: data)
            guard documents.count == 1 else {
                throw DossierError(.badUsage, "the file holds \(documents.count) documents; give it with --each", location: data)
            }
            values = documents[0]
        }
        return [data == "-" ? values : Questions.complete(values, template, facts)]
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DossierError(.notFound, "cannot read the data file; check its name and permissions", location: path)
        }
        return Array(data)
    }

    // MARK: Results

    private struct Summary: Codable {
        var number: String
        /// `issued` or `void`.
        var state: String
        var reason: String?
        var template: String
        var `case`: String
        var date: String
        var sha256: String?
        var pages: Int?
        var counterparts: [String]
        var path: String?

        init(_ row: RegisteredDocument, path: String?) {
            number = row.number
            state = row.isVoid ? "void" : "issued"
            reason = row.reason
            template = row.template
            `case` = row.caseNumber ?? ""
            date = row.date
            sha256 = row.file?.digest.hex
            pages = row.file?.pages
            counterparts = row.counterparts
            self.path = path
        }
    }

    private func writeDraft(_ bytes: [UInt8]) throws {
        try Workspace.writeOutput(bytes, to: output!)
        if json { try Terminal.json(["path": output!, "state": "draft"]) } else { Terminal.result("\(output!)\t草稿 draft, no number taken") }
    }

    private func report(_ documents: [IssuedDocument], _ store: Workspace) throws {
        let good = documents.filter { !$0.row.isVoid }
        let paths = try write(good, store)
        let places = Dictionary(uniqueKeysWithValues: zip(good.map(\.row.number), paths))
        let summaries = documents.map { Summary($0.row, path: places[$0.row.number]) }
        if json {
            if each == nil { try Terminal.json(summaries[0]) } else { try Terminal.json(summaries) }
        } else {
            for summary in summaries where summary.path != nil { Terminal.result("\(summary.number)\t\(summary.path!)\t\(summary.pages ?? 0) 页 pages") }
        }
        for summary in summaries where summary.state == "void" {
            Terminal.complain("dossier: \(summary.number) 作废 void: \(summary.reason ?? "")")
        }
    }

    private func write(_ documents: [IssuedDocument], _ store: Workspace) throws -> [String] {
        do throws(DossierError) { return try copies(of: documents, store) } catch {
            let numbers = documents.map(\.row.number).joined(separator: ", ")
            throw DossierError(
                error.code, "\(numbers) was issued and is safe in the store, but its copy could not be written: \(error.message)",
                cause: error.cause, location: error.location)
        }
    }

    private func copies(of documents: [IssuedDocument], _ store: Workspace) throws(DossierError) -> [String] {
        guard let output else { return try store.deliver(documents.map { ($0.row, $0.bytes) }) }
        for document in documents { try Workspace.writeOutput(document.bytes, to: output) }
        return documents.map { _ in output }
    }
}

/// Who sits at the machine.
enum Login {
    static var name: String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "uid \(getuid())" }
        return String(cString: name)
    }
}

enum Today {
    static var day: CalendarDay {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
        return CalendarDay(year: parts.year!, month: parts.month!, day: parts.day!)!
    }
}

/// Asks on the terminal for what is missing. Where standard input is none, nothing is asked.
enum Questions {
    static func complete(_ values: [(String, GivenValue)], _ template: DocumentTemplate, _ facts: CaseFacts) -> [(String, GivenValue)] {
        guard isatty(STDIN_FILENO) == 1 else { return values }
        var values = values
        for field in template.missingFields(values, facts: facts) where field.isAskable {
            FileHandle.standardError.writeQuietly("\(field.name)（\(field.hint ?? field.expectation)）: ")
            guard let line = readLine(), !line.isEmpty else { continue }
            values.removeAll { $0.0 == field.name }
            values.append((field.name, .scalar(line)))
        }
        return values
    }
}

extension Field {
    fileprivate var isAskable: Bool { if case .list = kind { false } else { true } }
}
