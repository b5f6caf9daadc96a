import DossierModel
import Foundation
import TestTools
import Testing

/// A page on which Tesseract takes too long is delivered without its text, says so, and is read again by the next run.
@Suite struct ReadingTimeoutTests {
    @Test func aPageThatRanOutOfTimeIsReadAgain() throws {
        let scans = try ScanFolder()
        let workspace = scans.path + "-w"
        try FileManager.default.copyItem(atPath: Program.repository + "/samples/scans/volume-2/scan1.jpg", toPath: scans.path + "/1.jpg")
        #expect(try Program.dossier("init", "--workspace", workspace).status == 0)
        let path = workspace + "/dossier.yaml"
        let settings = try String(contentsOfFile: path, encoding: .utf8)
        let hasty = settings.replacing(/#tesseractTimeout: [0-9.]+/, with: "tesseractTimeout: 0.001")
        #expect(hasty != settings)
        try Data(hasty.utf8).write(to: URL(fileURLWithPath: path))
        for _ in 0..<2 {
            let outcome = try Program.dossier("run", scans.path, "--case", "甲", "--engine", "tesseract", "--workspace", workspace, "--json")
            let result = try RunResult(outcome)
            #expect(result.pages == 1 && result.imagesRead == 1, "\(outcome.output) \(outcome.complaints)")
        }
        let records = try CaseFolder(workspace + "/cases/甲").records()
        #expect(records.allSatisfy { $0.lines.isEmpty && $0.findings.contains { $0.id == "page.recognise.timeout" } })
    }
}
