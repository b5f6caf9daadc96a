import DossierModel
import Foundation
import LegalDocuments
import Typesetting

/// A template with the given parts.
func template(_ body: String, fields: String = "名: text", more: String = "", name: String = "试", partials: [String: String] = [:]) throws -> DocumentTemplate {
    try DocumentTemplate(name: name, text: source(body, fields: fields, more: more)) { partials[$0] }
}

/// The body begins in line 7 when there is one field and nothing more.
func source(_ body: String, fields: String = "名: text", more: String = "") -> String {
    let fields = fields.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return "---\ntitle: 试用书\ncode: 试\n\(more)fields:\n\(fields)\n---\n\(body)"
}

/// What is wrong with a template, as `line:column word`.
func mistakes(_ text: String, name: String = "试", partials: [String: String] = [:]) -> [TemplateMistake] {
    do throws(TemplateMistakes) {
        _ = try DocumentTemplate(name: name, text: text) { partials[$0] }
        return []
    } catch { return error.list }
}

let house = DocumentTemplate.Organ(name: "海州市海东区人民检察院", code: "海东")
let day = CalendarDay("2024-03-02")!

func values(_ template: DocumentTemplate, _ yaml: String, facts: CaseFacts? = nil) throws -> DocumentValues {
    try template.values(try DataFile.read(Array(yaml.utf8), location: "data.yaml")[0], facts: facts, date: day, organ: house)
}

func problems(_ template: DocumentTemplate, _ yaml: String, facts: CaseFacts? = nil) -> [ValueProblem] {
    do { _ = try values(template, yaml, facts: facts) } catch let error as ValueProblems { return error.list } catch { return [] }
    return []
}

func pages(_ template: DocumentTemplate, _ yaml: String, facts: CaseFacts? = nil, isDraft: Bool = false) throws -> DocumentPages {
    let values = try values(template, yaml, facts: facts)
    return try template.pages(values, number: template.number(values, sequence: 7), isDraft: isDraft)
}

/// All text lines in reading order.
func text(_ pages: DocumentPages) -> String { pages.pages.flatMap(\.textLines).map(\.text).joined(separator: "\n") }

let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized.path

func sample(_ name: String) throws -> String {
    try String(contentsOfFile: "\(repository)/samples/documents/\(name).yaml", encoding: .utf8)
}

/// A catalogue of `count` documents.
func catalogue(_ count: Int) -> CaseFacts {
    CaseFacts(
        number: "测试1号", cause: "盗窃", parties: [.init(name: "张某甲", role: "犯罪嫌疑人")],
        rows: (1...count).map {
            CaseFacts.Row(
                volume: 1 + $0 / 50, volumeKind: "证据卷", sequence: $0, documentNumber: "海公（刑）立字〔2024〕\($0)号", author: "海州市公安局海东分局",
                title: "第\($0)份讯问笔录", date: "2024-01-05", folios: "\($0)", remark: nil)
        })
}
