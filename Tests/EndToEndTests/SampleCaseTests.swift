import DossierModel
import Foundation
import TestTools
import Testing

/// The built binary over the sample case, once; then what a user, a validator and a reader make of the result.
@Suite(.serialized) struct SampleCaseTests {
    private static let workspace = Program.scratch()
    private static let outcome = Result {
        try Program.run(
            Program.built("dossier"), ["run", Program.repository + "/samples/scans", "--workspace", workspace, "--json"])
    }

    private func caseFolder() throws -> CaseFolder {
        let outcome = try Self.outcome.get()
        try #require(outcome.status <= 1, "\(outcome.complaints)")
        let cases = Self.workspace + "/cases"
        return CaseFolder(cases + "/" + (try #require(try FileManager.default.contentsOfDirectory(atPath: cases).first)))
    }

    private func records() throws -> [PageRecord] { try caseFolder().records() }
    private func index() throws -> CaseIndex { try caseFolder().index() }
    private func volumes() throws -> [String] { try caseFolder().volumes() }

    @Test func everyImageIsAccountedFor() throws {
        let records = try records()
        #expect(records.map(\.image) == Array(1...records.count))
        #expect(records.count >= 35)
        #expect(Set(records.map(\.disposition)).isSuperset(of: [.page, .blank, .separator]))
    }

    @Test func everyVolumePassesVeraPDF() throws {
        guard let verdict = try VeraPDF.check(try volumes(), flavours: VeraPDF.tagged) else { return }
        #expect(verdict.passes, "\(verdict.words)")
    }

    @Test(arguments: [("pages.jsonl", "pages"), ("index.json", "index"), ("facts.json", "facts"), ("manifest.json", "manifest"), ("facts.json", "facts"), ("digests.json", "digests")])
    func productsKeepToTheirSchemas(file: String, schema: String) throws {
        let bytes = try #require(FileManager.default.contents(atPath: try caseFolder().path + "/" + file))
        let path = Program.repository + "/Schemas/\(schema).schema.json"
        let check = try SchemaCheck(Data(contentsOf: URL(fileURLWithPath: path)))
        for value in schema == "pages" ? bytes.split(separator: 10).map({ Data($0) }) : [bytes] { #expect(try check.faults(in: value) == []) }
        guard PythonSchema.isThere else { return print("python3-jsonschema is not installed; only the built-in check was made") }
        #expect(try PythonSchema.validate(bytes.last == 10 ? bytes : bytes + [10], against: path) == "")
    }

    @Test func everyVolumePassesQPDF() throws {
        let qpdf = try #require(Program.installed("qpdf"))
        for volume in try volumes() {
            let check = try Program.run(qpdf, ["--check", volume])
            #expect(check.status == 0, "\(check.output) \(check.complaints)")
            #expect(check.output.contains("linearized"))
        }
    }

    @Test func extractedTextEqualsTheRecords() throws {
        let pdftotext = try #require(Program.installed("pdftotext"))
        for volume in try index().volumes {
            let text = try Program.run(pdftotext, ["-raw", "-enc", "UTF-8", try caseFolder().path + "/" + volume.pdf, "-"]).output
            // A cover, a page of the catalogue before the scanned pages, a docket sheet after them.
            let pages = text.components(separatedBy: "\u{0C}").dropLast().dropFirst(2).dropLast()
            let expected = try records().filter { $0.volume == volume.number && $0.disposition == .page }
            #expect(pages.count == expected.count)
            for (page, record) in zip(pages, expected) {
                let lines = record.lines.map(\.text).filter { !$0.allSatisfy(\.isWhitespace) }
                #expect(page.trimmingCharacters(in: .newlines) == lines.joined(separator: "\n"), "image \(record.image)")
            }
        }
    }

    @Test func productsAreNoLargerThanTheScansByMoreThanATenth() throws {
        let scans = try FileManager.default.subpathsOfDirectory(atPath: Program.repository + "/samples/scans")
            .filter { [".tif", ".jpg", ".png", ".pdf"].contains(where: $0.hasSuffix) }
            .map { try Data(contentsOf: URL(fileURLWithPath: Program.repository + "/samples/scans/" + $0)).count }.reduce(0, +)
        let products = try volumes().map { try Data(contentsOf: URL(fileURLWithPath: $0)).count }.reduce(0, +)
        #expect(Double(products) <= 1.1 * Double(scans), "\(products) of \(scans)")
    }

    @Test func inspectNamesThePageOfThePDFAndMakesItsStreamsAgain() throws {
        struct Answer: Decodable { var image: Int, pdfPage: Int, agreesWithManifest: Bool }
        let number = try index().case
        for page in ["v1p1", "v2p1"] {
            let run = try Program.run(Program.built("dossier"), ["inspect", number, page, "--json", "--workspace", Self.workspace])
            let answer = try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
            #expect(run.status == 0 && answer.agreesWithManifest)
            let volume = try index().volumes[page == "v1p1" ? 0 : 1]
            let pages = try records().filter { $0.volume == volume.number && $0.disposition == .page }
            // A cover and a page of the catalogue stand before them.
            #expect(answer.pdfPage == 3 + (try #require(pages.firstIndex { $0.image == answer.image })))
        }
    }

    /// One volume in a folder of its own, without manifest and workspace.
    @Test func aVolumeIsCheckedAloneAndAChangedPageIsNamed() throws {
        let folder = Program.scratch()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let alone = folder + "/册.pdf"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: try volumes()[1]))
        try bytes.write(to: URL(fileURLWithPath: alone))
        let verify = { try Program.run(Program.built("dossier"), ["verify", alone]) }
        let good = try verify()
        #expect(good.status == 0 && ["bit for bit", "without loss", "with loss"].contains(where: good.output.contains) && good.output.contains("compare the root"), "\(good.complaints)")
        // Into the largest stream: a scanner's JPEG.
        var bad = bytes
        let at = try #require(bytes.range(of: Data([0xFF, 0xD8, 0xFF]))).lowerBound + 5_000
        bad[at] ^= 0x10
        try bad.write(to: URL(fileURLWithPath: alone))
        let changed = try verify()
        #expect(changed.status == 65 && changed.complaints.contains("册.pdf page "), "\(changed.complaints)")
        try Data("no PDF".utf8).write(to: URL(fileURLWithPath: alone))
        #expect(try verify().status == 65)
    }

    @Test func anExportedVolumeIsPDFA3aAndCarriesItsManifest() throws {
        let folder = Program.scratch()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let number = try index().case
        let out = folder + "/册.pdf"
        let export = { try Program.run(Program.built("dossier"), ["export", number, "--volume", "1", "-o", out, "--workspace", Self.workspace]) }
        #expect(try export().status == 0)
        #expect(try export().status == 64, "nothing is written over without a word")
        if let verdict = try VeraPDF.check([out], flavours: ["3a", "ua1"]) { #expect(verdict.passes, "\(verdict.words)") }
        let verified = try Program.run(Program.built("dossier"), ["verify", out])
        #expect(verified.status == 0 && verified.output.contains("agrees with the manifest"), "\(verified.complaints)")
        let none = try Program.run(Program.built("dossier"), ["export", number, "--volume", "9", "-o", folder + "/x.pdf", "--workspace", Self.workspace])
        #expect(none.status == 65 && !FileManager.default.fileExists(atPath: folder + "/x.pdf"))
    }

    @Test func verifyAgreesAndNamesWhatWasChanged() throws {
        let number = try index().case
        let verify = { try Program.run(Program.built("dossier"), ["verify", number, "--workspace", Self.workspace]) }
        let untouched = try verify()
        #expect(untouched.status == 0, "\(untouched.complaints)")
        let victim = URL(fileURLWithPath: try volumes()[0])
        let original = try Data(contentsOf: victim)
        var changed = original
        changed[changed.count / 2] ^= 1
        try changed.write(to: victim)
        let outcome = try verify()
        try original.write(to: victim)
        #expect(outcome.status == 65)
        #expect(outcome.complaints.contains(victim.lastPathComponent), "\(outcome.complaints)")
    }

    /// A disc that was handed out: checked without the workspace, against the office's public key.
    @Test func aSignedFolderIsProvableWithoutItsWorkspace() throws {
        let number = try index().case, place = Program.scratch()
        try FileManager.default.copyItem(atPath: Self.workspace, toPath: place)
        defer { try? FileManager.default.removeItem(atPath: place) }
        let key = place + "/office.key", stranger = place + "/stranger.key"
        for file in [key, stranger] { #expect(try Program.dossier("keys", "new", file).status == 0) }
        #expect(try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int == 0o600)
        #expect(try Program.dossier("keys", "new", key).status == 74, "a key is never overwritten")
        let disc = place + "/disc"
        let unsigned = try Program.dossier("verify", number, "--key", key + ".pub", "-w", place)
        #expect(unsigned.status == 65 && unsigned.complaints.contains("not signed"))
        #expect(try Program.dossier("keys", "sign", number, "--key", key, "-w", place).status == 0)
        try FileManager.default.copyItem(atPath: place + "/cases/" + (caseFolder().path as NSString).lastPathComponent, toPath: disc)
        let good = try Program.dossier("verify", disc, "--key", key + ".pub")
        #expect(good.status == 0, "\(good.complaints)")
        #expect(try Program.dossier("verify", disc, "--key", stranger + ".pub").complaints.contains("another key"))
        let signature = try Data(contentsOf: URL(fileURLWithPath: disc + "/manifest.json.sig"))
        let schema = try SchemaCheck(Data(contentsOf: URL(fileURLWithPath: Program.repository + "/Schemas/signature.schema.json")))
        #expect(try schema.faults(in: signature) == [])
        // One bit of one picture: the page is named.
        let volume = URL(fileURLWithPath: disc + "/" + (try index().volumes[0].pdf))
        let bytes = try Data(contentsOf: volume)
        let picture = try #require(bytes.range(of: Data("DCTDecode".utf8)) ?? bytes.range(of: Data("JBIG2Decode".utf8)))
        let stream = try #require(bytes.range(of: Data("stream\n".utf8), in: picture.upperBound..<bytes.endIndex))
        var changed = bytes
        changed[stream.upperBound + 500] ^= 1
        try changed.write(to: volume)
        let flipped = try Program.dossier("verify", disc, "--json")
        #expect(flipped.status == 65 && flipped.output.contains("page "), "\(flipped.output)")
        try bytes.write(to: volume)
        // A page less, two pages exchanged.
        let pages = URL(fileURLWithPath: disc + "/pages.jsonl")
        let lines = try String(contentsOf: pages, encoding: .utf8).split(separator: "\n")
        for other in [Array(lines.dropLast()), [lines[1], lines[0]] + lines.dropFirst(2), lines + [lines[0]]] {
            try (other.joined(separator: "\n") + "\n").write(to: pages, atomically: true, encoding: .utf8)
            #expect(try Program.dossier("verify", disc, "--key", key + ".pub").status == 65)
        }
    }

    @Test func oneChineseCharacterIsFoundOnEveryPageThatHasIt() throws {
        let expected = try records().filter { $0.disposition == .page && $0.lines.contains { $0.text.contains("盗") } }.count
        #expect(expected > 0)
        let outcome = try Program.run(
            Program.built("dossier"), ["search", "盗", "--workspace", Self.workspace, "--json", "--limit", "1000"])
        let result = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(result["total"] as? Int == expected)
    }

    /// What the command lists is what the records and the index hold; the index as JSON keeps what concerns a volume.
    @Test func everyFindingIsListed() throws {
        let outcome = try Program.dossier("findings", index().case, "--workspace", Self.workspace, "--severity", "note", "--json")
        let rows = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
        let ofPages = try records().flatMap(\.findings)
        #expect(rows.count { $0["image"] != nil } == ofPages.count)
        #expect(Set(rows.compactMap { $0["message"] as? String }).isSuperset(of: ofPages.map(\.message)))
        #expect(outcome.status == (ofPages.contains { $0.severity >= .warn } ? 1 : 0))
        #expect(try Program.dossier("findings", "乙", "--workspace", Self.workspace).complaints.contains("there is no case"))
        #expect(try Program.dossier("search", "甲", "--case", "乙", "--workspace", Self.workspace).status == 65)
    }

    @Test func runningAgainReadsNothingAndChangesNothing() throws {
        let before = try caseFolder().contents()
        let outcome = try Program.dossier("run", Program.repository + "/samples/scans", "--workspace", Self.workspace, "--json")
        #expect(try RunResult(outcome).imagesRead == 0)
        #expect(try caseFolder().contents() == before)
    }
}
