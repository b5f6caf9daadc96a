import Archive
import DossierModel
import Foundation
import Hashing
import Testing

@Suite struct JournalTests {
    private func file(_ name: String) -> ScannerFile {
        ScannerFile(name: name, digest: SHA256Digest(of: name), byteCount: name.utf8.count)
    }

    private func sheet(_ number: String, cause: String? = nil, parties: [BatchSheet.Party] = []) -> BatchSheet {
        BatchSheet(caseNumber: number, cause: cause, parties: parties)
    }

    @Test func aBatchComesBackAsRecordedInScanOrder() throws {
        let scratch = try Scratch()
        let journal = try scratch.writer().journal
        let sheet = BatchSheet(
            caseNumber: "A〔2024〕1", cause: "盗窃", parties: [.init(name: "张旻", role: "犯罪嫌疑人")],
            volumes: [.init(number: 2, kind: .evidence, files: ["卷二/*"])])
        let files = ["2.tif", "10.tif", "1.tif"].map(file)
        let id = try journal.recordBatch(case: "A〔2024〕1", name: "第一批", sheet: sheet, files: files)
        let batches = try journal.batches(ofCase: "A〔2024〕1")
        #expect(batches.map(\.id) == [id])
        #expect(batches[0].caseNumber == "A〔2024〕1" && batches[0].name == "第一批")
        #expect(batches[0].sequence == 1 && batches[0].revision == 1)
        #expect(batches[0].sheet == sheet)
        #expect(batches[0].files == files)
        #expect(try journal.batches(ofCase: "B") == [])
    }

    @Test func listingABatchAnewKeepsTheOlderRevision() throws {
        let scratch = try Scratch()
        let journal = try scratch.writer().journal
        let first = try journal.recordBatch(case: "A", name: "b1", sheet: sheet("A"), files: [file("1"), file("2")])
        let second = try journal.recordBatch(case: "A", name: "b2", sheet: sheet("A"), files: [file("9")])
        #expect(try journal.recordBatch(case: "A", name: "b1", sheet: sheet("A"), files: [file("1")], replacing: true) == first)
        let batches = try journal.batches(ofCase: "A")
        #expect(batches.map(\.id) == [first, second])
        #expect(batches.map(\.sequence) == [1, 2])
        #expect(batches[0].files == [file("1")])
        #expect(batches[0].revision == 2)
        #expect(try journal.revisions(ofBatch: first).map(\.files) == [[file("1"), file("2")], [file("1")]])
    }

    @Test func aBatchMayGrow() throws {
        let scratch = try Scratch()
        let journal = try scratch.writer().journal
        try journal.recordBatch(case: "A", name: "b", sheet: sheet("A"), files: [file("1")])
        try journal.recordBatch(case: "A", name: "b", sheet: sheet("A"), files: [file("0"), file("1")])
        #expect(try journal.batches(ofCase: "A")[0].files == [file("0"), file("1")])
    }

