import DossierModel
import Foundation
import TestTools
import Testing

/// Damaged, exotic and fuzzed files from other projects' test suites, a spread of them in one batch through the built
/// binary. With DOSSIER_WHOLE_CORPUS set, all of them, or with 2/5 the second of five parts; DOSSIER_CORPUS names another place than beside the checkout.
@Suite(.enabled(if: FaultCorpus.isPresent, "the shared corpus is not here")) struct FaultCorpusTests {
    @Test func everyFileEndsAsPagesOrAsAFindingAndTheBatchIsFinished() throws {
        let files = try FaultCorpus.chosen()
        let scans = try ScanFolder()
        for (number, file) in files.enumerated() {
            let type = (file.path as NSString).pathExtension
            try FileManager.default.copyItem(atPath: FaultCorpus.folder + "/" + file.path, toPath: "\(scans.path)/\(number).\(type)")
        }
        let workspace = Program.scratch()
        defer { try? FileManager.default.removeItem(atPath: workspace) }
        _ = try Program.dossier("init", "--workspace", workspace)
        // Drawn coarsely and not turned: what counts is whether a page comes in at all.
        try Data("intake:\n  renderDPI: 72\nclean:\n  straighten: false\nworkers:\n  pageTimeout: 60\n".utf8)
            .write(to: URL(fileURLWithPath: workspace + "/dossier.yaml"))
        let outcome = try Program.dossier("run", scans.path, "--case", "甲", "--engine", "tesseract", "--workspace", workspace, "--json")
        try #require(outcome.status <= 1, "\(outcome.complaints.suffix(2000))")
        #expect(try RunResult(outcome).reconciles)
        let published = try String(contentsOfFile: workspace + "/cases/甲/pages.jsonl", encoding: .utf8)
        #expect(!published.contains((workspace as NSString).lastPathComponent), "a product depends on where the workspace lies")
        try judge(files, try CaseFolder(workspace + "/cases/甲").records())
    }

    private func judge(_ files: [FaultCorpus.File], _ records: [PageRecord]) throws {
        let byFile = Dictionary(grouping: records, by: \.file)
        var (opened, taken) = (0, 0)
        for (number, file) in files.enumerated() {
            let own = byFile["\(number).\((file.path as NSString).pathExtension)"] ?? []
            #expect(!own.isEmpty, "\(file.path) is lost without a word")
            for record in own where record.rasterSHA256 == nil {
                let finding = record.findings.first { $0.severity == .block }
                #expect(finding?.message.contains(record.file) == true && finding?.remedy.isEmpty == false, "\(file.path)")
                #expect(finding?.id.hasPrefix("worker.crashed") != true, "\(file.path)")
            }
            guard file.opensElsewhere else { continue }
            opened += 1
            if own.first?.rasterSHA256 != nil { taken += 1 } else { print("not taken in: \(file.path): \(own.first?.findings.first?.message ?? "")") }
        }
        print("files that another decoder opens, taken in: \(taken) of \(opened); \(files.count) files in all, \(records.count) images")
        #expect(Double(taken) >= 0.97 * Double(opened))
    }
}

enum FaultCorpus {
    struct File {
        let path: String
        /// An independent decoder got a first page out of it.
        let opensElsewhere: Bool
    }

    static let folder = (ProcessInfo.processInfo.environment["DOSSIER_CORPUS"]
        ?? ((Program.repository as NSString).deletingLastPathComponent) + "/shared/corpus") + "/faults"
    static let isPresent = FileManager.default.fileExists(atPath: folder + "/expected.tsv")

    /// Every sixth image, every fifteenth PDF.
    static func chosen() throws -> [File] {
        let all = try String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8).split(separator: "\n").map(file)
        if let wish = ProcessInfo.processInfo.environment["DOSSIER_WHOLE_CORPUS"] {
            let part = wish.split(separator: "/").compactMap { Int($0) }
            guard part.count == 2, part[0] > 0, part[1] > 0 else { return all }
            return stride(from: part[0] - 1, to: all.count, by: part[1]).map { all[$0] }
        }
        let images = all.filter { !$0.path.hasPrefix("pdf/") }, documents = all.filter { $0.path.hasPrefix("pdf/") }
        return every(6, of: images) + every(15, of: documents)
    }

    private static func every(_ step: Int, of files: [File]) -> [File] {
        stride(from: step / 2, to: files.count, by: step).map { files[$0] }
    }

    /// Formats no scanner delivers (BMP, GIF …) are not counted.
    private static func file(_ line: Substring) -> File {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        let ours = ["TIFF", "PNG", "JPEG", "MPO"].contains(fields.count > 2 ? String(fields[2]) : "")
        let opens = fields[0].hasPrefix("pdf/") ? fields.contains("poppler_p1:0") : fields[1] == "ok" && ours
        return File(path: String(fields[0]), opensElsewhere: opens)
    }
}
