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
        ("index", [Publisher.indexJSON(InventedCase.index)]),
        ("manifest", [Publisher.manifestJSON(InventedCase.file, products: [Product(name: "a.pdf", sha256: InventedCase.digest("a"), bytes: 1)])]),
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
