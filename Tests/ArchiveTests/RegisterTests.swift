import Archive
import DossierModel
import Foundation
import Hashing
import Testing

@Suite struct RegisterTests {
    private func order(_ type: String = "刑诉", year: Int = 2024, case number: String? = "甲") -> NumberOrder {
        NumberOrder(
            series: NumberSeries(organ: "海东", type: type, year: year), numberText: { "海东检\(type)〔\(year)〕\($0)号" }, template: "试",
            templateDigest: SHA256Digest(of: "试"), caseNumber: number, valuesDigest: SHA256Digest(of: "值"), date: "2024-03-02",
            counterparts: ["正本"])
    }

    private func document(_ text: String) -> Result<FinishedDocument, DossierError> {
        .success(FinishedDocument(bytes: Array(text.utf8), pages: 1))
    }

    private func registrar(_ scratch: Scratch) throws -> Workspace {
        try Workspace.initialise(at: scratch.workspace)
        return try Workspace.open(at: scratch.workspace, for: .registrar)
    }

    @Test func numbersCountFrom1InEachSeries() throws {
        let scratch = try Scratch()
        let workspace = try registrar(scratch)
        let first = try workspace.issue([order(), order(), order("批捕")], by: "某") { $0.map { document("\($0)") } }
        let second = try workspace.issue([order(year: 2025), order()], by: "某") { $0.map { document("\($0)x") } }
        #expect(first.map(\.sequence) == [1, 2, 1])
        #expect(second.map(\.sequence) == [1, 3])
        #expect(try workspace.journal.documents() == (first + second).sorted { ($0.series.type, $0.series.year, $0.sequence) < ($1.series.type, $1.series.year, $1.sequence) })
        #expect(try workspace.blobs.read(try #require(second[1].file).digest) == Array("3x".utf8))
        #expect(try workspace.journal.document(numbered: "海东检批捕〔2024〕1号") == first[2])
    }

    @Test func aDocumentThatFailsLeavesAVoidNumber() throws {
        let scratch = try Scratch()
        let workspace = try registrar(scratch)
        let rows = try workspace.issue([order(), order()], by: "某") { _ in [.failure(DossierError(.library, "断了")), document("二")] }
        #expect(rows.map(\.isVoid) == [true, false])
        #expect(rows[0].reason == "断了" && rows[0].file == nil)
        #expect(try workspace.issue([order()], by: "某") { _ in [document("三")] }[0].sequence == 3)
        #expect(try workspace.journal.documents().map(\.sequence) == [1, 2, 3])
    }

    @Test func whenTheStoreFailsNoNumberIsTaken() throws {
        let scratch = try Scratch()
        let workspace = try registrar(scratch)
        let blocked = scratch.workspace + "/store/issuing"
        try "".write(toFile: blocked, atomically: true, encoding: .utf8)
        #expect(failure { _ = try workspace.issue([order()], by: "某") { _ in [document("一")] } }?.code == .fileSystem)
        #expect(try workspace.journal.documents().isEmpty)
        try FileManager.default.removeItem(atPath: blocked)
        #expect(try workspace.issue([order()], by: "某") { _ in [document("一")] }[0].sequence == 1)
    }

    @Test func aNumberThatAnotherSeriesShowsIsRefused() throws {
        let scratch = try Scratch()
        let workspace = try registrar(scratch)
        var first = order(), second = order("批捕")
        first.numberText = { "〔2024〕\($0)号" }
        second.numberText = first.numberText
        _ = try workspace.issue([first], by: "某") { _ in [document("一")] }
        #expect(failure { _ = try workspace.issue([second], by: "某") { _ in [document("二")] } }?.code == .badUsage)
        #expect(try workspace.journal.documents().count == 1)
    }

