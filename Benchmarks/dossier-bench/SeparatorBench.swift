import ArgumentParser
import Barcodes
import DossierModel
import Foundation
import ImageCodecs
import SampleCases

/// Measures how separator sheets are read among ordinary pages.
struct SeparatorBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "separators", abstract: "Measure how separator sheets are read, and what is taken for one.",
        discussion: """
            Every page goes through the reader of bar codes and patch codes alone; characters are counted as printed.
            found: the sheet's order. asked: left to a person. missed: taken for a page. wrong: taken for another order.
            false: an ordinary page taken for a sheet.

            Examples:
              dossier-bench separators --seed 51 --pages 100 --details
              dossier-bench separators --seed 7501 --pages 500
            """)

    @Option(help: "Seed; take one that tuning never saw.") var seed = 7501
    @Option(help: "Ordinary pages; sheets come on top.") var pages = 500
    @Option(help: "Sheets for each ordinary page.") var sheets = 0.25
    @Flag(help: "Name every page that was not read right.") var details = false
    @Option(help: ArgumentHelp("Write those pages here as PNG.", valueName: "folder")) var write: String?

    func run() throws {
        var settings = Settings.Separate()
        settings.documentPatches = "1 2 3 4 6 T"
        let rules = try SeparatorRules(settings)
        var tally = SeparatorTally()
        try SeparatorTrial(seed: UInt64(seed), pages: pages, sheetsPerPage: sheets).forEach { page in
            let start = clock()
            let reading = BarcodeReader.read(page.raster, dpi: page.dpi)
            // Of the processor, so that other work on the machine does not count.
            let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
            let outcome = Self.outcome(page, rules.verdict(on: reading, glyphs: page.glyphs), reading)
            tally.add(page, outcome, seconds)
            guard outcome.isFault else { return }
            if details { print("\(outcome) \(page.name): \(reading.codes.map { "\($0.symbology.rawValue) \($0.payload)" }) unread \(reading.unread.count)") }
            if let write { try Data(PNGCodec.encode(page.raster, dpi: page.dpi)).write(to: URL(fileURLWithPath: "\(write)/\(seed)-\(tally.seconds.count).png")) }
        }
        print(tally.text)
    }

    private static func outcome(_ page: SeparatorTrial.Page, _ verdict: SeparatorVerdict, _ reading: BarcodeReading) -> SeparatorTally.Outcome {
        guard let sheet = page.sheet else { return verdict == .no ? .ordinary : verdict.marks.isEmpty ? .askedOfPage : .falseSheet }
        switch verdict {
        case .no: return .missed
        case .ask: return .asked
        case .yes(let marks):
            let isRight = sheet.patch.map { patch in marks.contains { $0.payload == patch } } ?? (marks.map(\.order) == [sheet.order])
            return isRight ? .found : .wrong
        }
    }
}

struct SeparatorTally {
    enum Outcome: String, CaseIterable {
        case found, asked, missed, wrong, ordinary, askedOfPage, falseSheet

        var isFault: Bool { self != .found && self != .ordinary }
    }

    private var counts: [Outcome: Int] = [:]
    private var byInjury: [SeparatorTrial.Injury: [Outcome: Int]] = [:]
    private(set) var seconds: [Double] = []
    private var ofPages: [Double] = []

    mutating func add(_ page: SeparatorTrial.Page, _ outcome: Outcome, _ seconds: Double) {
        counts[outcome, default: 0] += 1
        self.seconds.append(seconds)
        if let sheet = page.sheet { byInjury[sheet.injury, default: [:]][outcome, default: 0] += 1 } else { ofPages.append(seconds) }
    }

    private func count(_ outcome: Outcome) -> Int { counts[outcome] ?? 0 }

    var text: String {
        let sheets = count(.found) + count(.asked) + count(.missed) + count(.wrong)
        let ordinary = count(.ordinary) + count(.askedOfPage) + count(.falseSheet)
        var lines = [
            "\(sheets) sheets: \(count(.found)) found, \(count(.asked)) asked, \(count(.missed)) missed, \(count(.wrong)) wrong "
                + String(format: "(%.2f %% found)", 100 * Double(count(.found)) / Double(max(1, sheets))),
            "\(ordinary) ordinary pages: \(count(.falseSheet)) false, \(count(.askedOfPage)) asked",
            String(format: "processor seconds per ordinary page: mean %.4f, slowest %.4f", ofPages.reduce(0, +) / Double(max(1, ofPages.count)), ofPages.max() ?? 0),
        ]
        for injury in SeparatorTrial.Injury.allCases {
            let own = byInjury[injury] ?? [:]
            let words = [Outcome.found, .asked, .missed, .wrong].map { "\(own[$0] ?? 0) \($0)" }.joined(separator: ", ")
            lines.append("  \(injury.rawValue): \(words)")
        }
        return lines.joined(separator: "\n")
    }
}
