import Foundation
import Testing

@Suite struct InterruptionTests {
    /// A run that is killed again and again ends with the same bytes as one that was left alone.
    @Test func killedRunsContinueToTheSameBytes() throws {
        let scans = try fewScans()
        let undisturbed = Program.scratch(), disturbed = Program.scratch()
        let arguments = { ["run", scans, "--case", "甲", "--engine", "tesseract", "--workspace", $0] }
        let whole = try Program.run(Program.built("dossier"), arguments(undisturbed))
        try #require(whole.status <= 1, "\(whole.complaints)")
        for seconds in [0.05, 0.4, 1.1, 2.3, 3.7] {
            _ = try Program.run(Program.built("dossier"), arguments(disturbed), killAfter: seconds)
        }
        let last = try Program.run(Program.built("dossier"), arguments(disturbed))
        #expect(last.status == whole.status, "\(last.complaints)")
        #expect(try SampleCaseTests.contents(of: disturbed + "/cases/甲") == SampleCaseTests.contents(of: undisturbed + "/cases/甲"))
    }

    @Test func wrongUseHasItsOwnExitCodes() throws {
        let dossier = Program.built("dossier")
        let empty = Program.scratch(), workspace = Program.scratch()
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        #expect(try Program.run(dossier, ["run", empty, "--case", "甲", "--workspace", workspace]).status == 3)
        #expect(try Program.run(dossier, ["run", empty, "--workspace", workspace]).status == 64)
        #expect(try Program.run(dossier, ["run", "/nonexistent", "--case", "甲", "--workspace", workspace]).status == 65)
        #expect(try Program.run(dossier, ["run"]).status == 64)
        #expect(try Program.run(dossier, ["verify", "乙", "--workspace", workspace]).status == 65)
        #expect(try Program.run(dossier, ["search", "，", "--workspace", workspace]).status != 0)
        #expect(try Program.run(dossier, ["--help"]).status == 0)
    }

    /// The first files of the sample case.
    private func fewScans() throws -> String {
        let folder = Program.scratch()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let samples = Program.repository + "/samples/scans"
        let files = try FileManager.default.subpathsOfDirectory(atPath: samples)
            .filter { name in [".tif", ".jpg", ".png", ".pdf"].contains { name.hasSuffix($0) } }.sorted()
        let small = try files.filter { try Data(contentsOf: URL(fileURLWithPath: samples + "/" + $0)).count < 500_000 }.prefix(4)
        for (number, file) in small.enumerated() {
            try FileManager.default.copyItem(atPath: samples + "/" + file, toPath: "\(folder)/\(number + 1).\((file as NSString).pathExtension)")
        }
        return folder
    }
}
