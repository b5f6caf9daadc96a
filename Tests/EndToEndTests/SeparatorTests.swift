import DossierModel
import Foundation
import TestTools
import Testing

/// Sheets from the printing command through a scanner into a case; the built binary, a stand-in for the engine.
@Suite(.serialized) struct SeparatorTests {
    private let scans: ScanFolder
    private let workspace: String
    private var count = 0

    init() throws {
        scans = try ScanFolder()
        workspace = scans.path + "-w"
    }

    /// Prints sheets and scans them, in this order, as the next images.
    private mutating func lay(_ arguments: String...) throws {
        let pdf = scans.path + "-sheets.pdf"
        let print = try Program.run(Program.built("dossier"), ["separators", "print", "-o", pdf, "--force"] + arguments)
        try #require(print.status == 0, "\(print.complaints)")
        let pages = scans.path + "-pages"
        let drawn = try Program.run(try #require(Program.installed("pdftoppm")), ["-r", "150", "-gray", "-png", pdf, pages])
        try #require(drawn.status == 0, "\(drawn.complaints)")
        let folder = (pages as NSString).deletingLastPathComponent, prefix = (pages as NSString).lastPathComponent + "-"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).filter({ $0.hasPrefix(prefix) }).sorted() {
            try FileManager.default.moveItem(atPath: folder + "/" + name, toPath: scans.path + "/" + next())
        }
    }

    private mutating func layPages(_ number: Int) throws { for _ in 0..<number { try scans.addPage(next(), seed: count) } }

    private mutating func next() -> String {
        count += 1
        return String(format: "%03d.png", count)
    }

    private func run() throws -> CaseFolder {
        let run = try Program.run(Program.built("fault-worker"), ["run", scans.path, workspace])
        try #require(run.status == 0, "\(run.complaints)")
        return CaseFolder(workspace + "/cases/甲")
    }

    @Test mutating func volumesAndDocumentsBeginWhereTheSheetsSay() throws {
        try lay("--case", "甲", "--volume", "2", "--kind", "evidence")
        try layPages(2)
        try lay("--titles", "起诉意见书")
        try layPages(1)
        try lay("--documents", "1")
        try layPages(2)
        try lay("--case", "乙")
        try layPages(2)
        try lay("--case", "甲")
        try layPages(1)
        try lay("--volume", "3", "--kind", "proceedings")
        try layPages(1)

        let folder = try run()
        let records = try folder.records(), index = try folder.index()
        #expect(index.volumes.map(\.number) == [2, 3])
        #expect(index.volumes.map(\.kind) == [.evidence, .proceedings])
        #expect(index.volumes[0].documents.map(\.firstImage) == [3, 6, 8, 14])
        #expect(index.volumes[0].documents[1].title == "起诉意见书")
        #expect(index.volumes[1].documents.map(\.firstImage) == [16])

        let counts = Dictionary(grouping: records, by: \.disposition).mapValues(\.count)
        #expect(counts == [.page: 7, .separator: 7, .rejected: 2])
        #expect(records.filter { $0.disposition == .separator }.map { ($0.marks ?? []).map(\.opens) } == [[.case], [.volume], [.document], [.document], [.case], [.case], [.volume]])
        #expect(records[1].marks?.first?.payload == "DOSSIER:VOL:2:evidence")

        // Another case is asked about, and in no volume.
        #expect(records[9].findings.map(\.id).contains("separator.case.other"))
        #expect(records[10...11].allSatisfy { $0.volume == nil && $0.findings.contains { $0.id == "separator.case.aside" && $0.severity == .block } })
        #expect(try Program.dossier("verify", "甲", "--workspace", workspace).status == 0)
        let report = try String(contentsOfFile: folder.path + "/report.html", encoding: .utf8)
        #expect(report.contains("DOSSIER:VOL:2:evidence") && report.contains("分隔页属于另一案件"))
    }

    @Test mutating func deliveredSheetsAreBoundButCountAsSeparators() throws {
        #expect(try Program.dossier("init", "--workspace", workspace).status == 0)
        let settings = workspace + "/dossier.yaml"
        let text = try String(contentsOfFile: settings, encoding: .utf8).replacing("#sheets: omit", with: "sheets: deliver")
        try Data(text.utf8).write(to: URL(fileURLWithPath: settings))
        try layPages(1)
        try lay("--documents", "1")
        try layPages(1)
        let outcome = try Program.dossier("run", scans.path, "--case", "甲", "--engine", "tesseract", "--workspace", workspace, "--json")
        try #require(outcome.status <= 1, "\(outcome.complaints)")
        let result = try RunResult(outcome)
        #expect(result.reconciles && result.pages == 2 && result.separators == 1)
        let folder = CaseFolder(workspace + "/cases/甲")
        #expect(try folder.records().map(\.volume) == [1, 1, 1])
        let info = try Program.run(try #require(Program.installed("pdfinfo")), [try folder.volumes()[0]]).output
        // Cover, catalogue, three scans, docket sheet.
        #expect(info.contains(/Pages:\s+6\n/))
        let check = try Program.dossier("verify", "甲", "--workspace", workspace)
        #expect(check.status == 0, "\(check.output)")
    }

    @Test mutating func readShowsWhatTheSettingsMakeOfASheet() throws {
        try lay("--patch", "T", "--patch", "3", "--patch-t")
        let files = (1...3).map { scans.path + String(format: "/%03d.png", $0) }
        let output = try Program.run(Program.built("dossier"), ["separators", "read", "--workspace", workspace] + files)
        #expect(output.status == 0, "\(output.complaints)")
        let rows = output.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        #expect(rows.map { Array($0[2...3]) } == [["patch", "T"], ["patch", "3"], ["code39", "PATCHT"]])
        #expect(rows[1][4].hasPrefix("ask:"))
    }

    @Test mutating func aSheetOnTopNamesTheCaseOfABatchWhereNothingElseDoes() throws {
        try lay("--case", "海检刑诉受〔2024〕7号")
        try layPages(1)
        let outcome = try Program.dossier("run", scans.path, "--engine", "tesseract", "--workspace", workspace, "--json")
        try #require(outcome.status <= 1, "\(outcome.complaints)")
        let records = try CaseFolder(workspace + "/cases/海检刑诉受〔2024〕7号").records()
        #expect(records.map(\.disposition) == [.separator, .page])
        // What is said wins over the sheet, whose case is then another one.
        let said = try Program.dossier("run", scans.path, "--case", " 乙 ", "--engine", "tesseract", "--workspace", workspace, "--json")
        try #require(said.status == 1, "\(said.complaints)")
        #expect(try CaseFolder(workspace + "/cases/乙").records().map(\.disposition) == [.separator, .rejected])
    }

    @Test mutating func aBatchWithoutACaseIsRefusedAndSaysWhatWouldNameIt() throws {
        try layPages(1)
        let outcome = try Program.dossier("run", scans.path, "--engine", "tesseract", "--workspace", workspace)
        #expect(outcome.status == 64 && outcome.complaints.contains("separator sheet"), "\(outcome.complaints)")
        let empty = try Program.dossier("run", scans.path, "--case", "  ", "--workspace", workspace)
        #expect(empty.status == 64 && empty.complaints.contains("case number is empty"), "\(empty.complaints)")
    }

    @Test func sheetsThatSayNothingAreBadUsage() throws {
        #expect(try Program.dossier("separators", "print", "-o", "x.pdf").status == 64)
        #expect(try Program.dossier("separators", "print", "--kind", "paper", "-o", "x.pdf").status == 64)
        #expect(try Program.dossier("separators", "print", "--patch", "5", "-o", "x.pdf").status == 64)
    }
}
