import ArgumentParser
import DossierModel

struct CatalogueFactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts", abstract: "Print what the documents of a case say of persons, measures, charge and money.",
        discussion: """
            Columns: whose, what, value, mark, place of the first document that says so, number of documents. 冲突 marks values that contradict one
            another: all are shown, none is chosen. 校验不符 marks an identity number whose form or check digit is wrong; it is shown as read.
            人工 and 纸质目录 mark what a person entered and what only the catalogue on paper says.

            Examples:
              dossier catalogue facts 测试1号
              dossier catalogue facts 测试1号 --json | jq '.persons[].facts[] | select(.isConflict)'
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print facts.json.") var json = false

    func run() throws {
        let sheet = try PublishedCase(caseNumber, in: workspace.reading()).facts()
        if json { return try Terminal.json(sheet) }
        for person in sheet.persons { person.facts.flatMap { Self.rows(Self.name(of: person), $0) }.forEach(Terminal.result) }
        sheet.facts.flatMap { Self.rows("案件", $0) }.forEach(Terminal.result)
    }

    /// Names in dispute are all shown.
    private static func name(of person: FactSheet.Person) -> String {
        let names = person.facts.first { $0.kind == .name }?.readings.map(\.value).joined(separator: "／") ?? "–"
        return person.role.map { "\(names)（\($0)）" } ?? names
    }

    private static func rows(_ whose: String, _ fact: FactSheet.Fact) -> [String] {
        fact.readings.map { reading in
            let marks = ((fact.isConflict ? ["冲突"] : []) + reading.marks).joined(separator: " ")
            return [
                whose, fact.measure ?? fact.kind.chineseName, reading.value, marks.isEmpty ? "–" : marks, reading.place, "\(reading.sources.count)",
            ].joined(separator: "\t")
        }
    }
}
