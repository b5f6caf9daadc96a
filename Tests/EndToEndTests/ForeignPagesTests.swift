import DossierModel
import Foundation
import TestTools
import Testing

/// Pages that no office made, of the shared corpus: nothing on them is called a dossier document.
@Suite(.enabled(if: ForeignPages.arePresent, "the shared corpus is not here")) struct ForeignPagesTests {
    @Test func nothingIsCalledADossierDocumentThatIsNone() throws {
        let scans = try ScanFolder()
        for name in ForeignPages.names {
            try FileManager.default.copyItem(atPath: ForeignPages.folder + "/" + name, toPath: scans.path + "/" + name)
        }
        let workspace = scans.path + "-w"
        let run = try Program.dossier("run", scans.path, "--case", "甲", "--workspace", workspace)
        try #require(run.status <= 1, "\(run.complaints)")
        let index = try CaseFolder(workspace + "/cases/甲").index()
        let documents = index.volumes.flatMap(\.documents)
        #expect(!documents.isEmpty)
        #expect(documents.allSatisfy { $0.score < 0.8 && $0.documentNumber == nil }, "\(documents.map(\.title))")
    }
}

enum ForeignPages {
    static let folder = (ProcessInfo.processInfo.environment["DOSSIER_CORPUS"]
        ?? ((Program.repository as NSString).deletingLastPathComponent) + "/shared/corpus") + "/scans"
    /// A fixed part that is read quickly; with DOSSIER_WHOLE_CORPUS set, everything.
    static let names: [String] = {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let scans = all.filter { $0.hasSuffix(".pdf") || $0.hasSuffix(".png") }.sorted()
        guard ProcessInfo.processInfo.environment["DOSSIER_WHOLE_CORPUS"] == nil else { return scans }
        return scans.filter { ["ccitt.pdf", "linn.png"].contains($0) }
    }()
    static var arePresent: Bool { !names.isEmpty }
}
