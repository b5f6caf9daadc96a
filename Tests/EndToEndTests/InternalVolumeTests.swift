import Foundation
import TestTools
import Testing

/// 检察内卷 stays in the house: neither its pages nor what tells of them is handed out by mistake.
@Suite struct InternalVolumeTests {
    @Test func anInternalVolumeIsHandedOutOnlyForUseInside() throws {
        let scans = try ScanFolder()
        let workspace = scans.path + "-w"
        try scans.addPages(["1.png", "2.png"])
        let sheet = """
            case: 甲
            volumes:
              - {number: 1, kind: proceedings, files: [1.png]}
              - {number: 2, kind: internal, files: [2.png]}
            """
        try Data(sheet.utf8).write(to: URL(fileURLWithPath: scans.path + "/batch.yaml"))
        try #require(try Program.run(Program.built("fault-worker"), ["run", scans.path, workspace]).status == 0)
        let export = { (volume: String, more: [String]) in
            try Program.run(Program.built("dossier"), ["export", "甲", "--volume", volume, "-o", scans.path + "/\(volume).pdf", "--workspace", workspace] + more)
        }
        let refused = try export("2", [])
        #expect(refused.status == 64 && refused.complaints.contains("检察内卷") && !FileManager.default.fileExists(atPath: scans.path + "/2.pdf"), "\(refused.complaints)")
        let open = try export("1", [])
        #expect(open.status == 0 && open.complaints.contains("internal volume 2"), "\(open.complaints)")
        let attached = { (path: String) in try Program.run("/usr/bin/env", ["pdfdetach", "-list", path]).output }
        #expect(try attached(scans.path + "/1.pdf").contains("0 embedded files"))
        try theCopyIsProven(scans.path + "/1.pdf", by: workspace + "/cases/甲/manifest.json")
        #expect(try export("1", ["--internal", "--force"]).status == 0)
        #expect(try attached(scans.path + "/1.pdf").contains("index.json"))
        #expect(try export("2", ["--internal"]).status == 0)
    }

    /// It is another file than the published one, and carries no manifest that would say so.
    private func theCopyIsProven(_ path: String, by manifest: String) throws {
        let verify = { (path: String) in try Program.run(Program.built("dossier"), ["verify", path, "--manifest", manifest]) }
        let outcome = try verify(path)
        #expect(outcome.status == 0 && outcome.output.contains("its other bytes by the seal alone"), "\(outcome)")
        guard var pdf = try TamperedPDF(path) else { return }
        try pdf.replace("/MediaBox", with: "/Rotate 90 /MediaBox", behind: "%% Page 3\n")
        try pdf.write(to: path + "-turned.pdf")
        let turned = try verify(path + "-turned.pdf")
        #expect(turned.status == 65 && turned.complaints.contains("page 3: "), "\(turned)")
    }
}
