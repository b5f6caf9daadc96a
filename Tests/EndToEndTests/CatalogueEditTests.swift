import Foundation
import TestTools
import Testing

/// “dossier catalogue edit” as a person uses it: the built binary, a real editor process, a case published by a run.
@Suite(.serialized) struct CatalogueEditTests {
    private let scans: ScanFolder
    private let workspace: String

    init() throws {
        scans = try ScanFolder()
        workspace = scans.path + "-w"
        try scans.addPages(["1.png", "2.png", "3.png"])
        try #require(try Program.run(Program.built("fault-worker"), ["run", scans.path, workspace]).status == 0)
    }

    private func edit(_ editor: String, _ more: String..., environment: [String: String] = [:]) throws -> Program.Outcome {
        let program = try Program(
            starting: Program.built("dossier"), ["catalogue", "edit", "甲", "--workspace", workspace] + more,
            environment: ["VISUAL": editor, "TMPDIR": scans.path].merging(environment) { $1 })
        return try program.finish()
    }

    private var kept: String { (try? String(contentsOfFile: workspace + "/edits/甲.yaml", encoding: .utf8)) ?? "" }
    private var leftSheets: [String] { (try? FileManager.default.contentsOfDirectory(atPath: scans.path).filter { $0.hasSuffix(".yaml") }) ?? [] }

    @Test func whatTheEditorChangedIsKeptWithWhoAndWhen() throws {
        let outcome = try edit("sed -i 's/title: \"[^\"]*\"/title: \"立案决定书\"/'", "--by", "王某")
        #expect(outcome.status == 0, "\(outcome.complaints)")
        #expect(outcome.output.contains("立案决定书"))
        #expect(kept.contains("立案决定书") && kept.contains("by: \"王某\"") && kept.contains("at: \"20"))
        #expect(leftSheets.isEmpty)
        let again = try edit("true")
        #expect(again.status == 0 && again.complaints.contains("no changes"))
    }

    @Test func aMistakeIsNamedAndTheFileIsLeft() throws {
        let outcome = try edit("sed -i 's/^    documents:/   documents:/'")
        #expect(outcome.status == 65)
        #expect(outcome.complaints.contains("nesting") && outcome.complaints.contains("the file is kept"))
        #expect(kept.isEmpty && leftSheets.count == 1)
    }

    @Test func anEditorThatIsNotThereOrFailsTakesNothing() throws {
        let missing = try edit("no-such-editor-anywhere")
        #expect(missing.status == 64 && missing.complaints.contains("no-such-editor-anywhere") && missing.complaints.contains("EDITOR"))
        #expect(try edit("false").status == 64)
        #expect(kept.isEmpty)
    }

    @Test func withoutEditorAndTerminalItSaysWhatToDo() throws {
        let outcome = try edit(" ", environment: ["EDITOR": ""])
        #expect(outcome.status == 64 && outcome.complaints.contains("dossier catalogue export"))
    }

    @Test func whatAPersonEnteredIsAMarkedFactAfterTheNextRun() throws {
        #expect(try edit("sed -i 's/title: /number: 海公立字〔2024〕9号, title: /'").status == 0)
        #expect(try Program.run(Program.built("fault-worker"), ["run", scans.path, workspace]).status == 0)
        let rows = try Program.dossier("catalogue", "facts", "甲", "--workspace", workspace).output.split(separator: "\n")
        #expect(rows.contains { $0.contains("海公立字〔2024〕9号") && $0.contains("人工") }, "\(rows)")
    }

    @Test func factsArePrintedAndAreAProductThatIsVerified() throws {
        let json = try Program.dossier("catalogue", "facts", "甲", "--json", "--workspace", workspace)
        #expect(json.status == 0 && json.output.contains("\"case\":\"甲\""))
        #expect(try Program.dossier("verify", "甲", "--workspace", workspace).status == 0)
        let path = workspace + "/cases/甲/facts.json"
        try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
        let changed = try Program.dossier("verify", "甲", "--workspace", workspace)
        #expect(changed.status == 65 && (changed.output + changed.complaints).contains("facts.json"))
    }
}
