import DossierModel
import Foundation
import Testing

@testable import Publishing

@Suite struct ReportTests {
    private func report(_ file: CaseFile, _ thumbnails: [Int: [UInt8]] = [:]) -> String {
        String(decoding: Publisher.report(file, thumbnails: thumbnails), as: UTF8.self)
    }

    private func timings(_ timings: RunTimings, of number: String = InventedCase.file.caseNumber) -> String {
        String(decoding: Publisher.timings(timings, of: number), as: UTF8.self)
    }

    private func clean() -> CaseFile {
        var file = InventedCase.file
        for place in file.records.indices {
            file.records[place].findings = []
            file.records[place].rasterSHA256 = InventedCase.digest("pixels")
        }
        file.index.findings = []
        return file
    }

    private func finding(_ severity: Finding.Severity, id: String = "page.x") -> Finding {
        Finding(id: id, severity: severity, message: "m", remedy: "r")
    }

    @Test func theVerdictFollowsTheWorstFact() {
        var file = clean()
        #expect(report(file).contains("<strong>完整</strong>"))
        file.records[0].findings = [finding(.note)]
        #expect(report(file).contains("<strong>完整</strong>"))
        file.index.findings = [.init(volume: nil, finding: finding(.warn))]
        #expect(report(file).contains("<strong>完整,有疑点待复核</strong>"))
        file.records[1].findings = [finding(.block)]
        #expect(report(file).contains("<strong>有问题待处理</strong>"))
        file.records.removeLast()
        let page = report(file)
        #expect(page.contains("<strong>数目不符</strong>") && page.contains("12 张 ≠ 8 页") && page.contains("差 1"))
    }

    @Test func aPlaceholderIsNeverCalledComplete() {
        var file = clean()
        file.records[4].rasterSHA256 = nil
        let page = report(file)
        #expect(page.contains("<strong>有问题待处理</strong>"))
        #expect(page.contains("占位页") && page.contains("<b>0002.tif</b> <span>第 5 帧</span>"))
    }

    @Test func nothingFromOutsideBecomesMarkup() {
        var file = InventedCase.file
        let hostile = "<script>x</script>\"'&\u{0}\u{1B}\u{202E}😀"
        file.caseNumber = hostile
        file.cause = hostile
        file.parties = [.init(name: hostile, role: hostile)]
        file.batches[0].name = hostile
        file.engine = hostile
        file.index.findings = [.init(volume: 1, finding: Finding(id: hostile, severity: .block, message: hostile, remedy: hostile))]
        file.index.volumes[0].documents[0] = InventedCase.document(
            hostile, hostile, hostile, hostile, (hostile, hostile), (2, 2), remark: hostile)
        file.records[1].file = hostile
        let page = report(file, [2: [0xFF]])
            + timings(RunTimings(finished: hostile, stages: [.init(name: hostile, images: 1, reused: 0, seconds: 1)], total: 1), of: hostile)
        #expect(!page.contains("<script"))
        #expect(!page.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0 == "\u{202E}" })
        #expect(page.contains("&lt;script&gt;x&lt;/script&gt;&quot;&#39;&amp;\u{2400}\u{241B}[U+202E]😀"))
    }

