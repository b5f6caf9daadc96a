import DossierModel
import Foundation
import Testing

@testable import Pipeline

@Suite struct InboxMemoryTests {
    private func listing(_ sizes: Int..., isMarked: Bool = true) -> InboxMemory.Listing {
        .init(files: Set(sizes.enumerated().map { .init(name: "\($0).tif", bytes: $1, modified: 0) }), isMarked: isMarked)
    }

    @Test func aBatchIsTakenWhenItRests() {
        var memory = InboxMemory(settle: 10)
        #expect(memory.ready(["甲": listing(1)], at: 0) == [])
        #expect(memory.ready(["甲": listing(1, 2)], at: 9) == [], "it grew")
        #expect(memory.ready(["甲": listing(1, 2)], at: 18) == [])
        #expect(memory.ready(["甲": listing(1, 2)], at: 19) == ["甲"])
    }

    @Test func anEmptyOrUnmarkedBatchIsWaitedFor() {
        var memory = InboxMemory(settle: 0)
        #expect(memory.ready(["甲": listing(), "乙": listing(1, isMarked: false)], at: 100) == [])
        #expect(memory.ready(["甲": listing(), "乙": listing(1)], at: 101) == ["乙"])
    }

    @Test func aRefusedBatchIsTakenAgainOnlyAfterAChange() {
        var memory = InboxMemory(settle: 1)
        _ = memory.ready(["甲": listing(1)], at: 0)
        #expect(memory.ready(["甲": listing(1)], at: 1) == ["甲"])
        memory.refused("甲")
        #expect(memory.ready(["甲": listing(1)], at: 500) == [] && !memory.isWaiting)
        #expect(memory.ready(["甲": listing(1, 2)], at: 501) == [])
        #expect(memory.ready(["甲": listing(1, 2)], at: 502) == ["甲"])
    }

    @Test func aPostponedBatchIsTakenAgainByItself() {
        var memory = InboxMemory(settle: 0)
        #expect(memory.ready(["甲": listing(1)], at: 0) == ["甲"])
        memory.postponed("甲", until: 60)
        #expect(memory.ready(["甲": listing(1)], at: 59) == [] && !memory.isWaiting, "it was tried")
        #expect(memory.ready(["甲": listing(1)], at: 60) == ["甲"])
    }

    @Test func batchesAreTakenInTheOrderOfTheirNames() {
        var memory = InboxMemory(settle: 0)
        #expect(memory.ready(["10": listing(1), "9": listing(1), "1": listing(1)], at: 0) == ["1", "9", "10"])
    }
}

@Suite struct InboxLeftoversTests {
    @Test func whatLiesInNoBatchIsToldOnceWhenItHasLainThere() {
        var leftovers = InboxLeftovers(settle: 10)
        #expect(leftovers.news([.loose("2.tif"), .empty("甲")], at: 0) == [])
        #expect(leftovers.news([.loose("2.tif"), .loose("10.tif")], at: 9) == [], "the folder was filled")
        #expect(leftovers.news([.loose("2.tif"), .loose("10.tif")], at: 10) == [.loose("2.tif")])
        #expect(leftovers.news([.loose("2.tif"), .loose("10.tif"), .empty("甲")], at: 19) == [.loose("10.tif")])
        #expect(leftovers.news([.loose("2.tif"), .loose("10.tif"), .empty("甲")], at: 29) == [.empty("甲")])
        #expect(leftovers.news([], at: 30) == [])
        #expect(leftovers.news([.loose("2.tif")], at: 31) == [] && leftovers.news([.loose("2.tif")], at: 41) == [.loose("2.tif")], "it came again")
    }
}

@Suite struct InboxWatcherTests {
    private let folder = NSTemporaryDirectory() + "dossier-inbox-" + UUID().uuidString
    private var inbox: String { folder + "/inbox" }

