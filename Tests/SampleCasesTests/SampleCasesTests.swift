import DossierModel
import Foundation
import ImageCodecs
import SampleCases
import Testing

/// A folder that goes away with the test.
private func inTemporaryFolder<T>(_ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("samples-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}

private func contents(_ folder: String) -> [String: Data] {
    var files: [String: Data] = [:]
    for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
        files[name] = FileManager.default.contents(atPath: folder + "/" + name)
    }
    return files
}

private var repositorySamples: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("samples").path
}

@Test func theSameSeedGivesTheSameBytes() throws {
    try inTemporaryFolder { folder in
        for (name, seed) in [("a", 11), ("b", 11), ("c", 12)] {
            try CaseWriter(folder: folder + "/" + name).write(.init(seed: UInt64(seed), pages: 12, difficulty: .hard))
        }
        let first = contents(folder + "/a")
        #expect(first.count > 3)
        #expect(first == contents(folder + "/b"))
        #expect(first != contents(folder + "/c"))
    }
}

@Test func theCommittedSamplesAreExactlyWhatTheCommandMakes() throws {
    try inTemporaryFolder { folder in
        try CaseWriter(folder: folder).writeCommitted()
        let made = contents(folder)
        // Values for legal documents are written by hand.
        let committed = contents(repositorySamples).filter { $0.key != "README.md" && !$0.key.hasPrefix("documents") }
        #expect(Set(made.keys) == Set(committed.keys))
        for (name, bytes) in made { #expect(committed[name] == bytes, "\(name) differs") }
        #expect(made.values.reduce(0) { $0 + $1.count } < 8_000_000)
    }
}

@Test func theCommittedSamplesHoldEveryTroubleOnce() throws {
    let data = try #require(FileManager.default.contents(atPath: repositorySamples + "/truth.json"))
    let truth = try JSONDecoder().decode(CaseTruth.self, from: data)
    #expect((36...48).contains(truth.images.count))
    #expect(Set(truth.images.map { ($0.file as NSString).pathExtension }) == ["tif", "jpg", "png", "pdf"])
    #expect(Set(truth.images.map(\.mode)) == Set(ColourMode.allCases))
    #expect(truth.images.filter { $0.disposition == .separator }.count == 1)
    #expect(truth.images.filter { $0.disposition == .blank }.count >= 4)
    #expect(truth.images.filter { $0.rotation == .clockwise90 }.count == 1)
    #expect(truth.images.filter { $0.rotation == .half }.count == 1)
    #expect(truth.images.contains { abs($0.skew) > 2 })
    #expect(Set(truth.images.flatMap(\.marks).map(\.kind)) == ["seal", "fingerprint", "signature"])
    for volume in 1...2 {
        let folios = truth.images.filter { $0.volume == volume }.compactMap(\.folio)
        #expect(folios == (1...folios.count).map(String.init))
    }
}

@Test func theFilesHoldWhatTheTruthSays() throws {
    try inTemporaryFolder { folder in
        let truth = try CaseWriter(folder: folder).write(.init(seed: 21, pages: 16, difficulty: .mixed))
        for image in truth.images {
            let survey = ScannerFiles.survey(path: folder + "/scans/" + image.file, name: image.file, settings: .init())
            let frames = truth.images.filter { $0.file == image.file }.count
            #expect(survey.frames.count == frames && survey.findings.isEmpty, "\(image.file): \(survey.findings)")
            #expect(survey.frames[image.frame - 1].size == image.size)
        }
        #expect(truth.images.map(\.image) == Array(1...truth.images.count))
        for document in truth.documents {
            let own = truth.images.filter { $0.volume == document.volume && $0.document == document.document }
            #expect(own.first?.image == document.firstImage && own.last?.image == document.lastImage)
        }
    }
}

@Test func aPlainCaseIsUprightAndHasNoBlanks() throws {
    try inTemporaryFolder { folder in
        let truth = try CaseWriter(folder: folder).write(.init(seed: 3, pages: 12, isPlain: true, writesTruth: false))
        #expect(truth.images.allSatisfy { $0.disposition == .page && $0.rotation == .none && $0.skew == 0 && $0.mode == .grey })
        #expect(!FileManager.default.fileExists(atPath: folder + "/truth.json") && !FileManager.default.fileExists(atPath: folder + "/facts-truth.json"))
        #expect(FileManager.default.fileExists(atPath: folder + "/scans/batch.yaml"))
    }
}

/// What the papers are about is told beside them; the committed case has no such file, its bytes are settled.
@Test func aGeneratedCaseTellsItsFacts() throws {
    try inTemporaryFolder { folder in
        let truth = try CaseWriter(folder: folder).write(.init(seed: 3, pages: 16, isPlain: true))
        let facts = try JSONDecoder().decode(FactTruth.self, from: #require(FileManager.default.contents(atPath: folder + "/facts-truth.json")))
        let text = truth.images.flatMap(\.lines).map { $0.text.filter { !$0.isWhitespace } }.joined()
        #expect(facts.charge == truth.cause && facts.persons.prefix(2).allSatisfy { $0.role == "犯罪嫌疑人" } && text.contains(facts.persons[0].name))
        let ordered = truth.documents.filter { ["拘留证", "逮捕证", "批准逮捕决定书", "延长拘留期限通知书"].contains($0.title) }
        #expect(!ordered.isEmpty && facts.measures.map(\.date) == ordered.map(\.date) && facts.measures.allSatisfy { $0.person == facts.persons[0].name })
    }
}
