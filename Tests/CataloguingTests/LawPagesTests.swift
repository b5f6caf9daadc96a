import DossierModel
import Foundation
import Testing

@testable import Cataloguing

/// Official texts nobody here wrote, set as pages: they name hundreds of dossier documents and are none.
@Suite(.enabled(if: LawPages.arePresent, "the shared corpus is not here")) struct LawPagesTests {
    /// Long lines, short lines, and short paragraphs in the middle: some page begins with every kind of line there is. They hold
    /// no facts of persons either: a law accuses nobody.
    @Test(arguments: [LawPages.Form(cells: 28, rows: 22), LawPages.Form(cells: 14, rows: 10), LawPages.Form(cells: 20, rows: 7, isLoose: true)])
    func noLawHoldsADossierDocument(form: LawPages.Form) throws {
        for (name, text) in LawPages.texts(for: form) {
            let catalogue = Cataloguer.catalogue(volume(form.sheets(text)))
            let called = catalogue.documents.filter { $0.code != nil || $0.documentNumber != nil }
            #expect(called.isEmpty, "\(name): \(called.map { "\($0.title) on \($0.firstImage)" })")
            #expect(catalogue.documents.count == 1, "\(name): \(catalogue.documents.map(\.title))")
            let facts = FactSheet.collected(case: "甲", volumes: [catalogue])
            #expect(facts.persons.isEmpty && facts.facts.isEmpty, "\(name): \(facts.facts.map { "\($0.kind) \($0.readings.map(\.value))" })")
        }
    }
}

enum LawPages {
    private static let folder = (ProcessInfo.processInfo.environment["DOSSIER_CORPUS"]
        ?? URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../shared/corpus").standardized.path) + "/legal_text"

    private static let all: [(name: String, text: String)] = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".txt") }
        .sorted().compactMap { name in (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)).map { (name, $0) } }
    static var arePresent: Bool { !all.isEmpty }

    /// A fixed part that is read quickly, 2,000 pages; with DOSSIER_WHOLE_CORPUS set, everything.
    static func texts(for form: Form) -> [(name: String, text: String)] {
        guard ProcessInfo.processInfo.environment["DOSSIER_WHOLE_CORPUS"] == nil else { return all }
        return form.isLong ? all : all.filter { $0.text.count < 6_000 }
    }

    /// How a text is set.
    struct Form: Sendable {
        /// Characters in a line.
        var cells: Int
        /// Lines on a page.
        var rows: Int
        /// Short paragraphs are set in the middle.
        var isLoose = false

        var isLong: Bool { rows > 20 }

        func sheets(_ text: String) -> [Sheet] {
            let lines = text.split(separator: "\n").enumerated().flatMap { at, paragraph in set(paragraph.filter { !$0.isWhitespace }, isTitle: at == 0) }
            return stride(from: 0, to: lines.count, by: rows).map { start in
                lines[start..<min(lines.count, start + rows)].reduce(Sheet()) { sheet, line in
                    switch line.look {
                    case .title: sheet.title(line.text)
                    case .centred: sheet.centred(line.text)
                    case .body: sheet.body(line.text)
                    }
                }
            }
        }

        private enum Look { case title, centred, body }

        /// 第一章 总则 stands large in the middle, as in print.
        private func set(_ paragraph: String, isTitle: Bool) -> [(text: String, look: Look)] {
            let isHeading = isTitle || (paragraph.count < 20 && paragraph.wholeMatch(of: /第[一二三四五六七八九十百]+[编章节].*/) != nil)
            if isHeading { return [(paragraph, .title)] }
            let lines = stride(from: 0, to: paragraph.count, by: cells).map { String(paragraph.dropFirst($0).prefix(cells)) }
            return lines.map { ($0, isLoose && paragraph.count <= cells ? .centred : .body) }
        }
    }
}