    private func put(_ name: String, _ text: String = "scan") throws {
        let path = inbox + "/" + name
        try FileManager.default.createDirectory(atPath: PathName.parent(of: path), withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    private func names(_ path: String) -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

    private let summary = RunSummary(
        case: "甲", folder: "", images: 1, pages: 1, blanks: 0, separators: 0, rejected: 0, placeholders: 0, documents: 1,
        findings: .init(), volumes: [], engine: "", imagesRead: 1, bytesIn: 1, bytesOut: 1, seconds: 0)

    /// Runs until nothing is left; gives what happened, in words.
    private func watch(
        marker: String? = nil, once: Bool = true, lacking: @escaping (String) -> Bool = { _ in false }, _ process: (String) throws(DossierError) -> Void
    ) throws -> [String] {
        var events: [String] = []
        let cancellation = Cancellation()
        let watcher = InboxWatcher(
            try Inbox(inbox, finished: nil, marker: marker), options: .init(settle: 0.05, interval: 0.1, retry: 0.1, once: once),
            cancellation: cancellation
        ) { event in
            if !once, case .finished = event { cancellation.cancel() }
            switch event {
            case .began: break
            case .finished(let batch, _, _): events.append("\(batch) finished")
            case .incomplete(let batch, _): events.append("\(batch) incomplete")
            case .changed(let batch): events.append("\(batch) changed")
            case .refused(let batch, _): events.append("\(batch) refused")
            case .postponed(let batch, _, _): events.append("\(batch) postponed")
            case .loose(let file): events.append("\(file) loose")
            case .empty(let batch): events.append("\(batch) empty")
            }
        }
        try watcher.run { (folder) throws(DossierError) in
            try process(folder)
            var summary = summary
            if lacking(folder) { summary.untaken = [.brokenLink("2.tif")] }
            return summary
        }
        return events
    }

    @Test func finishedBatchesAreMovedAndNothingElse() throws {
        try put("甲/1.tif")
        try put("乙/deep/1.tif")
        try put("loose.tif")
        try put(".hidden/1.tif")
        #expect(try watch { _ in } == ["loose.tif loose", "乙 finished", "甲 finished"])
        #expect(names(inbox) == [".hidden", "loose.tif"])
        #expect(names(folder + "/finished") == ["乙", "甲"])
        #expect(FileManager.default.fileExists(atPath: folder + "/finished/乙/deep/1.tif"))
    }

    @Test func aBatchThatGrowsWhileItIsProcessedIsTakenAgain() throws {
        try put("甲/1.tif")
        var seen: [Int] = []
        let events = try watch { folder in
            seen.append(names(folder).count)
            if seen.count == 1 { try? put("甲/2.tif") }
        }
        #expect(events == ["甲 changed", "甲 finished"] && seen == [1, 2])
        #expect(names(folder + "/finished/甲") == ["1.tif", "2.tif"])
    }

    @Test func aRefusedBatchStaysWithANoteAndDoesNotHoldUpOthers() throws {
        try put("乙/1.tif")
        try put("甲/1.tif")
        let events = try watch { (folder) throws(DossierError) in
            if folder.hasSuffix("/乙") { throw DossierError(.badUsage, "no case number; write batch.yaml") }
        }
        #expect(events == ["乙 refused", "甲 finished"])
        #expect(names(inbox) == ["乙", "乙.problem.txt"])
        #expect(try String(contentsOfFile: inbox + "/乙.problem.txt", encoding: .utf8).contains("write batch.yaml"))
        #expect(try watch { _ in } == ["乙 finished"], "a new start tries it again")
        #expect(names(inbox) == [])
    }

    @Test func aBatchOfWhichSomethingCouldNotBeHadStaysUntilThatIsMended() throws {
        try put("甲/1.tif")
        try put("乙/1.tif")
        let link = inbox + "/甲/2.tif"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder + "/2.tif")
        let isBroken = { (batch: String) in batch.hasSuffix("/甲") && !FileManager.default.fileExists(atPath: link) }
        #expect(try watch(lacking: isBroken) { _ in } == ["乙 finished", "甲 incomplete"])
        #expect(names(inbox) == ["甲", "甲.problem.txt"])
        #expect(try String(contentsOfFile: inbox + "/甲.problem.txt", encoding: .utf8).contains("2.tif: the link leads nowhere"))
        let target = folder + "/2.tif"
        var looks = 0
        let events = try watch(once: false, lacking: { batch in
            defer { try? Data("scan".utf8).write(to: URL(fileURLWithPath: target)) }
            looks += 1
            return isBroken(batch)
        }) { _ in }
        #expect(events == ["甲 incomplete", "甲 finished"] && looks == 2, "what the link leads to has come")
        #expect(names(inbox) == [] && names(folder + "/finished") == ["乙", "甲"])
    }

    @Test func aFullDiskIsTriedAgainButNotForeverWhenOnlyOnceWasAsked() throws {
        try put("甲/1.tif")
        var tries = 0
        let process = { (_: String) throws(DossierError) in
            tries += 1
            if tries < 3 { throw DossierError(.fileSystem, "the disk is full") }
        }
        #expect(try watch(process) == ["甲 postponed"])
        tries = 0
        #expect(try watch(once: false, process) == ["甲 postponed", "甲 postponed", "甲 finished"])
    }

    @Test func whatIsWrittenAfterTheLastLookDoesNotLeaveWithTheBatch() throws {
        try put("甲/1.tif")
        let place = try Inbox(inbox, finished: nil, marker: nil)
        let seen = try #require(place.listing(of: "甲"))
        try put("甲/2.tif")
        #expect(try place.finish("甲", asIn: seen) == nil)
        #expect(names(inbox + "/甲") == ["1.tif", "2.tif"])
    }

    @Test func theMarkerIsWaitedFor() throws {
        try put("甲/1.tif")
        #expect(try watch(marker: ".done") { _ in } == [])
        try put("甲/.done", "")
        #expect(try watch(marker: ".done") { _ in } == ["甲 finished"])
    }

    @Test func anEmptyFolderAndALooseFileAreNamedAndHoldNothingUp() throws {
        try put("甲/1.tif")
        try put("乙.problem.txt", "a note of another day")
        try FileManager.default.createDirectory(atPath: inbox + "/丙/deep", withIntermediateDirectories: true)
        #expect(try watch { _ in } == ["丙 empty", "甲 finished"])
    }

    @Test func aSecondBatchOfOneNameTakesNothingsPlace() throws {
        for text in ["first", "second"] {
            try put("甲/1.tif", text)
            #expect(try watch { _ in } == ["甲 finished"])
        }
        #expect(names(folder + "/finished") == ["甲", "甲-2"])
        #expect(try String(contentsOfFile: folder + "/finished/甲/1.tif", encoding: .utf8) == "first")
    }

    @Test func aWrongInboxIsNamed() throws {
        #expect(throws: DossierError(.notFound, "")) { try Inbox(folder + "/none", finished: nil, marker: nil) }
        try put("甲/1.tif")
        #expect(throws: DossierError(.badUsage, "")) { try Inbox(inbox, finished: inbox + "/finished", marker: nil) }
    }
}
