import DossierModel
import Foundation
import TestTools
import Testing

/// Pages that no office made, of the shared corpus: nothing on them is called a dossier document.
@Suite(.enabled(if: ForeignPages.arePresent, "the shared corpus is not here")) struct ForeignPagesTests {
    private let scans: ScanFolder

    init() throws { scans = try ScanFolder() }

    /// What a run of the folder calls its documents.
    private func documents() throws -> [CaseIndex.Document] {
        let workspace = scans.path + "-w"
        defer { try? FileManager.default.removeItem(atPath: workspace) }
        let run = try Program.dossier("run", scans.path, "--case", "甲", "--workspace", workspace)
        try #require(run.status <= 1, "\(run.complaints)")
        return try CaseFolder(workspace + "/cases/甲").index().volumes.flatMap(\.documents)
    }

    @Test func nothingIsCalledADossierDocumentThatIsNone() throws {
        for name in ForeignPages.names {
            try FileManager.default.copyItem(atPath: ForeignPages.folder + "/" + name, toPath: scans.path + "/" + name)
        }
        let documents = try self.documents()
        #expect(!documents.isEmpty)
        #expect(documents.allSatisfy { $0.score < 0.8 && $0.documentNumber == nil }, "\(documents.map(\.title))")
    }

    /// Laws in print, read from their pictures. They name hundreds of documents and are none.
    @Test(.enabled(if: Program.installed("chromium") != nil && Program.installed("pdftoppm") != nil, "no chromium or pdftoppm"))
    func printedLawsAreNoDossierDocuments() throws {
        var pages = 0
        for (at, text) in ForeignPages.laws.enumerated() { pages += try ForeignPages.print(text, into: "\(scans.path)/\(at + 10)", pages: ForeignPages.pagesOfALaw) }
        let documents = try self.documents()
        #expect(pages >= ForeignPages.laws.count && documents.count == ForeignPages.laws.count, "\(documents.map(\.title))")
        #expect(documents.allSatisfy { $0.score < 0.8 && $0.documentNumber == nil }, "\(documents.map { "\($0.title) \($0.firstImage)" })")
    }
}

enum ForeignPages {
    private static let corpus = ProcessInfo.processInfo.environment["DOSSIER_CORPUS"] ?? ((Program.repository as NSString).deletingLastPathComponent) + "/shared/corpus"
    private static let isWhole = ProcessInfo.processInfo.environment["DOSSIER_WHOLE_CORPUS"] != nil
    static let folder = corpus + "/scans"
    /// A fixed part that is read quickly; with DOSSIER_WHOLE_CORPUS set, everything.
    static let names: [String] = {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let scans = all.filter { $0.hasSuffix(".pdf") || $0.hasSuffix(".png") }.sorted()
        return isWhole ? scans : scans.filter { ["ccitt.pdf", "linn.png"].contains($0) }
    }()
    static var arePresent: Bool { !names.isEmpty }

    static let pagesOfALaw = 3
    /// One text, or with DOSSIER_WHOLE_CORPUS set the first pages of each.
    static let laws: [String] = {
        let folder = corpus + "/legal_text/"
        let names = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".txt") }.sorted()
        return names.filter { isWhole || $0.contains("检察官法") }.compactMap { try? String(contentsOfFile: folder + $0, encoding: .utf8) }
    }()

    /// As an office prints it: a large title, chapters in the middle, 3号 over a page of A4. Gives the number of pages.
    static func print(_ text: String, into folder: String, pages: Int) throws -> Int {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let lines = text.split(separator: "\n").prefix(120)
        let body = lines.dropFirst().map { line in
            line.count < 20 && line.wholeMatch(of: /第[一二三四五六七八九十百]+[编章节].*/) != nil ? "<h2>\(line)</h2>" : "<p>\(line)</p>"
        }
        let style = "@page{size:A4;margin:37mm 26mm 35mm 28mm}body{font:16pt/29pt 'Noto Serif CJK SC';margin:0}h1{font-size:22pt;text-align:center}h2{font-size:18pt;text-align:center}p{text-indent:2em;margin:0}"
        try Data("<meta charset=utf-8><style>\(style)</style><h1>\(lines[0])</h1>\(body.joined())".utf8).write(to: URL(fileURLWithPath: folder + "/law.html"))
        let printed = try Program.run(
            Program.installed("chromium")!, ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=\(folder)/profile", "--print-to-pdf=\(folder)/law.pdf", "file://\(folder)/law.html"])
        try #require(printed.status == 0, "\(printed.complaints)")
        let drawn = try Program.run(Program.installed("pdftoppm")!, ["-r", "200", "-gray", "-png", "-l", "\(pages)", folder + "/law.pdf", folder + "/page"])
        try #require(drawn.status == 0, "\(drawn.complaints)")
        for name in ["law.html", "law.pdf", "profile"] { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
        return try FileManager.default.contentsOfDirectory(atPath: folder).count
    }
}
