import Archive
import ArgumentParser
import Cataloguing
import DossierModel
import Issuing
import LegalDocuments
import Pipeline

struct DocumentDataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Write a data file for a template, filled in as far as the case's documents tell.",
        discussion: """
            Every value has a comment with the volume, page and image it was read from and its score. Where the documents contradict one another
            the field is left empty and every value is a comment; so is an identity number that fails its check digit. What nobody tells is
            there, empty. Compare the file with the pages, complete it, and give it to “dossier document new --data”.

            Examples:
              dossier document data 起诉书 --case 测试1号 -o 起诉书.yaml
              dossier document data 批准逮捕决定书 --case 测试1号 | less

            Exit codes: 64 the file is there already (--force overwrites it) · 65 no such template or case, or the case is not finished.
            """)

    @Argument(help: "Name of the template; “dossier template list” shows them.") var template: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(name: [.customShort("c"), .customLong("case")], help: "Case number (案件编号).", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var file: OutputOptions

    func run() throws {
        let store = try workspace.reading()
        let template = try TemplateLibrary(folder: store.templateFolder).template(named: template)
        let titles = try OfficeFiles(workspace: store.path).titleKnowledge()
        let sheet = DataSheet(
            template, index: try CaseFacts(case: caseNumber, in: store), facts: try PublishedCase(caseNumber, in: store).facts(),
            organ: DocumentTemplate.Organ(of: store), titleCode: titles.code(named:))
        if let path = file.path {
            try file.check()
            try Workspace.writeOutput(Array(sheet.text.utf8), to: path)
            Terminal.result(path)
        } else {
            Terminal.result(String(sheet.text.dropLast()))
        }
        Terminal.complain("\(sheet.filled) of \(sheet.fields) fields filled in; \(sheet.undecided) left to a person to decide")
    }
}