    @Test func aRegistrarWorksBesideTheWriterAndMayDoNothingElse() throws {
        let scratch = try Scratch()
        let writer = try scratch.writer()
        let registrar = try Workspace.open(at: scratch.workspace, for: .registrar)
        let row = try registrar.issue([order()], by: "某") { _ in [document("一")] }[0]
        #expect(try writer.journal.documents() == [row])
        #expect(failure { _ = try registrar.blobs.put([1]) }?.code == .badUsage)
        #expect(failure { try registrar.journal.store(Data(), key: "k") }?.code == .badUsage)
        #expect(failure { try registrar.publish([1], as: "a", of: "甲") }?.code == .badUsage)
        let reader = try Workspace.open(at: scratch.workspace, for: .readOnly)
        #expect(failure { _ = try reader.issue([order()], by: "某") { _ in [document("一")] } }?.code == .badUsage)
        #expect(try reader.journal.documents(ofCase: "甲") == [row])
        #expect(try reader.journal.documents(ofCase: "乙").isEmpty)
    }

    @Test func registrarsTakeTurns() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        let path = scratch.workspace
        DispatchQueue.concurrentPerform(iterations: 8) { number in
            do {
                let workspace = try Workspace.open(at: path, for: .registrar)
                for round in 0..<5 { _ = try workspace.issue([order()], by: "某\(number)") { _ in [document("\(number) \(round)")] } }
            } catch { Issue.record(error) }
        }
        let rows = try Workspace.open(at: path, for: .readOnly).journal.documents()
        #expect(rows.map(\.sequence) == Array(1...40))
        #expect(Set(rows.compactMap(\.file?.digest)).count == 40)
    }

    @Test func copiesAreDeliveredUnderTheirNumber() throws {
        let scratch = try Scratch()
        let workspace = try registrar(scratch)
        let row = try workspace.issue([order(case: "a/b")], by: "某") { _ in [document("一")] }[0]
        let paths = try workspace.deliver([(row, Array("一".utf8))])
        #expect(paths == [scratch.workspace + "/documents/a%2Fb/海东检刑诉〔2024〕1号.pdf"])
        #expect(text(at: paths[0]) == "一")
        #expect(listing(scratch.workspace + "/documents").allSatisfy { !$0.contains("partial") })
    }
}

@Suite struct PrintLedgerTests {
    @Test func aPacketIsWrittenDownBeforeItIsSentAndCompletedAfterwards() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        let workspace = try Workspace.open(at: scratch.workspace, for: .registrar)
        let order = NumberOrder(
            series: NumberSeries(organ: "海东", type: "讯", year: 2024), numberText: { "讯\($0)" }, template: "试", templateDigest: SHA256Digest(of: ""),
            caseNumber: nil, valuesDigest: SHA256Digest(of: ""), date: "2024-03-02", counterparts: [])
        let row = try workspace.issue([order], by: "某") { _ in [.success(FinishedDocument(bytes: [1], pages: 1))] }[0]
        let digest = try #require(row.file).digest
        let begin = { try workspace.journal.beginPrinting(number: "讯1", document: digest, by: "某", printer: "一号机", uri: "ipp://a", copies: 1, sides: "one-sided") }
        let first = try begin(), second = try begin()
        try workspace.journal.notePrintJob(12, of: first)
        try workspace.journal.finishPrinting(first, outcome: .completed, job: nil, sheets: 4, reasons: ["none"])
        let ledger = try Workspace.open(at: scratch.workspace, for: .readOnly).journal.printings(of: "讯1")
        #expect(ledger.map(\.outcome) == [.completed, .sending])
        #expect(ledger.map(\.job) == [12, nil])
        #expect(ledger.map(\.sheets) == [4, nil])
        #expect(ledger.map { $0.finished == nil } == [false, true])
        #expect(ledger.map(\.id) == [first, second])
        #expect(failure { _ = try workspace.journal.beginPrinting(number: "讯2", document: digest, by: "某", printer: "", uri: "", copies: 1, sides: "") }?.code == .notFound)
        #expect(failure { try workspace.journal.finishPrinting(99, outcome: .unknown, job: nil, sheets: nil, reasons: []) }?.code == .notFound)
    }
}
