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
        #expect(try dossier("inspect", "甲", "2", "--layers", scans.path + "-layers").complaints.contains("no layers"))
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
