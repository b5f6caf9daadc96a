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

    /// Both exported the same catalogue; the second to give it back would take the first one's changes away.
    @Test func ofTwoPeopleTheSecondIsTold() throws {
        let exported = try Program.dossier("catalogue", "export", "甲", "--workspace", workspace).output
        #expect(exported.contains("\nbase: "))
        let give = { (text: String, more: [String]) in
            let path = scans.path + "/given.yaml"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            return try Program(starting: Program.built("dossier"), ["catalogue", "import", "甲", path, "--workspace", workspace] + more).finish()
        }
        let title = try #require(exported.firstMatch(of: /title: "[^"]*"/)).output
        let first = exported.replacing(title, with: "title: \"立案决定书\""), second = exported.replacing(title, with: "title: \"拘留证\"")
        #expect(try give(first, ["--by", "王某"]).status == 0)
        let twice = try give(first, ["--by", "王某"])
        #expect(twice.status == 0 && twice.complaints.contains("no changes"), "\(twice.complaints)")
        let refused = try give(second, ["--by", "李某"])
        #expect(refused.status == 65 && refused.complaints.contains("changed since") && refused.complaints.contains("--force"), "\(refused.complaints)")
        #expect(!kept.contains("李某") && kept.contains("立案决定书"))
        let forced = try give(second, ["--by", "李某", "--force"])
        #expect(forced.status == 0 && kept.contains("李某"), "\(forced.complaints)")
        let old = try give(first.split(separator: "\n").filter { !$0.hasPrefix("base:") }.joined(separator: "\n"), ["--dry-run"])
        #expect(old.status == 0 && old.complaints.contains("does not say from which catalogue"), "\(old.complaints)")
    }

    @Test func aMistakeIsNamedAndTheFileIsLeft() throws {
        let outcome = try edit("sed -i 's/^    documents:/   documents:/'")
        #expect(outcome.status == 65)
        #expect(outcome.complaints.contains("nesting") && outcome.complaints.contains("the file is kept"))
        #expect(kept.isEmpty && leftSheets.count == 1)
    }

    private static let change = "sed -i 's/title: \"[^\"]*\"/title: \"拘留证\"/'"

    /// The file that was kept, and the command that gives it back, as the complaint names them.
    private func keptSheet(_ outcome: Program.Outcome) throws -> String {
        let sheet = try #require(leftSheets.first)
        #expect(leftSheets.count == 1 && outcome.complaints.contains("the file is kept") && outcome.complaints.contains("/\(sheet)"), "\(outcome.complaints)")
        #expect(outcome.complaints.contains("dossier catalogue import 甲 "), "\(outcome.complaints)")
        return scans.path + "/" + sheet
    }

    @Test func aBusyWorkspaceLosesNothingOfWhatWasWritten() throws {
        // Another process writes as long as the editor's wish is being kept.
        let lock = try Program(starting: "/usr/bin/flock", ["--no-fork", workspace + "/.lock", "sleep", "60"])
        defer { lock.kill() }
        let outcome = try edit("while flock --nonblock \(workspace)/.lock true; do sleep 0.1; done; " + Self.change)
        #expect(outcome.status == 75, "\(outcome.complaints)")
        let sheet = try keptSheet(outcome)
        let left = try String(contentsOfFile: sheet, encoding: .utf8)
        #expect(kept.isEmpty && left.contains("拘留证"))
    }

    @Test func aCatalogueChangedWhileTheFileWasOpenLosesNothingOfWhatWasWritten() throws {
        let other = scans.path + "/other.yml"
        let dossier = "\(Program.built("dossier")) catalogue"
        let meanwhile = "\(dossier) export 甲 -w \(workspace) | sed 's/title: \"[^\"]*\"/title: \"立案决定书\"/' > \(other); \(dossier) import 甲 \(other) -w \(workspace) --by 李某; "
        let outcome = try edit(meanwhile + Self.change)
        #expect(outcome.status == 65 && outcome.complaints.contains("changed while the file was open"), "\(outcome.complaints)")
        let sheet = try keptSheet(outcome)
        #expect(kept.contains("李某") && !kept.contains("拘留证"))
        let back = try Program.dossier("catalogue", "import", "甲", sheet, "--workspace", workspace, "--by", "王某")
        #expect(back.status == 65 && back.complaints.contains("--force"), "\(back.complaints)")
        let forced = try Program.dossier("catalogue", "import", "甲", sheet, "--workspace", workspace, "--by", "王某", "--force")
        #expect(forced.status == 0 && kept.contains("拘留证"))
    }

    @Test func anEditorThatFailsAfterWritingLosesNothing() throws {
        let outcome = try edit("sh -c '" + "echo \"# more\" >> \"$1\"; exit 3' sh")
        #expect(outcome.status == 64)
        _ = try keptSheet(outcome)
    }

    @Test func anEditorThatIsNotThereOrFailsTakesNothing() throws {
        let missing = try edit("no-such-editor-anywhere")
        #expect(missing.status == 64 && missing.complaints.contains("no-such-editor-anywhere") && missing.complaints.contains("EDITOR"))
        #expect(try edit("false").status == 64)
        #expect(kept.isEmpty && leftSheets.isEmpty, "a file nobody changed is not kept")
    }

    /// On a terminal of its own (script(1)), with these keys typed at it.
    ///
    /// The editor spoils the file when it is opened first, and mends it when it is opened again.
    private func editTwice(typing keys: String) throws -> Program.Outcome {
        let editor = scans.path + "/editor"
        let text = """
            #!/bin/sh
            if [ -e \(editor).opened ]; then sed -i 's/^   documents:/    documents:/;s/title: "[^"]*"/title: "立案决定书"/' "$1"
            else touch \(editor).opened; sed -i 's/^    documents:/   documents:/' "$1"; fi
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: editor))
        let command = "\(Program.built("dossier")) catalogue edit 甲 --workspace \(workspace) --by 王某"
        let script = "printf '\(keys)' | script --quiet --return --flush --command '\(command)' /dev/null"
        return try Program(starting: "/bin/sh", ["-c", script], environment: ["VISUAL": "sh " + editor, "TMPDIR": scans.path]).finish()
    }

    @Test(.enabled(if: Program.installed("script") != nil, "no script(1)"), arguments: ["\\n", "y\\n", "是\\n"])
    func aMistakeOnATerminalIsNamedAndTheFileIsOpenedAgain(answer: String) throws {
        let outcome = try editTwice(typing: answer)
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("nesting") && outcome.output.contains("edit again? [Y/n]"), "\(outcome.output)")
        #expect(kept.contains("立案决定书") && leftSheets.isEmpty)
    }

    @Test(.enabled(if: Program.installed("script") != nil, "no script(1)"), arguments: ["n\\n", "No\\n", "否\\n", "\\004"])
    func whoeverDoesNotEditAgainKeepsTheFile(answer: String) throws {
        let outcome = try editTwice(typing: answer)
        #expect(outcome.status == 65, "\(outcome.output)")
        #expect(outcome.output.contains("the file is kept") && outcome.output.contains("dossier catalogue import 甲 "), "\(outcome.output)")
        #expect(kept.isEmpty && leftSheets.count == 1)
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
