import DossierModel
import Foundation
import TestTools
import Testing

@testable import Publishing

/// The published texts keep to the schemas in the repository.
@Suite struct SchemaTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Schemas")

    static let texts: [(schema: String, lines: [[UInt8]])] = [
        ("pages", Publisher.pagesJSONL(InventedCase.records).split(separator: 10).map(Array.init)),
        ("index", [Publisher.indexJSON(InventedCase.index), Publisher.indexJSON(InventedCase.dividedIndex)]),
        ("facts", [Publisher.factsJSON(InventedFacts.sheet), Publisher.factsJSON(FactSheet(case: "测试1号"))]),
        ("manifest", [Publisher.manifestJSON(InventedCase.file, products: [Product(name: "a.pdf", sha256: InventedCase.digest("a"), bytes: 1)])]),
        ("digests", [Publisher.digestsJSON(InventedCase.digests)]),
        ("volume-record", InventedCase.file.boundVolumes.map { VolumeRecord($0, of: InventedCase.file).bytes }),
    ]

    @Test(arguments: texts.indices) func theStructureIsWhatTheSchemaSays(which: Int) throws {
        let (name, lines) = Self.texts[which]
        let schema = try SchemaCheck(Data(contentsOf: Self.folder.appending(path: "\(name).schema.json")))
        for line in lines { #expect(try schema.faults(in: Data(line)) == []) }
    }

    @Test func theCheckItselfFindsFaults() throws {
        let schema = try SchemaCheck(Data(contentsOf: Self.folder.appending(path: "pages.schema.json")))
        let good = String(decoding: Self.texts[0].lines[1], as: UTF8.self)
        let bad = [
            good.replacing(#""folio":"1","#, with: ""), good.replacing(#""folio":"1""#, with: #""folio":1"#),
            good.replacing(#""rotation":90"#, with: #""rotation":91"#), good.replacing(#""image":2"#, with: #""image":0"#),
            good.replacing(#""volume":1"#, with: #""volume":1,"new":1"#), good.replacing("[300,", with: "["),
        ]
        for text in bad { #expect(try !schema.faults(in: Data(text.utf8)).isEmpty, "\(text)") }
    }

    @Test(.enabled(if: PythonSchema.isThere, "needs python3 with jsonschema (Debian’s python3-jsonschema)"), arguments: texts.indices)
    func anIndependentValidatorAccepts(which: Int) throws {
        let (name, lines) = Self.texts[which]
        let schema = Self.folder.appending(path: "\(name).schema.json").path()
        #expect(try PythonSchema.validate(lines.map { $0.last == 10 ? $0 : $0 + [10] }.joined(), against: schema) == "")
    }
}

/// A fact sheet with every kind of value and every null.
enum InventedFacts {
    private static let source = FactSheet.Source(
        volume: 1, document: 2, folio: "3", image: 5, box: PixelRect(x: 10, y: 20, width: 300, height: 40), text: "姓名 张某甲", score: 0.98765)
    private static let bare = FactSheet.Source(volume: 1, document: nil, folio: nil, image: 6, box: nil, text: nil, origin: .hand, score: 1)

    static let sheet = FactSheet(
        case: "测试1号",
        persons: [
            .init(
                role: "犯罪嫌疑人",
                facts: [
                    .init(kind: .name, isConflict: true, readings: [.init(value: "张某己", isGiven: true, sources: []), .init(value: "张某已", sources: [source])]),
                    .init(kind: .sex, isConflict: false, readings: [.init(value: "女", sources: [source])]),
                    .init(kind: .identityNumber, isConflict: false, readings: [.init(value: "11010519491231002X", isSound: true, sources: [source, bare])]),
                    .init(kind: .measure, measure: "拘留", isConflict: false, readings: [.init(value: "2024-03-02", sources: [source])]),
                ]),
            .init(role: nil, facts: [.init(kind: .name, isConflict: false, readings: [.init(value: "李某", sources: [bare])])]),
        ],
        facts: [.init(kind: .amount, isConflict: false, readings: [.init(value: "52692", sources: [source])])],
        documents: [
            .init(
                volume: 1, document: 1,
                fields: [
                    .init(field: .title, value: "拘留证", image: 5, box: PixelRect(x: 1, y: 2, width: 3, height: 4), text: "拘 留 证", score: 0.9),
                    .init(field: .date, value: "2024-03-02", image: nil, box: nil, text: nil, origin: .paper, score: 0.5),
                    .init(field: .firstFolio, value: "7", image: 5, box: PixelRect(x: 1, y: 2, width: 3, height: 4), text: "7", score: 0.9),
                    .init(field: .lastFolio, value: "8", image: nil, box: nil, text: nil, score: 0.5),
                    .init(field: .remark, value: "复印件", image: 5, box: PixelRect(x: 1, y: 2, width: 3, height: 4), text: "复印件", score: 0.9),
                ])
        ])
}
