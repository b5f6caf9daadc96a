import Archive
import DossierModel
import Foundation
import Hashing
import Synchronization
import TestTools
import Testing

/// The built program, eight at once, some of them killed.
@Suite(.serialized) struct ManyProcessesTests {
    private static let sample = Program.repository + "/samples/documents/批准逮捕决定书.yaml"

    private func arguments(_ workspace: String) -> [String] {
        ["document", "new", "批准逮捕决定书", "--case", "甲", "--unscanned", "--data", Self.sample, "--workspace", workspace]
    }

    @Test func numbersHaveNoGapAndNoRepeatWhateverIsKilled() throws {
        let place = try Place()
        let path = place.path
        let finished = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 8) { worker in
            var random = SystemRandomNumberGenerator()
            for round in 0..<6 {
                let delay = (worker + round) % 2 == 0 ? Double.random(in: 0.05...1.5, using: &random) : nil
                guard let outcome = try? Program.run(Program.built("dossier"), arguments(path), killAfter: delay) else { continue }
                if delay == nil { #expect(outcome.status == 0, "\(outcome.complaints)") }
                if outcome.status == 0 { finished.withLock { $0 += 1 } }
            }
        }
        let workspace = try Workspace.open(at: path, for: .readOnly)
        let rows = try workspace.journal.documents()
        #expect(rows.map(\.sequence) == Array(1...max(1, rows.count)))
        #expect(rows.count >= finished.withLock { $0 })
        for row in rows {
            let file = try #require(row.file)
            #expect(try workspace.blobs.read(file.digest).count == file.byteCount)
        }
        let copies = (try? FileManager.default.contentsOfDirectory(atPath: path + "/documents/甲")) ?? []
        for copy in copies where copy.hasSuffix(".pdf") {
            let row = try #require(rows.first { $0.number + ".pdf" == copy })
            #expect(try SHA256Digest(ofFileAt: "\(path)/documents/甲/\(copy)") == row.file?.digest)
        }
        let after = try Program.run(Program.built("dossier"), arguments(path))
        #expect(after.output.contains("〕\(rows.count + 1)号"), "\(after.output) \(after.complaints)")
    }

    @Test func anOlderWorkspaceIsBroughtUpToDateByWhoeverComesFirst() throws {
        let place = try Place()
        let path = place.path
        let undo = """
            import sqlite3, sys
            base = sqlite3.connect(sys.argv[1])
            base.executescript("DROP TABLE print_ledger; DROP TABLE document_numbers; DELETE FROM grdb_migrations WHERE identifier LIKE '2 %'")
            """
        try #require(try Tool.run("python3", ["-c", undo, path + "/dossier.sqlite"])?.status == 0)
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            let outcome = try? Program.run(Program.built("dossier"), arguments(path))
            #expect(outcome?.status == 0, "\(outcome?.complaints ?? "")")
        }
        #expect(try place.rows().map(\.sequence) == [1, 2, 3, 4])
    }
}

@Suite struct CommandTests {
    private func run(_ arguments: String...) throws -> Program.Outcome { try run(arguments) }
    private func run(_ arguments: [String]) throws -> Program.Outcome { try Program.run(Program.built("dossier"), arguments) }

    @Test func theCommandLineSaysWhatIsWrongAndHowToMendIt() throws {
        let place = try Place()
        let data = place.path + "/data.yaml"
        try "案由: 盗窃\n提请日期: 昨天\n承办: 某".write(toFile: data, atomically: true, encoding: .utf8)
        let values = try run("document", "new", "批准逮捕决定书", "-c", "甲", "--unscanned", "--data", data, "-w", place.path)
        #expect(values.status == 65)
        for word in ["侦查机关: is missing", "提请日期: “昨天”", "承办: is no field", "did you mean “承办人”", "批准人: is missing", "院名: is missing"] {
            #expect(values.complaints.contains(word), "\(word) in \(values.complaints)")
        }
        let unknown = try run("document", "new", "批准逮捕决定书", "-c", "乙", "--data", data, "-w", place.path)
        #expect(unknown.status == 65 && unknown.complaints.contains("--unscanned"))
        #expect(try run("document", "new", "批捕", "-c", "乙", "-w", place.path).complaints.contains("there is no template"))
        #expect(try run("document", "new", "起诉书", "-c", "乙", "--date", "2024-13-01", "-w", place.path).status == 64)
        #expect(try run("document", "new", "起诉书", "-w", place.path).status == 64)
        #expect(try run("document", "register", "-w", place.path + "/none").status == 65)
        #expect(try place.rows().isEmpty)
    }

