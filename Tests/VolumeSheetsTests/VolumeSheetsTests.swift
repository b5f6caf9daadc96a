import DossierModel
import Testing
import Typesetting

@testable import VolumeSheets

@Suite struct VolumeSheetsTests {
    private static let digest = SHA256Digest(hex: String(repeating: "0123456789abcdef", count: 4))!

    private func description(documents: Int, exceptions: [VolumeDescription.Exception] = []) -> VolumeDescription {
        var counts = VolumeDescription.Counts()
        (counts.images, counts.pages, counts.blanks) = (documents + 2, documents, 2)
        return VolumeDescription(
            organ: nil, caseNumber: "青检刑诉〔2024〕17号", cause: "盗窃",
            parties: [.init(name: "林小满", role: "犯罪嫌疑人"), .init(name: "周平", role: "被害人"), .init(name: "何田", role: "犯罪嫌疑人")],
            number: 1, of: 2, kind: .evidence, part: nil,
            entries: (0..<documents).map { index in
                let document = CaseIndex.Document(
                    title: "讯问笔录之\(index + 1)", documentNumber: nil, author: "青禾市公安局", date: "2024-03-0\(index % 9 + 1)",
                    firstFolio: "\(index + 1)", lastFolio: index == documents - 1 ? "\(index + 3)" : "\(index + 1)", firstImage: index + 1,
                    lastImage: index + 1, score: 1, remark: nil)
                return .init(document: document, page: index)
            }, counts: counts, scans: [.init(dpi: Resolution(x: 300, y: 300), mode: .bitonal, pages: documents)], exceptions: exceptions,
            engine: "ppocr 6 [det, rec]", stages: ["intake/2"], settings: Self.digest)
    }

    private func texts(_ sheet: VolumeSheet) -> [String] { sheet.layout.textLines.map(\.text) }

    @Test func everySheetSaysThatItWasMade() {
        let sheets = VolumeSheets(description(documents: 100), root: Self.digest)
        #expect(sheets.front.count > 3)
        for sheet in sheets.front + sheets.back { #expect(texts(sheet).last?.contains("自动生成，不是原卷内容") == true) }
    }

    @Test func aLongCatalogueGoesOnUnderTheSameHeadAndLosesNoRow() {
        let sheets = CatalogueSheets(volume: description(documents: 100)).sheets()
        #expect(sheets.count > 2)
        #expect(sheets.map(\.label) == (1...sheets.count).map { "目录\($0)" } && sheets.compactMap(\.title) == ["卷内文件目录"])
        for sheet in sheets { #expect(texts(sheet).contains("责任者")) }
        let titles = sheets.flatMap(texts).filter { $0.hasPrefix("讯问笔录之") }
        #expect(titles == (1...100).map { "讯问笔录之\($0)" })
        for sheet in sheets {
            let lowest = sheet.layout.textLines.dropLast().map { $0.top + $0.height }.max() ?? 0
            #expect(lowest < 37 + 225, "inside the type area")
        }
    }

    @Test func everyTitleLeadsToItsDocument() throws {
        let sheets = CatalogueSheets(volume: description(documents: 50)).sheets()
        let links = sheets.flatMap(\.links)
        #expect(links.map(\.target) == Array(0..<50))
        for sheet in sheets {
            for link in sheet.links {
                let block = sheet.blocks[link.block]
                let lines = block.elements.compactMap { if case .text(let line) = sheet.layout.elements[$0] { line } else { nil } }
                #expect(lines.map(\.text).joined() == link.text)
                for line in lines {
                    #expect(line.top > link.origin.y && line.top + line.height < link.origin.y + link.size.height)
                    #expect(line.left > link.origin.x && line.left + line.width <= link.origin.x + link.size.width)
                }
            }
        }
    }

    @Test func theLastRowNamesTheLastPageAndADateIsEightDigits() {
        let rows = texts(CatalogueSheets(volume: description(documents: 3)).sheets()[0])
        #expect(rows.contains("3-5") && rows.contains("1") && rows.contains("20240302"))
    }

    @Test func personsOfOneRoleShareAField() {
        let cover = texts(CoverSheet(volume: description(documents: 3)).sheet())
        #expect(cover.contains("林小满、何田") && cover.contains("周平") && cover.contains("（证据卷）"))
    }

    @Test func theDocketSheetBearsTheRootAndReconcilesEveryImage() {
        let docket = DocketSheets(volume: description(documents: 40), root: Self.digest).sheets()
        let text = docket.flatMap(texts).joined()
        #expect(text.filter { $0.isHexDigit }.contains(Self.digest.hex))
        #expect(text.contains("扫描影像 42 幅：入卷 40 页，空白 2，分隔页 0，拒收 0。"))
    }

    @Test func manyExceptionsTakeMoreThanOnePageAndTheHandsStandOnTheLast() {
        let exceptions = (1...60).map { VolumeDescription.Exception(severity: .warn, name: "例外\($0)", places: ["第 \($0) 页"]) }
        let docket = DocketSheets(volume: description(documents: 3, exceptions: exceptions), root: Self.digest).sheets()
        #expect(docket.count > 1)
        #expect(docket.map { texts($0).contains("立卷人：") } == docket.indices.map { $0 == docket.count - 1 })
        for number in 1...60 { #expect(docket.flatMap(texts).contains { $0.hasPrefix("例外\(number)：") }) }
        for sheet in docket { #expect(sheet.layout.textLines.allSatisfy { $0.top + $0.height < 285 }) }
    }

    @Test func everyLineIsInOneBlockAtMostAndOnlyRulesAreInNone() {
        let sheets = VolumeSheets(description(documents: 60), root: Self.digest)
        for sheet in sheets.front + sheets.back {
            let told = sheet.blocks.flatMap(\.elements)
            #expect(Set(told).count == told.count)
            for (index, element) in sheet.layout.elements.enumerated() {
                if case .text = element { #expect(told.contains(index)) }
            }
        }
    }

    @Test func charactersThatNoFontHasAreMarkedAndNothingElseChanges() throws {
        var volume = description(documents: 2)
        volume.entries[0].document.title = "讯问\u{F0000}笔录"
        var typesetter = try Typesetter()
        let sheets = try VolumeSheets(volume, root: Self.digest).drawable(by: &typesetter)
        #expect(texts(sheets.front[1]).contains("讯问〓笔录") && texts(sheets.front[1]).contains("讯问笔录之2"))
        _ = try typesetter.typeset(sheets.layouts)
    }
}
