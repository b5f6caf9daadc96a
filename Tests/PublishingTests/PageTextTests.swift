import DossierModel
import Foundation
import FoundationXML
@testable import Publishing
import TestTools
import Testing

/// A page turned, tilted, with words, an astral character, a combining mark and what XML cannot hold.
struct PageTextTests {
    private static let record: PageRecord = {
        var record = InventedCase.record(2, "扫描 \"1\".tif", 2, .page, volume: 1, folio: "1\"2")
        record.skew = 1.5
        record.lines = [
            .init(text: "立案 决定书", box: PixelRect(x: 300, y: 400, width: 90, height: 660), confidence: 0.98765, advances: [100, 100, 50, 100, 100, 100]),
            .init(text: "𠮷<&>\u{1}e\u{301}", box: PixelRect(x: 500, y: 400, width: 60, height: 500), confidence: 1, advances: [60, 60, 60, 60, 60, 60, 0]),
            .init(text: "无位置", box: PixelRect(x: 700, y: 400, width: 60, height: 180), confidence: 0.5),
            .init(text: "  ", box: PixelRect(x: 800, y: 400, width: 60, height: 180), confidence: 0.5),
        ]
        return record
    }()

    private func text(_ format: PageTextFormat, of record: PageRecord = record) throws -> String {
        try #require(format.text(of: record, engine: "ppocr <1> & \"2\"", software: "0.1"))
    }

    private func written(_ text: String) throws -> String {
        let path = Program.scratch() + ".xml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func altoFollowsItsSchema() throws {
        let schema = Program.repository + "/.vendor/alto/alto-4-2.xsd"
        guard FileManager.default.fileExists(atPath: schema) else { return print("the ALTO schema is not installed; run “make setup”") }
        var empty = Self.record
        empty.lines = []
        for record in [Self.record, empty] {
            let path = try written(text(.alto, of: record))
            defer { try? FileManager.default.removeItem(atPath: path) }
            guard let lint = try Tool.run("xmllint", ["--nonet", "--noout", "--schema", schema, path]) else { return }
            #expect(lint.status == 0, "\(lint.output)")
        }
    }

    @Test func aSchemaErrorWouldBeSeen() throws {
        let schema = Program.repository + "/.vendor/alto/alto-4-2.xsd"
        guard FileManager.default.fileExists(atPath: schema) else { return print("the ALTO schema is not installed; run “make setup”") }
        let path = try written(text(.alto).replacing("PHYSICAL_IMG_NR", with: "NUMBER"))
        defer { try? FileManager.default.removeItem(atPath: path) }
        if let lint = try Tool.run("xmllint", ["--nonet", "--noout", "--schema", schema, path]) { #expect(lint.status != 0) }
    }

    @Test(arguments: PageTextFormat.allCases)
    func everyFormIsWellFormedAndHoldsTheTextAsRead(_ format: PageTextFormat) throws {
        let document = try XMLDocument(xmlString: text(format))
        let words = try document.nodes(forXPath: format == .alto ? "//*[local-name()='String']/@CONTENT" : "//*[@class='ocrx_word']")
        #expect(words.map { $0.stringValue ?? "" } == ["立案", "决定书", "𠮷<&>\u{2401}e\u{301}", "无位置"])
    }

    @Test func aLineLiesWhereTheUprightPageShowsIt() throws {
        let quad = PageGeometry(source: Self.record.size!, rotation: .clockwise90, skew: 1.5).uprightQuad(ofSource: Self.record.lines[0].box)
        let document = try XMLDocument(xmlString: text(.alto))
        func value(_ path: String) throws -> String? { try document.nodes(forXPath: path).first?.stringValue }
        #expect(try value("//*[local-name()='TextLine'][1]/@HPOS") == "\(Int(quad.topLeft.x.rounded()))")
        #expect(try value("//*[local-name()='TextLine'][1]/@VPOS") == "\(Int(quad.topLeft.y.rounded()))")
        #expect(try value("//*[local-name()='Page']/@WIDTH") == "3508")
        #expect(try value("//*[local-name()='Page']/@PRINTED_IMG_NR") == "1\"2")
    }

    @Test func charactersStandOneAfterTheOtherWithinTheirLine() throws {
        let document = try XMLDocument(xmlString: text(.hocr))
        let places = try document.nodes(forXPath: "(//*[@class='ocr_line'])[1]//*[@class='ocrx_cinfo']/@title")
            .map { $0.stringValue!.split(separator: " ").compactMap { Int($0) } }
        #expect(places.count == 5)
        #expect(places.map { $0[0] } == places.map { $0[0] }.sorted())
        // A gap of 50 pixels for the space between the words.
        #expect(places[2][0] - places[1][2] == 50)
    }

    @Test func anImageWithoutPixelsHasNoText() {
        let record = InventedCase.record(7, "a.tif", 7, .page, volume: 1, decoded: false)
        #expect(PageTextFormat.allCases.allSatisfy { $0.text(of: record, engine: "", software: "") == nil })
    }
}
