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
        let sheets = VolumeSheets(description(documents: 3), root: Self.digest).front
        let cover = texts(sheets[0])
        #expect(cover.contains("林小满、何田") && cover.contains("周平") && cover.contains("（证据卷）"))
        #expect(sheets.map(\.label) == ["封面", "目录"])
    }

    /// Nothing but the mark below the foot of the type area, nothing on another line, nothing outside of its cell's width.
    private func expectOrder(on sheet: VolumeSheet, _ comment: Comment) {
        let lines = sheet.layout.textLines
        let lowest = lines.dropLast().map { $0.top + $0.height }.max() ?? 0
        #expect(lowest <= 270, comment)
        for line in lines { #expect(line.left >= 19 && line.left + line.width <= 191, "\(comment) \(line.text)") }
        for (index, line) in lines.enumerated() {
            let meets = lines[(index + 1)...].contains { other in
                other.top < line.top + line.height - 0.01 && line.top < other.top + other.height - 0.01 && other.left < line.left + line.width - 0.01
                    && line.left < other.left + other.width - 0.01
            }
            #expect(!meets, "\(comment) \(line.text) lies under another line")
        }
        for case .stroke(let stroke) in sheet.layout.elements {
            if case .rectangle(let origin, let size) = stroke.shape { #expect(origin.y + size.height <= 270.01, comment) }
        }
    }

    private func cover(_ parties: [BatchSheet.Party], _ change: (inout VolumeDescription) -> Void = { _ in }) -> [VolumeSheet] {
        var volume = description(documents: 3)
        volume.parties = parties
        change(&volume)
        return VolumeSheets(volume, root: Self.digest).front.filter { $0.label.hasPrefix("封面") }
    }

    /// What the cells say that are no heads, one behind the other.
    private func values(_ sheets: some Sequence<VolumeSheet>) -> String {
        sheets.map { sheet in
            sheet.blocks.map { block in
                guard case .cell(let cell) = block.role, cell.heads == nil else { return "" }
                return block.elements.map { if case .text(let line) = sheet.layout.elements[$0] { line.text } else { "" } }.joined()
            }.joined()
        }.joined()
    }

    private static func persons(_ count: Int, _ role: String? = "犯罪嫌疑人") -> [BatchSheet.Party] {
        let given = Array("一二三四五六七八九十百千")
        return (0..<count).map { .init(name: "欧阳\(given[$0 % 12])\(given[$0 / 12 % 12])\(given[$0 / 144 % 12])", role: role) }
    }

    @Test(arguments: [1, 12, 24, 60, 400, 2_000])
    func everyPersonOfALargeCaseStandsOnTheCoverOrBehindIt(_ count: Int) throws {
        let sheets = cover(Self.persons(count) + [.init(name: "周平", role: "被害人")])
        for sheet in sheets { expectOrder(on: sheet, "\(count) persons, \(sheet.label)") }
        #expect(values(sheets).contains(Self.persons(count).map(\.name).joined(separator: "、")))
        #expect(texts(sheets[0]).contains("周平") && texts(sheets[0]).contains("审核人"))
        if count > 24 { #expect(texts(sheets[0]).contains { $0.hasPrefix("欧阳一一一") && $0.hasSuffix("等 \(count) 人（见续页）") }) }
        #expect(sheets.compactMap(\.title) == (count > 24 ? ["封面", "封面续页"] : ["封面"]))
    }

    @Test(arguments: [4, 5, 7, 8, 30])
    func manyRolesFindRoomOnTheCover(_ count: Int) {
        let parties = (0..<count).flatMap { role in Self.persons(role % 3 + 1, "第\(role)种诉讼参与人") }
        let sheets = cover(parties)
        for sheet in sheets { expectOrder(on: sheet, "\(count) roles, \(sheet.label)") }
        let all = sheets.flatMap(texts).joined()
        for party in parties { #expect(all.contains(party.role!) && values(sheets).contains(party.name), "\(party)") }
        #expect((sheets.count > 1) == (count > 7))
    }

    @Test func longValuesOfTheCoverAreCutThereAndWholeBehindIt() {
        let cause = (1...60).map { "涉嫌第\($0)项罪名" }.joined(separator: "、")
        let organ = String(repeating: "极长名称", count: 20) + "人民检察院", name = String(repeating: "某某", count: 200) + "有限责任公司"
        let sheets = cover([.init(name: name, role: "犯罪嫌疑单位")] + Self.persons(60)) { volume in
            (volume.cause, volume.organ, volume.caseNumber) = (cause, organ, String(repeating: "X1-", count: 150) + "号")
        }
        for sheet in sheets { expectOrder(on: sheet, "long values, \(sheet.label)") }
        for text in [cause, name, String(repeating: "X1-", count: 150) + "号"] { #expect(values(sheets.dropFirst()).contains(text)) }
        #expect(values(sheets).contains(organ))
    }

    @Test func anOfficeOfALongNameStandsOnOneLine() {
        for length in [20, 23, 29, 33, 40] {
            let organ = String(repeating: "长", count: length - 5) + "人民检察院"
            let sheet = cover([]) { $0.organ = organ }[0]
            expectOrder(on: sheet, "\(length) characters")
            #expect(texts(sheet).joined().contains(organ))
        }
    }

    @Test func aRowTallerThanItsPageGoesOnAndLosesNothing() {
        var volume = description(documents: 6)
        let remark = (1...90).map { "第\($0)页破损" }.joined(separator: "；")
        volume.entries[2].document.remark = remark
        volume.entries[4].document.title = (1...200).map { "附件\($0)" }.joined(separator: "、")
        let sheets = CatalogueSheets(volume: volume).sheets()
        for sheet in sheets { expectOrder(on: sheet, "\(sheet.label)") }
        let lines = sheets.flatMap { $0.layout.textLines.dropLast() }
        func column(_ range: ClosedRange<Double>) -> String { lines.filter { range.contains($0.left) && $0.size == TypeSize.fifth }.map(\.text).joined() }
        #expect(column(174...184).replacing("备注", with: "") == remark)
        let title = volume.entries[4].document.title
        #expect(column(96...142).replacing("题名", with: "") == "讯问笔录之1讯问笔录之2讯问笔录之3讯问笔录之4\(title)讯问笔录之6")
        // The parts of a row are rows of their own, or a reader that speaks would leave the later ones out.
        let cells = sheets.flatMap(\.blocks).compactMap { if case .cell(let cell) = $0.role { cell } else { nil } }
        #expect(Set(cells.filter { $0.heads == nil }.map(\.row)).count > 6)
        #expect(sheets.flatMap(\.links).map(\.target) == sheets.flatMap(\.links).map(\.target).sorted() && Set(sheets.flatMap(\.links).map(\.target)).count == 6)
        let exceptions = [VolumeDescription.Exception(severity: .warn, name: (1...900).map { "例外\($0)" }.joined(separator: "、"), places: [])]
        let docket = DocketSheets(volume: description(documents: 3, exceptions: exceptions), root: Self.digest).sheets()
        for sheet in docket { expectOrder(on: sheet, "\(sheet.label)") }
        #expect(docket.count > 1 && values(docket).contains(exceptions[0].name))
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
