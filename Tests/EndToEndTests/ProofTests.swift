import DossierModel
import Foundation
import Hashing
import TestTools
import Testing

/// What “dossier verify” says of files that somebody changed who knows the format, seals them anew, and cannot sign.
@Suite(.serialized) struct ProofTests {
    private let scans: ScanFolder
    private let workspace: String
    private let key: String

    init() throws {
        scans = try ScanFolder()
        (workspace, key) = (scans.path + "-w", scans.path + "-w/office.key")
        try scans.addPages(["1.png", "2.png", "3.png"])
        try publish()
        try #require(try dossier("keys", "new", key).status == 0)
        try #require(try dossier("keys", "sign", "甲", "--key", key).status == 0)
    }

    private func publish() throws { try #require(try Program.run(Program.built("fault-worker"), ["run", scans.path, workspace]).status == 0) }

    private func dossier(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(Program.built("dossier"), arguments + (arguments[0] == "keys" && arguments[1] == "new" ? [] : ["--workspace", workspace]))
    }

    private func volume() throws -> String { try #require(try CaseFolder(workspace + "/cases/甲").volumes().first) }

    private func exported(_ name: String) throws -> String {
        let path = scans.path + "-" + name
        try #require(try dossier("export", "甲", "--volume", "1", "-o", path).status == 0)
        return path
    }

    /// As docs/hash-tree.md says.
    private func seal(_ path: String) throws {
        var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let start = try #require(bytes.firstRange(of: Array("/Type /DOSS_Seal /Length 64 >>\nstream\n".utf8))).upperBound
        bytes.replaceSubrange(start..<start + 64, with: [UInt8](repeating: 48, count: 64))
        bytes.replaceSubrange(start..<start + 64, with: Array(SHA256Digest(of: bytes).hex.utf8))
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    @Test func anExportedCopyIsProvenByItsSignedManifest() throws {
        let path = try exported("copy.pdf")
        let signed = try dossier("verify", path, "--key", key + ".pub")
        #expect(signed.status == 0 && signed.output.contains("signed by the key") && signed.output.contains("its other bytes by the seal alone"), "\(signed)")
        let unsigned = try dossier("verify", path)
        #expect(unsigned.status == 0 && unsigned.output.contains("compare the root with the docket sheet"), "\(unsigned)")
        #expect(unsigned.output.contains("nothing vouches for cover") && !signed.output.contains("nothing vouches"))
    }

    private struct Answer: Decodable, Equatable { var seal: String, manifest: String, signed: Bool }

    private func answer(_ arguments: String...) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(try Program.run(Program.built("dossier"), ["verify"] + arguments + ["--json"]).output.utf8))
    }

    /// A seal that fits is no proof of the sheets, and whoever reads the answer by machine is told so, too.
    @Test func aVolumeAloneIsSaidToBeVouchedForByNobody() throws {
        let alone = scans.path + "-alone.pdf", folder = workspace + "/cases/甲"
        try FileManager.default.copyItem(atPath: try volume(), toPath: alone)
        let outcome = try dossier("verify", alone)
        #expect(outcome.status == 0 && outcome.output.contains("anybody can seal anew") && outcome.output.contains("nothing vouches for cover"), "\(outcome)")
        #expect(try answer(alone) == Answer(seal: "intact", manifest: "none", signed: false))
        #expect(try answer(alone, "--manifest", folder + "/manifest.json") == Answer(seal: "intact", manifest: "beside", signed: false))
        #expect(try answer(alone, "--manifest", folder + "/manifest.json", "--key", key + ".pub") == Answer(seal: "intact", manifest: "beside", signed: true))
        #expect(try answer(exported("copy.pdf")) == Answer(seal: "intact", manifest: "inside", signed: false))
    }

    /// Page 4 is the second scanned one: cover and catalogue stand before it.
    @Test func noPageOfACopyIsShownOtherwiseWithoutBeingNamed() throws {
        let attacks: [(page: Int, change: (inout TamperedPDF) throws -> Void)] = [
            (4, { try $0.replace("/MediaBox", with: "/Rotate 90 /MediaBox", behind: "%% Page 4") }),
            (4, { pdf in
                let image = try pdf.object("/I0", behind: "%% Page 4"), other = try pdf.object("/Contents", behind: "%% Page 1\n")
                try pdf.replace("/I0 \(image) 0 R", with: "/I0 \(other) 0 R /Z0 \(image) 0 R", behind: "%% Page 4")
            }),
            (1, { try $0.replace("/MediaBox", with: "/Annots [ << /Type /Annot /Subtype /Square /Rect [ 0 0 400 400 ] /IC [ 1 1 1 ] >> ] /MediaBox", behind: "%% Page 1\n") }),
        ]
        for (place, (page, change)) in attacks.enumerated() {
            let path = try exported("attacked-\(place).pdf")
            guard var pdf = try TamperedPDF(path) else { return }
            try change(&pdf)
            try pdf.write(to: path)
            try seal(path)
            let outcome = try dossier("verify", path, "--key", key + ".pub")
            #expect(outcome.status == 65 && outcome.complaints.contains("attacked-\(place).pdf page \(page): "), "\(outcome)")
            #expect(!outcome.complaints.contains("the seal"), "it was sealed anew")
        }
    }

    /// A file of that name in the PDF does not make the digest of the whole file worth nothing.
    @Test func anAttachedFileDoesNotSwitchOffTheManifestBesideTheVolume() throws {
        let path = try volume(), sound = try Data(contentsOf: URL(fileURLWithPath: path))
        defer { try? sound.write(to: URL(fileURLWithPath: path)) }
        #expect(try dossier("verify", path, "--key", key + ".pub").status == 0)
        let bait = scans.path + "-bait/manifest.json"
        try FileManager.default.createDirectory(atPath: scans.path + "-bait", withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(fileURLWithPath: bait))
        guard let qpdf = try Tool.run("qpdf", ["--replace-input", path, "--compress-streams=n", "--linearize", "--add-attachment", bait, "--"]) else { return }
        try #require(qpdf.status == 0)
        try seal(path)
        let outcome = try dossier("verify", path, "--key", key + ".pub")
        #expect(outcome.status == 65 && outcome.complaints.contains("the file as a whole is not"), "\(outcome)")
    }

    /// Contents, picture, font, record: whatever byte it is, nobody is asked to report a fault of the program.
    @Test func aFlippedByteIsADifferenceAndNeverAnInternalError() throws {
        let alone = scans.path + "-alone.pdf", sound = try [UInt8](Data(contentsOf: URL(fileURLWithPath: try volume())))
        var named = 0
        for at in stride(from: 1_000, to: sound.count - 1_000, by: sound.count / 40) {
            var bytes = sound
            bytes[at] ^= 0x41
            try Data(bytes).write(to: URL(fileURLWithPath: alone))
            let outcome = try dossier("verify", alone)
            #expect(outcome.status == 65 && !outcome.complaints.contains("report this"), "byte \(at): \(outcome)")
            if outcome.complaints.contains("alone.pdf page ") { named += 1 }
        }
        #expect(named > 0)
    }

    @Test func aFolderSaysOfEachPageWhatLiesBetweenItAndTheScannersFile() throws {
        let short = try dossier("verify", "甲")
        #expect(short.status == 0 && !short.output.contains("1.png") && short.output.contains(workspace + "/cases/甲"), "\(short)")
        let long = try dossier("verify", "甲", "--pages")
        #expect(long.status == 0 && long.output.contains("3  ") && long.output.contains("1.png 第 1 帧  ") && long.output.contains("3.png"), "\(long)")
        struct Answer: Decodable {
            struct Volume: Decodable { var pdf: String, pages: [Page] }
            struct Page: Decodable { var page: Int, file: String, isIntact: Bool, words: String }
            struct Difference: Decodable { var subject: String }
            var folder: String, differences: [Difference], volumes: [Volume]
        }
        let answer = try JSONDecoder().decode(Answer.self, from: Data(try dossier("verify", "甲", "--json").output.utf8))
        #expect(answer.differences.isEmpty && answer.volumes.count == 1)
        #expect(answer.volumes[0].pages.map(\.page) == [3, 4, 5] && answer.volumes[0].pages.allSatisfy { $0.isIntact && !$0.words.isEmpty })
    }

    @Test func aFolderWithTheNameOfACaseIsNotTakenForTheCase() throws {
        let place = scans.path + "-media"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: workspace + "/cases/甲", toPath: place + "/甲")
        try Data("{}".utf8).write(to: URL(fileURLWithPath: place + "/甲/index.json"))
        func verify(_ name: String, in folder: String) throws -> Program.Outcome {
            try Program.run("/bin/sh", ["-c", "cd \"$1\" && exec \"$2\" verify \"$3\" --workspace \"$4\"", "sh", folder, Program.built("dossier"), name, workspace])
        }
        let both = try verify("甲", in: place)
        #expect(both.status == 64 && both.complaints.contains("./甲"), "\(both)")
        #expect(try verify("./甲", in: place).complaints.contains("index.json"))
        #expect(try verify("甲", in: workspace + "/cases").status == 0, "the folder is the case")
    }

    @Test func aReportThatWasRewrittenIsFound() throws {
        let path = URL(fileURLWithPath: workspace + "/cases/甲/report.html")
        try Data("<p>完整".utf8).write(to: path)
        let outcome = try dossier("verify", "甲", "--key", key + ".pub")
        #expect(outcome.status == 65 && outcome.complaints.contains("report.html"), "\(outcome)")
    }

    /// The page itself is not read again, but the volume's record names its file.
    @Test func aRenamedScanIsNamedByTheRecordAsByThePages() throws {
        try FileManager.default.moveItem(atPath: scans.path + "/2.png", toPath: scans.path + "/2甲.png")
        let again = try Program.run(Program.built("fault-worker"), ["run", scans.path, workspace, "--replace"])
        try #require(again.status == 0, "\(again)")
        #expect(try CaseFolder(workspace + "/cases/甲").records().map(\.file) == ["1.png", "2甲.png", "3.png"])
        let outcome = try dossier("verify", try volume())
        #expect(outcome.status == 0 && outcome.output.contains("2甲.png 第 1 帧") && !outcome.output.contains(" 2.png"), "\(outcome)")
    }
}
