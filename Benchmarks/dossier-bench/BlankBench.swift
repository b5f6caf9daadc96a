import ArgumentParser
import DossierModel
import Foundation
import ImageCodecs
import Imaging
import QualityControl
import SampleCases

/// Counts which pages are called blank.
struct BlankBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blanks", abstract: "Measure the blank decision on blank backs and on written pages that look nearly as empty.",
        discussion: """
            Grey and coloured pages go through JPEG. blank: left out. read: so much shines through
            that the page is read before it is left out. asked: kept, and a person asked. kept: taken for written by the pixels
            alone; where hardly anything can be read beside much show-through, the pipeline asks about those, too. told: left out,
            with the finding that it is whiter than the paper of the case.

            Examples:
              dossier-bench blanks --seed 51 --pages 60 --details
            """)

    @Option(help: "Seed; take one that tuning never saw.") var seed: UInt64 = 51
    @Option(help: "Printed pages; blank backs come on top.") var pages = 60
    @Option(help: "easy, mixed or hard.") var difficulty = "hard"
    @Flag(help: "Name every blank page that is kept and every written one that is left out.") var details = false
    @Option(help: ArgumentHelp("Write those pages here as PNG.", valueName: "folder")) var write: String?

    private enum Outcome: String, CaseIterable { case blank, told, read, asked, kept }

    func validate() throws {
        guard pages >= 12 else { throw ValidationError("a case has at least 12 pages; give --pages 12 or more") }
        guard Difficulty(rawValue: difficulty) != nil else { throw ValidationError("--difficulty is easy, mixed or hard") }
    }

    func run() throws {
        let folder = NSTemporaryDirectory() + "dossier-blanks-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var pages: [(kind: BlankTrial.Kind, outcome: Outcome)] = []
        var records: [PageRecord] = []
        try BlankTrial(seed: seed, pages: self.pages, difficulty: Difficulty(rawValue: difficulty)!).forEach { page in
            let number = pages.count + 1
            let raster = try ExaminedPage.delivered(page.raster, folder)
            let examination = PageExamination(raster, dpi: page.dpi)
            let outcome = Self.outcome(examination.blank)
            pages.append((page.kind, outcome))
            records.append(Self.record(number, raster, examination))
            guard page.kind == .blank ? outcome != .blank : outcome == .blank || outcome == .read else { return }
            if details { print("\(number) \(page.kind): \(outcome) \(examination.blank.words) clipped \(examination.measures.clipped), \(page.note)") }
            if let write { try Data(PNGCodec.encode(raster.scaled(by: 0.5), dpi: nil)).write(to: URL(fileURLWithPath: "\(write)/\(number)-\(page.kind)-\(outcome).png")) }
        }
        for (image, _) in WhiteBlanks.findings(in: records) where pages[image - 1].outcome == .blank { pages[image - 1].outcome = .told }
        for kind in BlankTrial.Kind.allCases {
            let counts = Dictionary(grouping: pages.filter { $0.kind == kind }, by: \.outcome).mapValues(\.count)
            print("\(kind): " + Outcome.allCases.map { "\($0) \(counts[$0] ?? 0)" }.joined(separator: ", "))
        }
    }

    private static func record(_ number: Int, _ raster: Raster, _ examination: PageExamination) -> PageRecord {
        let digest = SHA256Digest(hex: String(format: "%064x", number))!
        return PageRecord(
            image: number, file: "", frame: 1, fileSHA256: digest, rasterSHA256: digest, disposition: examination.blank.verdict == .yes ? .blank : .page,
            score: 1, rotation: .none, skew: 0, dpi: nil, size: nil, mode: raster.mode, volume: 1, document: nil, folio: nil, lines: [], findings: [],
            quality: examination.measures)
    }

    private static func outcome(_ blank: BlankMeasure) -> Outcome {
        switch blank.verdict {
        case .yes: blank.isWorthReading ? .read : .blank
        case .ask: .asked
        case .no: .kept
        }
    }
}
