import ArgumentParser
import DossierModel
import Foundation
import ImageCodecs
import Imaging
import SampleCases

/// Counts which pages are called blank.
struct BlankBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blanks", abstract: "Measure the blank decision on blank backs and on written pages that look nearly as empty.",
        discussion: """
            Grey and coloured pages go through JPEG. blank: left out. read: so much shines through
            that the page is read before it is left out. asked: kept, and a person asked. kept: taken for written by the pixels
            alone; where hardly anything can be read beside much show-through, the pipeline asks about those, too.

            Examples:
              dossier-bench blanks --seed 51 --pages 60 --details
            """)

    @Option(help: "Seed; take one that tuning never saw.") var seed: UInt64 = 51
    @Option(help: "Printed pages; blank backs come on top.") var pages = 60
    @Option(help: "easy, mixed or hard.") var difficulty = "hard"
    @Flag(help: "Name every blank page that is kept and every written one that is left out.") var details = false
    @Option(help: ArgumentHelp("Write those pages here as PNG.", valueName: "folder")) var write: String?

    private enum Outcome: String, CaseIterable { case blank, read, asked, kept }

    func validate() throws {
        guard pages >= 12 else { throw ValidationError("a case has at least 12 pages; give --pages 12 or more") }
        guard Difficulty(rawValue: difficulty) != nil else { throw ValidationError("--difficulty is easy, mixed or hard") }
    }

    func run() throws {
        let folder = NSTemporaryDirectory() + "dossier-blanks-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var counts: [BlankTrial.Kind: [Outcome: Int]] = [:]
        var number = 0
        try BlankTrial(seed: seed, pages: pages, difficulty: Difficulty(rawValue: difficulty)!).forEach { page in
            number += 1
            let raster = try ExaminedPage.delivered(page.raster, folder)
            let examination = PageExamination(raster, dpi: page.dpi)
            let outcome = Self.outcome(examination.blank)
            counts[page.kind, default: [:]][outcome, default: 0] += 1
            guard page.kind == .blank ? outcome != .blank : outcome == .blank || outcome == .read else { return }
            if details { print("\(number) \(page.kind): \(outcome) \(examination.blank) clipped \(examination.measures.clipped), \(page.note)") }
            if let write { try Data(PNGCodec.encode(raster.scaled(by: 0.5), dpi: nil)).write(to: URL(fileURLWithPath: "\(write)/\(number)-\(page.kind)-\(outcome).png")) }
        }
        for kind in BlankTrial.Kind.allCases {
            print("\(kind): " + Outcome.allCases.map { "\($0) \(counts[kind]?[$0] ?? 0)" }.joined(separator: ", "))
        }
    }

    private static func outcome(_ blank: BlankMeasure) -> Outcome {
        switch blank.verdict {
        case .yes: blank.isWorthReading ? .read : .blank
        case .ask: .asked
        case .no: .kept
        }
    }
}
