import DossierModel
import Foundation
import ImageCodecs
import TestTools
import Testing

/// Files no scanner should deliver, one by one and in one batch with good ones, through the built binary.
@Suite struct DamagedFilesTests {
    @Test func everyBadFileIsOneClearFindingAndTheBatchGoesOn() throws {
        let scans = try ScanFolder()
        try scans.addPages(["01.png", "09.png"])
        try scans.write([], as: "02.tif")
        try scans.write("这是一段文字，不是影像。".utf8, as: "03.tif")
        try scans.write(ScanFolder.tiffBomb, as: "04.tif")
        try scans.write(try ScanFolder.pngBomb(), as: "05.png")
        let bad = ["02.tif", "03.tif", "04.tif", "05.png"] + (try encryptedPDF(in: scans, as: "06.pdf") ? ["06.pdf"] : [])
        let (outcome, published) = try run(scans)
        let result = try RunResult(outcome)
        #expect(outcome.status == 1, "\(outcome.complaints)")
        #expect(result.reconciles && result.images == bad.count + 2 && result.rejected == bad.count)
        for record in try published.records() {
            guard bad.contains(record.file) else {
                #expect(record.disposition == .page && record.rasterSHA256 != nil)
                continue
            }
            let finding = try #require(record.findings.first)
            #expect(record.findings.count == 1 && finding.severity == .block)
            #expect(finding.message.contains(record.file) && finding.message.count > record.file.count + 10 && finding.remedy.count > 10)
        }
        let ids = try published.records().compactMap { $0.findings.first { $0.severity == .block }?.id }
        #expect(ids.prefix(4) == ["file.empty", "file.unknown-format", "frame.too-large", "frame.too-large"])
    }

    @Test func aTruncatedFileGivesItsGoodPagesAPlaceholderAndAFinding() throws {
        let scans = try ScanFolder()
        try scans.addTIFF("1.tif", frames: 3, compression: .lzw)
        let whole = try Data(contentsOf: URL(fileURLWithPath: scans.path + "/1.tif"))
        try scans.write(whole.prefix(whole.count * 5 / 6), as: "1.tif")
        let (outcome, published) = try run(scans)
        let result = try RunResult(outcome)
        #expect(outcome.status == 1, "\(outcome.complaints)")
        #expect(result.reconciles && result.pages == 3 && result.placeholders == 1)
        let records = try published.records()
        #expect(records.map { $0.rasterSHA256 != nil } == [true, true, false])
        let finding = try #require(records[2].findings.first)
        #expect(finding.severity == .block && finding.message.contains("1.tif") && !finding.remedy.isEmpty)
        let info = try Program.run("/usr/bin/pdfinfo", [try published.volumes()[0]])
        #expect(info.output.contains("Pages:           6"))
    }

    @Test func aCorruptStripIsAFindingAndNotSilence() throws {
        let scans = try ScanFolder()
        try scans.addTIFF("1.tif", frames: 1, compression: .deflate)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: scans.path + "/1.tif"))
        for at in bytes.count / 3..<bytes.count / 3 + 40 { bytes[at] ^= 0xA5 }
        try scans.write(bytes, as: "1.tif")
        let (outcome, published) = try run(scans)
        #expect(outcome.status == 1, "\(outcome.complaints)")
        let finding = try #require(try published.records()[0].findings.first { $0.severity == .block })
        #expect(finding.message.contains("1.tif, frame 1"), "\(finding)")
    }

    /// The encrypted sample page; false where qpdf is not installed.
    private func encryptedPDF(in scans: ScanFolder, as name: String) throws -> Bool {
        guard let qpdf = Program.installed("qpdf") else { return false }
        let sample = Program.repository + "/samples/scans/volume-2/scan7.pdf"
        return try Program.run(qpdf, ["--encrypt", "user", "owner", "256", "--", sample, "\(scans.path)/\(name)"]).status == 0
    }

    private func run(_ scans: ScanFolder) throws -> (Program.Outcome, CaseFolder) {
        let workspace = Program.scratch()
        let outcome = try Program.dossier("run", scans.path, "--case", "甲", "--engine", "tesseract", "--workspace", workspace, "--json")
        return (outcome, CaseFolder(workspace + "/cases/甲"))
    }
}
