import DossierModel
import Testing

@testable import Publishing

@Suite struct CatalogueTableTests {
    /// A reader of RFC 4180 §2, byte by byte, that knows nothing of the writer.
    private func parse(_ bytes: [UInt8]) throws -> [[String]] {
        try #require(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        var rows: [[String]] = []
        var (row, cell, quoted) = ([String](), [UInt8](), false)
        var rest = bytes.dropFirst(3)
        while let byte = rest.popFirst() {
            switch (byte, quoted) {
            case (34, true) where rest.first == 34: cell.append(34); rest.removeFirst()
            case (34, _): quoted.toggle()
            case (44, false): row.append(String(decoding: cell, as: UTF8.self)); cell = []
            case (13, false):
                try #require(rest.popFirst() == 10)
                rows.append(row + [String(decoding: cell, as: UTF8.self)])
                (row, cell) = ([], [])
            case (10, false): Issue.record("a line feed outside quotes")
            default: cell.append(byte)
            }
        }
        #expect(row.isEmpty && cell.isEmpty && !quoted, "the last line ends with CR LF")
        return rows
    }

    @Test func theSevenColumnsComeFirstThenTheVolume() throws {
        let rows = try parse(Publisher.catalogueCSV(InventedCase.index))
        #expect(rows[0] == ["序号", "文号", "责任者", "题名", "日期", "页号", "备注", "册号"])
        #expect(rows[1] == ["1", "青公(刑)立字〔2024〕33号", "青禾市公安局", "立案决定书", "20240302", "1", "", "1"])
        #expect(rows[2] == ["2", "", "", "讯问笔录, \"第1次\"\n续页", "2024-03", "2-5", "复印件", "1"])
        #expect(rows.map { $0[0] } == ["序号", "1", "2", "1", "2"], "numbers restart per volume")
    }

    @Test func onlyTheLastRowOfAVolumeGivesStartAndEnd() throws {
        let documents = [("1", "4"), ("5", "9"), ("10", "12")].map {
            InventedCase.document("题", nil, nil, nil, ($0.0, $0.1), (1, 1))
        }
        let index = CaseIndex(case: "c", volumes: [.init(number: 3, kind: .loose, pdf: "p", documents: documents)])
        #expect(try parse(Publisher.catalogueCSV(index)).dropFirst().map { $0[5] } == ["1", "5", "10-12"])
    }

    @Test(arguments: ["=1+1", "+8613", "-1", "@周平", "\t缩进", " 空", "=HYPERLINK(\"http://x\")"])
    func aCellThatLooksLikeAFormulaIsQuotedAndUnchanged(title: String) throws {
        let bytes = Publisher.catalogueCSV(oneRow(title))
        #expect(try parse(bytes)[1][3] == title)
        #expect(String(decoding: bytes, as: UTF8.self).contains(",\"" + title.replacing("\"", with: "\"\"") + "\","))
    }

    @Test func everyMixOfAwkwardCharactersReadsBack() throws {
        let parts = ["\"", ",", "\r", "\n", "字", "e\u{301}", "=", " ", "\"\u{301}", "😀", "\r\n"]
        for first in parts {
            for second in parts {
                for third in parts {
                    let title = first + second + third
                    let read = try parse(Publisher.catalogueCSV(oneRow(title)))[1][3]
                    #expect(Array(read.utf8) == Array(title.utf8))
                }
            }
        }
    }

    @Test(arguments: [("2024-03-02", "20240302"), ("2024-03", "2024-03"), ("二〇二四年", "二〇二四年"), ("24-03-0002", "24-03-0002"), ("", "")])
    func onlyAFullDateBecomesEightDigits(date: String, digits: String) {
        #expect(CatalogueTable.eightDigits(date) == digits)
    }

    private func oneRow(_ title: String) -> CaseIndex {
        CaseIndex(
            case: "c",
            volumes: [.init(number: 1, kind: .evidence, pdf: "p", documents: [InventedCase.document(title, nil, nil, nil, (nil, nil), (1, 1))])])
    }
}