    @Test func everyElementThatIsOpenedIsClosed() throws {
        let page = report(InventedCase.file, [4: [1, 2, 3]]) + timings(RunTimings(finished: nil, stages: [], total: 0))
        var open: [Substring] = []
        for tag in page.matches(of: /<(\/?)([a-z][a-z0-9]*)[^>]*>/) where !["meta", "img"].contains(tag.2) {
            if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
        }
        #expect(open.isEmpty)
        let ids = page.matches(of: /\ id="([^"]*)"/).map(\.1)
        #expect(Set(ids).count == ids.count)
        for link in page.matches(of: /href="#([^"]*)"/) { #expect(ids.contains(link.1)) }
    }

    @Test func thePageStandsAlone() {
        let page = report(InventedCase.file, [4: [1, 2, 3]])
        #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("<script") && !page.contains("<link"))
        #expect(page.matches(of: /(src|href)="([^"]*)"/).allSatisfy { $0.2.hasPrefix("#") || $0.2.hasPrefix("data:image/jpeg;base64,") })
        #expect(page.matches(of: /url\(/).isEmpty)
    }

    @Test func imagesHaveAlternativesAndTablesHaveCaptions() {
        let page = report(InventedCase.file, [4: [1, 2, 3], 3: [4]]) + timings(RunTimings(finished: nil, stages: [], total: 1))
        #expect(page.matches(of: /<img [^>]*>/).count == 2)
        #expect(page.matches(of: /<img [^>]*>/).allSatisfy { $0.output.contains(/alt="[^"]+"/) })
        #expect(page.matches(of: /<table/).count == page.matches(of: /<caption>[^<]/).count)
        #expect(page.contains("data:image/jpeg;base64,AQID\" alt=\"0002.tif 第 4 帧\""))
    }

    @Test func aThousandFindingsOfOneKindAreFoldedAndShareTheirRemedy() {
        var file = clean()
        file.records[1].findings = (0..<1000).map {
            Finding(id: "page.dpi.missing", severity: .note, message: "no dpi \($0)", remedy: "set the scanner")
        }
        let page = report(file, [2: [1, 2, 3]])
        #expect(page.contains("<details><summary><code>page.dpi.missing</code> <b>1000</b></summary>"))
        #expect(page.matches(of: /<img\b/).count == 1)
        #expect(page.matches(of: /set the scanner/).count == 1)
        #expect(page.matches(of: /no dpi \d/).count == 1000)
        #expect(page.utf8.count < 400_000)
    }

    @Test func whatBecameOfEveryImageStandsInTheLedger() throws {
        var file = clean()
        file.records[4].rasterSHA256 = nil
        let page = report(file)
        let ledger = page[try #require(page.range(of: "<table class=\"ledger\">")).lowerBound...]
        #expect(ledger.matches(of: /<tr><th scope="row">/).count == file.records.count)
        #expect(ledger.contains("<td>占位页</td>") && ledger.contains("<td>空白</td>") && ledger.contains("<td>拒收</td>"))
    }

    @Test func theWorstFindingsComeFirst() throws {
        let page = report(InventedCase.file)
        let block = try #require(page.range(of: "<h3 id=\"block\">")), warn = try #require(page.range(of: "<h3 id=\"warn\">"))
        #expect(block.lowerBound < warn.lowerBound)
    }

    @Test func theReportIsTheSameEveryTimeAndTimingsStandApart() {
        #expect(report(InventedCase.file) == report(InventedCase.file))
        #expect(!report(InventedCase.file).contains("用时"))
        let stage = RunTimings.Stage(name: "clean", images: 90, reused: 3, seconds: 45)
        let timed = timings(RunTimings(finished: nil, stages: [stage], total: 45))
        #expect(timed.contains("<td>45.0</td><td>120</td>"))
    }

    @Test(arguments: [(0.987, 2, "0.99"), (0.004, 2, "0.00"), (-0.004, 2, "0.00"), (-1.05, 1, "-1.1"), (12, 0, "12"), (.nan, 2, "–"), (0.05, 3, "0.050")])
    func decimalsAreFixed(value: Double, places: Int, text: String) {
        #expect(decimal(value, places: places) == text)
    }
}

/// The operator reads Chinese: every kind of finding that any room can make has a Chinese name.
@Suite struct FindingKindTests {
    @Test func everyKindOfFindingInTheSourcesHasAChineseName() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        var ids: Set<String> = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where path.hasSuffix(".swift") {
            guard !path.hasPrefix("Publishing/") else { continue }
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            for match in text.matches(of: /"((?:file|frame|page|worker|engine|volume|document|folio|search)\.[a-z-]+(?:\.[a-z-]+)*)"/) {
                ids.insert(String(match.1))
            }
        }
        #expect(ids.count > 25)
        #expect(ids.filter { FindingKind.known($0) == nil }.sorted() == [])
    }

    /// Pages that cannot be decoded are named after the error's code.
    @Test(arguments: [DossierError.Code.damaged, .library, .unusableInput, .unsupported, .encrypted, .fileSystem, .notFound, .integrity])
    func anErrorOfAFrameHasAChineseName(code: DossierError.Code) {
        #expect(FindingKind.known("frame.\(code.rawValue)") != nil)
    }
}