    /// Two folders of the same name are easily two deliveries.
    @Test func aBatchOfTheSameNameThatLacksOrChangesAFileIsRefused() throws {
        let scratch = try Scratch()
        let journal = try scratch.writer().journal
        try journal.recordBatch(case: "A", name: "001", sheet: sheet("A"), files: [file("1"), file("2")])
        let changed = ScannerFile(name: "2", digest: SHA256Digest(of: "other"), byteCount: 5)
        for files in [[file("3")], [file("1")], [file("1"), changed], []] {
            #expect(throws: DossierError(.badUsage, "")) {
                try journal.recordBatch(case: "A", name: "001", sheet: sheet("A"), files: files)
            }
        }
        #expect(try journal.batches(ofCase: "A")[0].files == [file("1"), file("2")])
        try journal.recordBatch(case: "B", name: "001", sheet: sheet("B"), files: [file("3")])
    }

    @Test func listingTheSameAgainMakesNoRevision() throws {
        let scratch = try Scratch()
        let journal = try scratch.writer().journal
        var id: Int64 = 0
        for _ in 0..<3 { id = try journal.recordBatch(case: "A", name: "b", sheet: sheet("A"), files: [file("1")]) }
        #expect(try journal.revisions(ofBatch: id).count == 1)
    }

    @Test func casesKeepTheirOrderAndLearn() throws {
        let scratch = try Scratch()
        let journal = try scratch.writer().journal
        try journal.recordBatch(case: "B", name: "1", sheet: sheet("B", cause: "诈骗", parties: [.init(name: "李某")]), files: [])
        try journal.recordBatch(case: "A", name: "1", sheet: sheet("A"), files: [])
        try journal.recordBatch(case: "B", name: "2", sheet: sheet("B"), files: [])
        try journal.recordBatch(case: "A", name: "2", sheet: sheet("A", cause: "盗窃"), files: [])
        let cases = try journal.cases()
        #expect(cases.map(\.number) == ["B", "A"])
        #expect(cases.map(\.cause) == ["诈骗", "盗窃"])
        #expect(cases[0].parties == [.init(name: "李某")])
    }

    @Test func stageResultsComeBackByKey() throws {
        let scratch = try Scratch()
        let journal = try scratch.writer().journal
        try journal.store(Data([1]), key: "a")
        try journal.store([("b", Data([2])), ("c", Data()), ("a", Data([3]))])
        #expect(try journal.product("a") == Data([3]))
        #expect(try journal.product("c") == Data())
        #expect(try journal.product("d") == nil)
        #expect(try journal.products(["a", "b", "d"]) == ["a": Data([3]), "b": Data([2])])
    }

    @Test func publicationsAreReplacedAsASet() throws {
        let scratch = try Scratch()
        let journal = try scratch.writer().journal
        try journal.recordBatch(case: "A", name: "1", sheet: sheet("A"), files: [])
        let one = Publication(name: "1.pdf", digest: SHA256Digest(of: "1"), byteCount: 10)
        let two = Publication(name: "2.pdf", digest: SHA256Digest(of: "2"), byteCount: 20)
        try journal.replacePublications(ofCase: "A", with: [two, one])
        #expect(try journal.publications(ofCase: "A") == [one, two])
        #expect(failure { try journal.replacePublications(ofCase: "A", with: [one, one]) }?.code == .badUsage)
        #expect(try journal.publications(ofCase: "A") == [one, two])
        try journal.replacePublications(ofCase: "A", with: [two])
        #expect(try journal.publications(ofCase: "A") == [two])
        #expect(failure { try journal.replacePublications(ofCase: "Z", with: []) }?.code == .notFound)
    }

    @Test func aRunThatWasKilledIsSeenAsUnfinished() throws {
        let scratch = try Scratch()
        let journal = try scratch.writer().journal
        try journal.recordBatch(case: "A", name: "1", sheet: sheet("A"), files: [])
        _ = try journal.beginRun(case: "A", at: Date(timeIntervalSince1970: 100))
        let second = try journal.beginRun(case: "A", at: Date(timeIntervalSince1970: 200))
        try journal.finishRun(second, outcome: "done", counts: ["images": 40, "pages": 37], at: Date(timeIntervalSince1970: 260))
        let runs = try journal.runs(ofCase: "A")
        #expect(runs.map(\.outcome) == [nil, "done"])
        #expect(runs[0].finished == nil)
        #expect(runs[1].finished == Date(timeIntervalSince1970: 260))
        #expect(runs[1].counts == ["images": 40, "pages": 37])
        #expect(failure { try journal.finishRun(99, outcome: "done", counts: [:]) }?.code == .notFound)
    }

    @Test func aReaderSeesFinishedWorkWhileAWriterWorks() async throws {
        let scratch = try Scratch()
        let writer = try scratch.writer()
        let reader = try Workspace.open(at: scratch.workspace, for: .readOnly)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 0..<50 { try writer.journal.store([("\(number)-a", Data([1])), ("\(number)-b", Data([1]))]) }
            }
            for _ in 0..<3 {
                group.addTask {
                    for number in 0..<50 {
                        let pair = try reader.journal.products(["\(number)-a", "\(number)-b"])
                        #expect(pair.count != 1, "half a transaction was seen")
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try reader.journal.product("49-b") == Data([1]))
    }

    @Test func aJournalOpenedForReadingRefusesToWrite() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        let reader = try Workspace.open(at: scratch.workspace, for: .readOnly)
        #expect(failure { try reader.journal.store(Data(), key: "a") }?.code == .badUsage)
    }

    /// The files as a SIGKILL leaves them: work committed to the write-ahead log only, no shared memory.
    @Test func workCommittedBeforeAKillIsThereAfterwards() throws {
        let scratch = try Scratch()
        let writer = try scratch.writer()
        try writer.journal.store(Data([42]), key: "done")
        let crashed = scratch.path + "/crashed"
        try Workspace.initialise(at: crashed)
        for suffix in ["", "-wal"] {
            try? FileManager.default.removeItem(atPath: crashed + "/dossier.sqlite" + suffix)
            try FileManager.default.copyItem(
                atPath: scratch.workspace + "/dossier.sqlite" + suffix, toPath: crashed + "/dossier.sqlite" + suffix)
        }
        #expect(try Workspace.open(at: crashed, for: .readOnly).journal.product("done") == Data([42]))
        #expect(try Workspace.open(at: crashed, for: .writer).journal.product("done") == Data([42]))
        #expect(try writer.journal.product("done") == Data([42]))
    }

    @Test func aDamagedJournalIsAnIntegrityError() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: scratch.workspace + "/dossier.sqlite" + suffix) }
        try scratch.write(String(repeating: "no database ", count: 1000), to: "workspace/dossier.sqlite")
        #expect(failure { _ = try Workspace.open(at: scratch.workspace, for: .readOnly) }?.code == .integrity)
        #expect(failure { _ = try Workspace.open(at: scratch.workspace, for: .writer) }?.code == .integrity)
    }
}
