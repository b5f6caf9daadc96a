import Archive
import DossierModel
import Hashing
import Foundation
import ImageCodecs
import Testing

@testable import Pipeline
@testable import Publishing

/// People's decisions about pages, through real runs with a stand-in for the engine.
@Suite(.serialized) struct ReviewTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "review-\(UUID().uuidString)"
        for name in ["scans/volume-1", "scans/volume-2", "later"] {
            try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        for (at, name) in ["volume-1/1.png", "volume-1/2.png", "volume-1/3.png", "volume-2/1.png"].enumerated() { try page("scans/" + name, width: 1200 + at) }
        try page("scans/volume-1/4.png", width: 1220, isBlank: true)
        try page("later/new.png", width: 1250)
    }

    @Test func aPageIsTurnedByHandAndNothingElseIsReadAgain() throws {
        try run()
        try decide(.turn, on: "volume-1/2.png", value: "90")
        let summary = try again()
        #expect(summary.imagesRead == 1)
        #expect(try record("volume-1/2.png").rotation == .clockwise90)
        #expect(try record("volume-1/1.png").rotation == .none)
        #expect(try record("volume-1/2.png").findings.contains { $0.id == "page.decided" && $0.message.contains("by 王某") })
    }

    @Test func blankAndWrittenAreWhatAPersonSays() throws {
        try run()
        #expect(try record("volume-1/4.png").disposition == .blank)
        try decide(.written, on: "volume-1/4.png")
        try decide(.blank, on: "volume-1/1.png")
        let summary = try again()
        #expect(try record("volume-1/4.png").disposition == .page && record("volume-1/1.png").disposition == .blank)
        #expect(summary.images == summary.pages + summary.blanks + summary.separators + summary.rejected)
    }

    @Test func aScanMadeAgainTakesThePlaceAndTheFormerStaysAccountedFor() throws {
        try run()
        let before = try record("volume-1/2.png")
        let scan = try SingleScan(folder + "/later/new.png", ofCase: "甲", in: workspace(.writer))
        try decide(.replace, on: "volume-1/2.png", other: scan.place)
        let summary = try again()
        let after = try records()
        #expect(summary.images == 6 && summary.rejected == 1)
        let new = try #require(after.first { $0.file == "1-new.png" })
        #expect(new.volume == 1 && new.folio == before.folio && new.image == before.image + 1)
        #expect(try record("volume-1/2.png").disposition == .rejected)
        #expect(try record("volume-1/2.png").findings.map(\.id) == ["page.superseded"])
        #expect(try workspace(.readOnly).blobs.contains(before.fileSHA256), "the earlier scan stays in the store")
        #expect(try record("volume-2/1.png").volume == 2)
    }

    @Test func aForgottenSheetComesBehindThePageThatIsNamedAndLaterBatchesKeepTheirNumbers() throws {
        try run()
        let scan = try SingleScan(folder + "/later/new.png", ofCase: "甲", in: workspace(.writer))
        try record(PageDecision(page: scan.place, change: .move, other: record("volume-1/1.png").place, by: "王某", at: "2026-11-26T10:00:00Z"))
        _ = try again()
        #expect(try records().prefix(3).map(\.file) == ["volume-1/1.png", "1-new.png", "volume-1/2.png"])
        #expect(try Set(records().compactMap(\.volume)) == [1, 2])
    }

    @Test func aPageIsMovedIntoAnotherVolume() throws {
        try run()
        try decide(.move, on: "volume-1/3.png", other: record("volume-2/1.png").place)
        _ = try again()
        #expect(try record("volume-1/3.png").volume == 2)
        #expect(try records().map(\.file).last == "volume-1/3.png")
    }

    @Test func anAcceptedFindingAsksNoMoreAndAWithdrawnDecisionCountsNoMore() throws {
        try page("scans/volume-1/2.png", width: 1105)
        try run()
        let before = try again().findings.warn
        let open = try #require(record("volume-1/2.png").findings.first { $0.severity == .warn })
        let id = try decide(.accept, on: "volume-1/2.png", value: open.id)
        #expect(try again().findings.warn == before - 1)
        #expect(try record("volume-1/2.png").findings.contains { $0.id == open.id && $0.severity == .note && $0.message.contains("accepted by 王某") })
        try workspace(.writer).journal.withdrawDecision(id, ofCase: "甲", by: "李某", at: "2026-11-26T11:00:00Z")
        #expect(try again().findings.warn == before)
        let log = try workspace(.readOnly).journal.decisions(ofCase: "甲")
        #expect(log.count == 1 && log[0].withdrawnBy == "李某")
        #expect(throws: DossierError.self) { try workspace(.writer).journal.withdrawDecision(id, ofCase: "甲", by: "李某", at: "") }
    }

    /// The same question in other words, and a graver one.
    @Test func anAcceptedFindingIsKnownByItsKeyAndNotByItsWords() {
        let place = PageDecision.Place(file: SHA256Digest(of: [1]), frame: 1)
        func accept(_ id: String, _ message: String, key: String? = nil, volume: Int? = nil, onPage: Bool = true) -> PageDecision {
            PageDecision(page: onPage ? place : nil, volume: volume, change: .accept, value: id, message: message, key: key, severity: key == nil ? nil : .warn, by: "王某", at: "t")
        }
        func finding(_ id: String, _ message: String, _ subject: String? = nil, _ severity: Finding.Severity = .warn) -> Finding {
            Finding(id: id, severity: severity, message: message, remedy: "", subject: subject)
        }
        func open(_ decision: PageDecision, _ findings: [Finding]) -> [String] {
            var record = Self.record(place)
            record.findings = findings
            return PageReview([decision]).settled([record])[0].findings.filter { $0.severity >= .warn }.map(\.message)
        }
        let blur = accept("page.blur", "0.3 mm", key: "page.blur")
        #expect(open(blur, [finding("page.blur", "rises over 0.31 mm")]) == [])
        #expect(open(blur, [finding("page.blur", "rises over 0.31 mm", nil, .block)]) == ["rises over 0.31 mm"], "it became graver")
        #expect(open(blur, [finding("page.blur", "a"), finding("page.blur", "0.3 mm")]) == ["a"], "of several alike the words tell")
        #expect(open(accept("page.blur", "0.3 mm"), [finding("page.blur", "0.31 mm")]) == ["0.31 mm"], "an old log has words alone")
        #expect(open(accept("page.blur", "as image 3"), [finding("page.blur", "as image 4")]) == [])
        let gap = accept("folio.sequence", "3 is missing", key: "folio.sequence missing 3")
        #expect(open(gap, [finding("folio.sequence", "3 fehlt", "missing 3"), finding("folio.sequence", "3 is missing", "missing 4")]) == ["3 is missing"])
        #expect(open(accept("page.text.check", "“1”", key: "page.text.check"), [finding("page.text.check", "“2”")]) == ["“2”"], "another number is another question")
        let count = accept("volume.count", "5", key: "volume.count", volume: 1, onPage: false)
        func asked(_ decision: PageDecision, _ findings: Finding...) -> [String] {
            PageReview([decision]).settled(findings.map { .init(volume: 1, finding: $0) } + [.init(volume: nil, finding: findings[0])]).filter { $0.finding.severity >= .warn }
                .map { "\($0.volume ?? 0) \($0.finding.message)" }
        }
        #expect(asked(count, finding("volume.count", "6")) == ["1 6", "0 6"])
        #expect(asked(count, finding("volume.count", "5")) == ["0 5"], "the case is another place")
        let row = accept("catalogue.row.ask", "on paper 1", key: "catalogue.row.ask 送达回证", volume: 1, onPage: false)
        #expect(asked(row, finding("catalogue.row.ask", "in other words", "送达回证")) == ["0 in other words"])
        #expect(asked(row, finding("catalogue.row.ask", "on paper 2", "送达回证"), finding("catalogue.row.ask", "on paper 1", "送达回证")) == ["1 on paper 2", "0 on paper 2"], "one answer is no answer to two questions")
    }

    private static func record(_ place: PageDecision.Place) -> PageRecord {
        PageRecord(
            image: 1, file: "1.png", frame: place.frame, fileSHA256: place.file, rasterSHA256: nil, disposition: .page, score: 1, rotation: .none, skew: 0, dpi: nil,
            size: nil, mode: nil, volume: 1, document: nil, folio: nil, lines: [], findings: [])
    }

    @Test func whatIsMissingOfTheOriginalCannotBeAcceptedAway() throws {
        try Data("no image".utf8).write(to: URL(fileURLWithPath: folder + "/scans/volume-1/5.tif"))
        try run()
        let finding = try #require(record("volume-1/5.tif").findings.first)
        try decide(.accept, on: "volume-1/5.tif", value: finding.id)
        #expect(try again().findings.block > 0)
    }

    @Test func aFileWithSeveralImagesOrOfTheCaseIsNoSingleScan() throws {
        try run()
        let store = try workspace(.writer)
        #expect(throws: DossierError.self) { try SingleScan(folder + "/scans/volume-1/1.png", ofCase: "甲", in: store) }
        #expect(throws: DossierError.self) { try SingleScan(folder + "/nothing.png", ofCase: "甲", in: store) }
        let half = try Data(contentsOf: URL(fileURLWithPath: folder + "/later/new.png"))
        try half.prefix(half.count / 2).write(to: URL(fileURLWithPath: folder + "/later/half.png"))
        #expect(throws: DossierError.self) { try SingleScan(folder + "/later/half.png", ofCase: "甲", in: store) }
        try Data("no image".utf8).write(to: URL(fileURLWithPath: folder + "/later/text.tif"))
        #expect(throws: DossierError.self) { try SingleScan(folder + "/later/text.tif", ofCase: "甲", in: store) }
    }

    @Test func sayingTheSameAgainChangesNoByte() throws {
        try run()
        try decide(.turn, on: "volume-1/2.png", value: "180")
        _ = try again()
        let first = try Data(contentsOf: URL(fileURLWithPath: folder + "/w/cases/甲/manifest.json"))
        let summary = try again()
        #expect(summary.imagesRead == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/w/cases/甲/manifest.json")) == first)
    }

    @Test func aDecisionWhosePageIsGoneIsTold() throws {
        try run()
        try decide(.turn, on: "volume-1/2.png", value: "90")
        try page("scans/volume-1/2.png", width: 1233)
        try run(replacing: true)
        let index = try JSONDecoder().decode(CaseIndex.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/w/cases/甲/index.json")))
        #expect(index.findings.contains { $0.finding.id == "page.decision.lost" })
    }

    @Test func aCaseNobodyKnowsCannotBePublishedAgain() throws {
        #expect(throws: DossierError.self) { try again() }
    }

    @Test func whatPeoplePlacedVerifiesAndATamperedOrderDoesNot() throws {
        try run()
        let scan = try SingleScan(folder + "/later/new.png", ofCase: "甲", in: workspace(.writer))
        try decide(.replace, on: "volume-1/2.png", other: scan.place)
        try decide(.move, on: "volume-1/3.png", other: record("volume-2/1.png").place)
        try decide(.turn, on: "volume-1/1.png", value: "180")
        _ = try again()
        let manifest = try PublishedText.manifest(Data(contentsOf: URL(fileURLWithPath: folder + "/w/cases/甲/manifest.json")))
        #expect(Self.differences(try records(), manifest).isEmpty)
        var twice = try records()
        twice[1] = twice[0]
        #expect(!Self.differences(twice, manifest).isEmpty)
    }

    @Test func aScanWhoseDecisionWasWithdrawnIsNoPageAndMayBeGivenAgain() throws {
        try run()
        let scan = try SingleScan(folder + "/later/new.png", ofCase: "甲", in: workspace(.writer))
        let id = try decide(.replace, on: "volume-1/2.png", other: scan.place)
        _ = try again()
        try workspace(.writer).journal.withdrawDecision(id, ofCase: "甲", by: "李某", at: "2026-11-26T11:00:00Z")
        let summary = try again()
        #expect(summary.pages == 4 && summary.rejected == 1)
        #expect(try record("volume-1/2.png").disposition == .page)
        #expect(try record("1-new.png").findings.map(\.id) == ["page.unplaced"])
        #expect(try SingleScan(folder + "/later/new.png", ofCase: "甲", in: workspace(.writer)).place == scan.place)
    }

    @Test func ofSeveralScansForOnePageTheLastIsDelivered() throws {
        try run()
        for (at, name) in ["a", "b", "c"].enumerated() {
            try page("later/\(name).png", width: 1280 + at)
            let scan = try SingleScan(folder + "/later/\(name).png", ofCase: "甲", in: workspace(.writer))
            try decide(.replace, on: "volume-1/2.png", other: scan.place)
        }
        let summary = try again()
        #expect(summary.pages == 4 && summary.rejected == 3)
        #expect(try record("3-c.png").disposition == .page && record("2-b.png").disposition == .rejected && record("1-a.png").disposition == .rejected)
    }

    @Test func aScanThatWaitsBehindALaterBatchVerifies() throws {
        try run()
        _ = try SingleScan(folder + "/later/new.png", ofCase: "甲", in: workspace(.writer))
        try FileManager.default.createDirectory(atPath: folder + "/late", withIntermediateDirectories: true)
        try page("late/1.png", width: 1260)
        _ = try runner().run(request([folder + "/late"]))
        let manifest = try PublishedText.manifest(Data(contentsOf: URL(fileURLWithPath: folder + "/w/cases/甲/manifest.json")))
        #expect(try records().last?.file == "1-new.png")
        #expect(Self.differences(try records(), manifest).isEmpty)
    }

    @Test func aRescanOfAnEarlyVolumeLeavesLaterBatchesTheirNumbers() throws {
        try run()
        let scan = try SingleScan(folder + "/later/new.png", ofCase: "甲", in: workspace(.writer))
        try decide(.replace, on: "volume-1/2.png", other: scan.place)
        try FileManager.default.createDirectory(atPath: folder + "/late", withIntermediateDirectories: true)
        try page("late/1.png", width: 1260)
        _ = try runner().run(request([folder + "/late"]))
        #expect(try record("1.png").volume == 3)
        let second = try { () throws in try page("later/other.png", width: 1270); return try SingleScan(folder + "/later/other.png", ofCase: "甲", in: workspace(.writer)) }()
        try decide(.replace, on: "1.png", other: second.place)
        _ = try again()
        #expect(try record("2-other.png").volume == 3)
    }

    // MARK: -

    private static func differences(_ records: [PageRecord], _ manifest: Manifest) -> [Difference] {
        var differences = Differences()
        differences.check(records, against: manifest)
        return differences.list
    }

    private func records() throws -> [PageRecord] {
        try String(contentsOfFile: folder + "/w/cases/甲/pages.jsonl", encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(PageRecord.self, from: Data($0.utf8)) }
    }

    private func record(_ file: String) throws -> PageRecord { try #require(records().first { $0.file == file }) }

    @discardableResult
    private func decide(_ change: PageDecision.Change, on file: String, value: String? = nil, other: PageDecision.Place? = nil) throws -> Int64 {
        let record = try record(file)
        return try self.record(PageDecision(page: record.place, image: record.image, change: change, value: value, other: other, by: "王某", at: "2026-11-26T10:00:00Z"))
    }

    @discardableResult
    private func record(_ decision: PageDecision) throws -> Int64 { try workspace(.writer).journal.record(decision, ofCase: "甲") }

    private func workspace(_ access: Workspace.Purpose) throws -> Workspace { try Workspace.open(at: folder + "/w", for: access) }

    private func run(replacing: Bool = false) throws {
        try Workspace.initialise(at: folder + "/w")
        _ = try runner().run(request([folder + "/scans"], replacing: replacing))
    }

    private func again() throws -> RunSummary {
        try Workspace.initialise(at: folder + "/w")
        return try runner().run(request([]))
    }

    private func runner() throws -> Runner { Runner(workspace: try workspace(.writer), cancellation: Cancellation(), report: { _ in }) }

    private func request(_ inputs: [String], replacing: Bool = false) -> Runner.Request {
        Runner.Request(inputs: inputs, caseNumber: "甲", replacesBatch: replacing, engine: .tesseract, jobs: 2, workerCommand: [Self.worker])
    }

    /// A page with bars like lines of text, so that it is not blank.
    private func page(_ name: String, width: Int, isBlank: Bool = false) throws {
        var raster = Raster(whiteWidth: width, height: 1600, mode: .grey)
        for line in 0..<(isBlank ? 0 : 20) {
            for y in (100 + line * 60)..<(130 + line * 60) {
                for x in 100..<(width - 100) where (x / 14) % 2 == 0 { raster.bytes[y * width + x] = 20 }
            }
        }
        try Data(try PNGCodec.encode(raster, dpi: Resolution(x: 150, y: 150))).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    /// Built beside the tests.
    private static var worker: String {
        let tests = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return (tests as NSString).deletingLastPathComponent + "/fault-worker"
    }
}

extension PageRecord {
    fileprivate var place: PageDecision.Place { PageDecision.Place(file: fileSHA256, frame: frame) }
}