    /// A number that was spent cannot be taken back.
    @Test func whatCanBeKnownToFailSpendsNoNumber() throws {
        let place = try Place()
        let data = Program.repository + "/samples/documents/起诉书.yaml"
        for output in ["/none/起诉书.pdf", ""] {
            let outcome = try run(
                "document", "new", "起诉书", "-c", "甲", "--unscanned", "--data", data, "-w", place.path, "-o", place.path + output)
            #expect([64, 74].contains(outcome.status), "\(outcome.complaints)")
        }
        for code in ["海东 ", "海东\u{200B}", "海　东"] {
            let file = place.path + "/data.yaml"
            let text = try String(contentsOfFile: data, encoding: .utf8).replacing(/院代字: .*/, with: "院代字: \"\(code)\"")
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try run("document", "new", "起诉书", "-c", "甲", "--unscanned", "--data", file, "-w", place.path)
            #expect(outcome.status == 65 && outcome.complaints.contains("院代字"), "\(outcome.complaints)")
        }
        #expect(try place.rows().isEmpty)
    }

    @Test func aDraftTakesNoNumberAndJSONTellsTheRest() throws {
        let place = try Place()
        let data = Program.repository + "/samples/documents/起诉书.yaml"
        let output = place.path + "/draft.pdf"
        let draft = try run("document", "new", "起诉书", "-c", "甲", "--unscanned", "--data", data, "--draft", "-o", output, "-w", place.path)
        #expect(draft.status == 0, "\(draft.complaints)")
        #expect(FileManager.default.fileExists(atPath: output))
        #expect(try place.rows().isEmpty)
        let issued = try run("document", "new", "起诉书", "-c", "甲", "--unscanned", "--data", data, "--date", "2025-01-02", "-w", place.path, "--json")
        let summary = try #require(JSONSerialization.jsonObject(with: Data(issued.output.utf8)) as? [String: Any])
        #expect(summary["number"] as? String == "海东检刑诉〔2025〕1号", "--date goes before the data file's date")
        let path = try #require(summary["path"] as? String)
        #expect(try SHA256Digest(ofFileAt: path).hex == summary["sha256"] as? String)
        let each = Program.repository + "/samples/documents/批准逮捕决定书-成批.yaml"
        let series = try run("document", "new", "批准逮捕决定书", "-c", "甲", "--unscanned", "--each", each, "-w", place.path)
        #expect(series.output.split(separator: "\n").count == 2, "\(series.complaints)")
        let list = try run("document", "list", "-c", "甲", "-w", place.path)
        #expect(list.output.split(separator: "\n").count == 3)
        #expect(try run("document", "register", "-w", place.path).output.contains("已发 issued"))
    }

    @Test func anIssuedDocumentComesOutOfTheStoreAgainAndOverwritesNothingUnasked() throws {
        let place = try Place()
        let empty = try run("document", "register", "-w", place.path)
        #expect(empty.status == 0 && empty.complaints.contains("no number was taken yet"))
        #expect(try run("document", "ledger", "-w", place.path).complaints.contains("nothing was sent"))
        let data = Program.repository + "/samples/documents/起诉书.yaml"
        let first = place.path + "/起诉书.pdf", copy = place.path + "/again.pdf"
        let new = ["document", "new", "起诉书", "-c", "甲", "--unscanned", "--data", data, "--date", "2025-01-02", "-w", place.path, "-o", first]
        #expect(try run(new).status == 0)
        #expect(try run(new).status == 64, "a file that is there stays, and no number is spent")
        #expect(try place.rows().count == 1)
        let number = "海东检刑诉〔2025〕1号"
        #expect(try run("document", "export", number, "-o", copy, "-w", place.path).status == 0)
        #expect(try SHA256Digest(ofFileAt: copy) == SHA256Digest(ofFileAt: first))
        #expect(try run("document", "export", number, "-o", copy, "-w", place.path).status == 64)
        #expect(try run("document", "export", number, "-o", copy, "--force", "-w", place.path).status == 0)
        #expect(try run("document", "export", "海东检刑诉〔2025〕2号", "-o", copy, "-w", place.path).status == 65)
        let unknown = try run("document", "print", "海东检刑诉〔2025〕2号", "-w", place.path)
        #expect(unknown.status == 65 && unknown.complaints.contains("no number"), "an unknown number is named before a printer is asked for")
        #expect(try run("document", "print", number, "-w", place.path).status == 64)
    }

    @Test func templatesAreListedShownAndChecked() throws {
        let place = try Place()
        let listed = try run("template", "list", "-w", place.path)
        for name in shipped { #expect(listed.output.contains(name)) }
        let source = try run("template", "show", "起诉书", "--source")
        try FileManager.default.createDirectory(atPath: place.path + "/templates", withIntermediateDirectories: true)
        let own = place.path + "/templates/我的.md"
        try source.output.write(toFile: own, atomically: true, encoding: .utf8)
        #expect(try run("template", "check", own, "-w", place.path).status == 0)
        try (source.output + "\n{{被告}}").write(toFile: own, atomically: true, encoding: .utf8)
        let checked = try run("template", "check", own, "-w", place.path)
        let line = source.output.split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(checked.status == 65)
        #expect(checked.complaints.contains("我的.md:\(line + 1):1: there is no field “被告”; did you mean “被告人”?"), "\(checked.complaints)")
    }
}
