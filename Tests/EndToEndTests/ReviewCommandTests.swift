import DossierModel
import Foundation
import TestTools
import Testing

/// “dossier review” and “dossier inspection” as a person uses them: the built binary over a case that a stand-in engine read.
@Suite(.serialized) struct ReviewCommandTests {
    private let scans: ScanFolder
    private let workspace: String

    init() throws {
        scans = try ScanFolder()
        workspace = scans.path + "-w"
        try scans.addPages(["1.png", "2.png", "3.png"])
        try publish()
    }

    private func publish() throws { try #require(try Program.run(Program.built("fault-worker"), ["run", scans.path, workspace]).status == 0) }

    private func dossier(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(Program.built("dossier"), arguments + ["--workspace", workspace])
    }

    @Test func theLogTellsDecisionsAndCorrectionsInWordsTheNewestLast() throws {
        #expect(try dossier("review", "turn", "甲", "1", "90", "--by", "王某").status == 0)
        Thread.sleep(forTimeInterval: 1.1)
        #expect(try dossier("review", "split", "甲", "2", "--title", "拘留证", "--by", "李某", "--reason", "另一份").status == 0)
        Thread.sleep(forTimeInterval: 1.1)
        #expect(try dossier("review", "move", "甲", "3", "--after", "1", "--by", "王某").status == 0)
        let rows = try dossier("review", "log", "甲").output.split(separator: "\n").map(String.init)
        try #require(rows.count == 4, "\(rows)")
        #expect(rows[0].contains("第1册 页 1 image 1") && rows[0].contains("turned to 90°") && rows[0].contains("王某"))
        #expect(rows[1].contains("image 2") && rows[1].contains("begins here") && rows[1].contains("另一份"))
        #expect(rows[2].contains("题名 title: → 拘留证"))
        #expect(rows[3].contains("image 3") && rows[3].contains("behind 第1册 页 1 image 1"))
        struct Entry: Decodable { var words: String, at: String }
        let entries = try JSONDecoder().decode([Entry].self, from: Data(try dossier("review", "log", "甲", "--json").output.utf8))
        #expect(entries.count == 4 && entries.map(\.at) == entries.map(\.at).sorted())
    }

    @Test func statusCountsTheDecisionsThatAreNotPublishedYet() throws {
        #expect(try !dossier("status").output.contains("待发布"))
        #expect(try dossier("review", "turn", "甲", "1", "90").status == 0)
        #expect(try dossier("review", "split", "甲", "2").status == 0)
        #expect(try dossier("status").output.contains("2 待发布"))
        #expect(try dossier("review", "withdraw", "甲", "1").status == 0)
        #expect(try dossier("status", "--json").output.contains("\"waiting\":1"))
        try publish()
        #expect(try dossier("status", "--json").output.contains("\"waiting\":0"))
    }

    @Test func inspectTellsWhatPeopleDecidedAlsoOfImagesInNoVolume() throws {
        #expect(try dossier("review", "turn", "甲", "1", "90", "--by", "王某", "--reason", "倒置").status == 0)
        let waiting = try dossier("inspect", "甲", "1")
        #expect(waiting.output.contains("旋转 turned to 90°, 王某") && waiting.output.contains("倒置"), "\(waiting.output) \(waiting.complaints)")
        #expect(try dossier("review", "blank", "甲", "2", "--by", "李某").status == 0)
        try publish()
        let blank = try dossier("inspect", "甲", "2")
        #expect(blank.status == 0 && blank.output.contains("in no volume (blank)") && blank.output.contains("空白 called blank, 李某"), "\(blank.output) \(blank.complaints)")
        struct Sheet: Decodable { var disposition: String, decisions: [Entry] }
        struct Entry: Decodable { var words: String }
        let sheet = try JSONDecoder().decode(Sheet.self, from: Data(try dossier("inspect", "甲", "2", "--json").output.utf8))
        #expect(sheet.disposition == "blank" && sheet.decisions.map(\.words) == ["空白 called blank"])
        #expect(try dossier("inspect", "甲", "2", "--layers", scans.path + "-layers").status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scans.path + "-layers") == ["0-scan.png"])
    }

    @Test func aPageThatHasNothingBeforeItOrGoesOnAlreadyIsNotJoined() throws {
        let first = try dossier("review", "join", "甲", "1")
        #expect(first.status == 64 && first.complaints.contains("first page of volume 1") && first.complaints.contains("review move"), "\(first.complaints)")
        let none = try dossier("review", "join", "甲", "99")
        #expect(none.status != 0 && none.complaints.contains("has no page “99”"))
        #expect(try dossier("review", "split", "甲", "2", "--title", "拘留证").status == 0)
        #expect(try dossier("review", "split", "甲", "2").status == 3)
        #expect(try dossier("review", "join", "甲", "2").status == 0)
        let again = try dossier("review", "join", "甲", "2")
        #expect(again.status == 3 && again.complaints.contains("already"), "\(again.complaints)")
    }

    @Test func aDecisionThatChangesNothingIsRefusedWithWhatWould() throws {
        func refusal(_ arguments: String...) throws -> String {
            let outcome = try Program.run(Program.built("dossier"), ["review"] + arguments + ["--workspace", workspace])
            return outcome.status == 3 ? outcome.complaints : "taken (\(outcome.status)): \(outcome.complaints)"
        }
        #expect(try dossier("review", "turn", "甲", "1", "0").status == 64)
        #expect(try refusal("written", "甲", "1").contains("a page already; “dossier review blank 甲 1”"))
        #expect(try refusal("move", "甲", "2", "--after", "1").contains("comes behind image 1 already"))
        #expect(try dossier("review", "move", "甲", "2", "--after", "2").status == 64)
        #expect(try dossier("review", "blank", "甲", "3").status == 0)
        #expect(try refusal("blank", "甲", "3").contains("decision 1 by"), "it waits to be published")
        #expect(try dossier("review", "written", "甲", "3").status == 0, "what was decided and not published may be decided otherwise")
        #expect(try dossier("review", "blank", "甲", "3").status == 0)
        try publish()
        #expect(try refusal("blank", "甲", "3").contains("blank already; “dossier review written 甲 3”"))
        #expect(try dossier("review", "turn", "甲", "3", "90").complaints.contains("review written"))
        #expect(try dossier("review", "split", "甲", "2", "--title", "拘留证").status == 0)
        #expect(try refusal("split", "甲", "2", "--title", "拘留证").contains("already"))
        #expect(try dossier("review", "folio", "甲", "1", "7").status == 0)
    }

    @Test func correctionsHaveNumbersAndAreTakenBackByThem() throws {
        let split = try dossier("review", "split", "甲", "2", "--title", "拘留证", "--by", "李某")
        #expect(split.complaints.contains("kept: c1, c2"), "\(split.complaints)")
        try publish()
        #expect(try CaseFolder(workspace + "/cases/甲").index().volumes[0].documents.map(\.title).last == "拘留证")
        #expect(try dossier("review", "withdraw", "甲", "c9").status == 65)
        #expect(try dossier("review", "withdraw", "甲", "3x").status == 64)
        #expect(try dossier("review", "withdraw", "甲", "c2", "--by", "王某").status == 0)
        #expect(try dossier("status", "--json").output.contains("\"waiting\":1"))
        #expect(try dossier("review", "withdraw", "甲", "c2").status == 65, "once is enough")
        #expect(try dossier("review", "withdraw", "甲", "c1").status == 0)
        let log = try dossier("review", "log", "甲").output.split(separator: "\n").map(String.init)
        #expect(log.map { $0.prefix(2) } == ["c1", "c2"] && log[1].contains("withdrawn by 王某"), "\(log)")
        try publish()
        #expect(try CaseFolder(workspace + "/cases/甲").index().volumes[0].documents.count == 1)
        #expect(try dossier("status", "--json").output.contains("\"waiting\":0"))
    }

    /// What the list offers is taken as it stands.
    @Test func theListNamesTheCommandsThatSettle() throws {
        try scans.write(Array("no image".utf8), as: "4.png")
        try scans.addPage("5.png", seed: 1)
        try publish()
        struct Row: Decodable { var id: String, image: Int?, commands: [String] }
        let rows = try JSONDecoder().decode([Row].self, from: Data(try dossier("review", "list", " 甲 ", "--json").output.utf8))
        let refused = try #require(rows.first { $0.image == 4 })
        #expect(refused.commands == ["dossier review replace 甲 4 NEW.tif"])
        let copy = try #require(rows.first { $0.id == "page.duplicate" })
        #expect(copy.commands == ["dossier review accept 甲 5 page.duplicate"], "a page that is written on is no blank one")
        for command in copy.commands {
            let words = command.split(separator: " ").map(String.init).dropFirst()
            #expect(try Program.run(Program.built("dossier"), words + ["--workspace", workspace]).status == 0, "\(command)")
        }
        #expect(try dossier("review", "list", "甲").output.contains("\n    dossier review accept 甲 5 page.duplicate"))
    }

    @Test func aRunThatChangesNothingLeavesReportAndTimingsAlone() throws {
        let paths = ["report.html", "timings.html"].map { URL(fileURLWithPath: workspace + "/cases/甲/" + $0) }
        let before = try paths.map { try Data(contentsOf: $0) }
        try publish()
        #expect(try paths.map { try Data(contentsOf: $0) } == before)
        #expect(try dossier("review", "turn", "甲", "1", "90").status == 0)
        try publish()
        #expect(try zip(paths, before).allSatisfy { try Data(contentsOf: $0) != $1 })
    }

    @Test func aVolumeAloneTellsOfAnyByteThatWasChanged() throws {
        let volume = try #require(try CaseFolder(workspace + "/cases/甲").volumes().first), alone = scans.path + "-alone.pdf"
        try FileManager.default.copyItem(atPath: volume, toPath: alone)
        let whole = try dossier("verify", alone)
        #expect(whole.status == 0 && whole.output.contains("the seal over the whole file fits"), "\(whole.output) \(whole.complaints)")
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: alone)))
        for at in stride(from: 7, to: bytes.count, by: bytes.count / 15) {
            var changed = bytes
            changed[at] ^= 1
            try Data(changed).write(to: URL(fileURLWithPath: alone))
            #expect(try dossier("verify", alone).status == 65, "byte \(at) of \(bytes.count)")
        }
        let out = scans.path + "-out.pdf"
        #expect(try dossier("export", "甲", "--volume", "1", "-o", out).status == 0)
        let exported = try dossier("verify", out)
        #expect(exported.status == 0, "a copy with attachments is sealed anew: \(exported.output) \(exported.complaints)")
    }

    @Test func aPageNumberIsGivenByHandAndItsNeighboursFollow() throws {
        #expect(try dossier("review", "folio", "甲", "2", "none such").status == 64)
        #expect(try dossier("review", "folio", "甲", "2", "41", "--by", "王某", "--reason", "印章遮住").status == 0)
        try publish()
        let records = try CaseFolder(workspace + "/cases/甲").records()
        #expect(records.map(\.folio) == ["40", "41", "42"])
        #expect(records[1].findings.contains { $0.id == "folio.edited" && $0.message.contains("王某") && $0.message.contains("印章遮住") })
        #expect(try dossier("review", "folio", "甲", "2", "none").status == 0)
        try publish()
        #expect(try CaseFolder(workspace + "/cases/甲").records()[1].folio == nil)
    }

    @Test func aSampleIsNotDrawnAgainUntilItPleases() throws {
        #expect(try dossier("inspection", "draw", "甲", "--seed", "7").status == 0)
        let again = try dossier("inspection", "draw", "甲")
        #expect(again.status == 64 && again.complaints.contains("--again") && again.complaints.contains("mark"), "\(again.complaints)")
        let forced = try dossier("inspection", "draw", "甲", "--again")
        #expect(forced.status == 0 && forced.output.contains("draw 2 of this case"), "\(forced.output)")
        #expect(try dossier("inspection", "mark", "甲", "--all-others", "right").status == 0)
        let file = scans.path + "/record.txt"
        try scans.write(Array("other".utf8), as: "record.txt")
        let kept = try dossier("inspection", "sign", "甲", "-o", file)
        #expect(kept.status == 64 && kept.complaints.contains("another name"), "\(kept.complaints)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "other")
        #expect(try !dossier("inspection", "show", "甲").output.contains("签字"), "nothing was signed")
        #expect(try dossier("inspection", "sign", "甲", "-o", scans.path + "/new.txt").status == 0)
        #expect(try dossier("inspection", "draw", "甲").status == 0, "one that passed may be followed by another")
    }

    @Test func aSampleOfACaseThatChangedSinceSaysSo() throws {
        #expect(try dossier("inspection", "draw", "甲").status == 0)
        #expect(try !dossier("inspection", "show", "甲").output.contains("stale"))
        #expect(try dossier("review", "turn", "甲", "1", "180").status == 0)
        try publish()
        #expect(try dossier("inspection", "show", "甲").output.contains("已过期 stale"))
        #expect(try dossier("inspection", "show", "甲", "--json").output.contains("\"isStale\":true"))
        #expect(try dossier("inspection", "draw", "甲").status == 0, "the case is another now")
    }
}
