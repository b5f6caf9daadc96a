import ArgumentParser
import DossierModel
import Foundation
import ImageCodecs
import Imaging
import QualityControl
import SampleCases

/// Spoils pages in known ways and counts what quality control finds, and what it finds on good ones.
struct QualityBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality", abstract: "Measure quality control on pages spoilt in known ways.",
        discussion: """
            About half of the pages of an invented case are spoilt, each in one way; grey and coloured ones go through JPEG.
            Every page is examined as the clean stage does it, turned by the truth instead of the engine's orientation, and
            judged; texts for comparing pages that look alike are the truth's.

            Examples:
              dossier-bench quality --seed 7601 --pages 500
              dossier-bench quality --seed 51 --pages 60 --details --write misses/
            """)

    @Option(help: "Seed of the case; take one that tuning never saw.") var seed: UInt64 = 7601
    @Option(help: "Printed pages.") var pages = 500
    @Option(help: "Share of the pages that are spoilt, 0 to 1.") var share = 0.5
    @Option(help: "easy, mixed or hard.") var difficulty = "mixed"
    @Option(help: "Spoil pages in these ways only, by name, separated by commas.") var only: String?
    @Flag(help: "Name every miss and every false alarm, with its measures.") var details = false
    @Option(help: ArgumentHelp("Write the pages of misses and false alarms here as PNG.", valueName: "folder")) var write: String?

    func validate() throws {
        guard pages >= 12 else { throw ValidationError("a case has at least 12 pages; give --pages 12 or more") }
        guard kinds.allSatisfy({ $0 != nil }) else { throw ValidationError("--only: the ways are \(ScanFault.allCases.map(\.rawValue).joined(separator: ", "))") }
        guard Difficulty(rawValue: difficulty) != nil else { throw ValidationError("--difficulty is easy, mixed or hard") }
    }

    private var kinds: [ScanFault?] { only?.split(separator: ",").map { ScanFault(rawValue: String($0)) } ?? ScanFault.allCases }

    func run() throws {
        var tally = QualityTally()
        var cases: [Int: [ExaminedPage]] = [:]
        let folder = NSTemporaryDirectory() + "dossier-quality-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var number = 0
        try FaultyBatch(seed: seed, pages: pages, difficulty: Difficulty(rawValue: difficulty)!, share: share, kinds: kinds.compactMap(\.self)).forEach { page in
            number += 1
            let examined = try ExaminedPage(page, number: number, scratch: folder)
            cases[page.volume, default: []].append(examined)
            if let write { try keep(page, examined, in: write) }
        }
        let white = Dictionary(WhiteBlanks.findings(in: cases.values.flatMap { $0.map(\.record) }).map { ($0.image, $0.finding) }, uniquingKeysWith: { first, _ in first })
        for volume in cases.keys.sorted() { tally.add(cases[volume]!, white) }
        if details { tally.complaints.forEach { print($0) } }
        print(tally.text)
    }

    private func keep(_ page: FaultyBatch.Page, _ examined: ExaminedPage, in folder: String) throws {
        let found = PageJudge(Settings().quality).findings(of: examined.record).map(\.id)
        let expected = page.fault.map(QualityTally.expected) ?? []
        guard expected.isEmpty ? !found.isEmpty : Set(found).isDisjoint(with: expected) else { return }
        let name = "\(folder)/\(examined.record.image)-\(page.fault?.rawValue ?? "good").png"
        try Data(PNGCodec.encode(page.raster.scaled(by: 0.5), dpi: nil)).write(to: URL(fileURLWithPath: name))
    }
}

/// One page after the clean stage's look at it.
struct ExaminedPage {
    var record: PageRecord
    let fault: ScanFault?
    let folio: Int?
    let lines: [String]
    let hasLostSeal: Bool
    let note: String
    /// Blank decision, quality, skew and look; straightening and the engine's part left out.
    let seconds: Double
    /// Megapixels.
    let area: Double

    init(_ page: FaultyBatch.Page, number: Int, scratch: String) throws {
        let raster = try Self.delivered(page.raster, scratch)
        // Of the processor: the machine may be doing other work.
        let start = clock()
        let examination = PageExamination(raster, dpi: page.dpi)
        var measures = examination.measures
        let dpi = page.rotation.swapsSides ? Resolution(x: page.dpi.y, y: page.dpi.x) : page.dpi
        var view = raster.forRecognition(dpi: page.dpi).turned(page.rotation)
        let skew = Skew.measure(view, dpi: dpi, maximum: Settings().clean.maximumSkew)
        let turn = page.isStraightened && skew.verdict == .yes && abs(skew.degrees) >= Settings().clean.minimumSkew ? skew.degrees : 0
        if turn != 0 { view = view.straightened(skew: turn) }
        measures.note(skew, straightenedBy: turn)
        measures.look = PageLook.bits(of: view)
        seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        (fault, folio, lines, hasLostSeal, note) = (page.fault, page.folio, page.lines, page.hasLostSeal, page.note)
        area = Double(raster.width * raster.height) / 1e6
        let digest = SHA256Digest(hex: String(format: "%064x", raster.bytes.hashValue & Int.max))!
        record = PageRecord(
            image: number, file: "", frame: 1, fileSHA256: digest, rasterSHA256: digest, disposition: examination.blank.verdict == .yes ? .blank : .page,
            score: 1, rotation: page.rotation, skew: turn, dpi: page.dpi, size: PixelSize(width: raster.width, height: raster.height), mode: raster.mode,
            volume: page.volume, document: nil, folio: nil, lines: [], findings: [], quality: measures)
    }

    static func delivered(_ raster: Raster, _ folder: String) throws -> Raster {
        guard raster.mode != .bitonal else { return raster }
        let path = folder + "/page.jpg"
        try Data(JPEGCodec.encode(raster, quality: 68)).write(to: URL(fileURLWithPath: path))
        return try ScannerFiles.pixels(path: path, name: "page", frame: 1, settings: Settings.Intake())
    }
}

/// Found, missed, false alarms.
struct QualityTally {
    private var found: [ScanFault: Int] = [:]
    private var all: [ScanFault: Int] = [:]
    private var good = 0
    private var alarmed = 0
    private var asked = 0
    private var notes = 0
    private var alarms: [String: Int] = [:]
    private var lostSeals = (found: 0, all: 0)
    private var seconds: [(seconds: Double, area: Double)] = []
    private(set) var complaints: [String] = []

    /// Findings that name a fault. Washed-out print is washed-out print, by light or by age.
    static func expected(_ fault: ScanFault) -> Set<String> {
        switch fault {
        case .dark: ["page.dark"]
        case .bright, .faded: ["page.bright", "page.contrast", "page.blank.white"]
        case .blurred: ["page.blur"]
        case .streak: ["page.streak"]
        case .border: ["page.border"]
        case .cutOff: ["page.cut"]
        case .fold: ["page.fold"]
        case .skew: ["page.skew", "page.skew.unsure"]
        case .showThrough: ["page.show-through"]
        case .lostColour: ["page.colour.lost"]
        case .lowResolution: ["page.dpi.low"]
        case .wrongResolution: ["page.size"]
        case .duplicate: ["page.duplicate"]
        case .rescan: ["page.duplicate.ask"]
        }
    }

    /// - Parameter white: what is said of blanks that are too white, by image.
    mutating func add(_ pages: [ExaminedPage], _ white: [Int: Finding]) {
        let settings = Settings().quality
        let judge = VolumeJudge(pages.map(\.record), settings)
        var findings = Dictionary(uniqueKeysWithValues: pages.map { ($0.record.image, PageJudge(settings).findings(of: $0.record)) })
        let byImage = Dictionary(uniqueKeysWithValues: pages.map { ($0.record.image, $0) })
        for (image, finding) in judge.copies + judge.oddOnes { findings[image]!.append(finding) }
        let stamps = pages.compactMap { page in page.folio.map { (page.record.image, $0) } }
        for suspicion in judge.suspicions(stamps: Dictionary(uniqueKeysWithValues: stamps)) {
            let told = judge.finding(suspicion, byImage[suspicion.first]!.lines, byImage[suspicion.second]!.lines)
            if let told { findings[told.image]!.append(told.finding) }
        }
        for page in pages { count(page, findings[page.record.image]! + (white[page.record.image].map { [$0] } ?? [])) }
    }

    private mutating func count(_ page: ExaminedPage, _ findings: [Finding]) {
        seconds.append((page.seconds, page.area))
        var findings = findings
        if page.hasLostSeal {
            lostSeals.all += 1
            if findings.contains(where: { $0.id == "page.colour.lost" }) { lostSeals.found += 1 }
            findings.removeAll { $0.id == "page.colour.lost" }
        }
        guard let fault = page.fault else { return countGood(page, findings) }
        all[fault, default: 0] += 1
        if findings.contains(where: { Self.expected(fault).contains($0.id) }) {
            found[fault, default: 0] += 1
        } else {
            complain("missed \(fault)", page, findings)
        }
    }

    private mutating func countGood(_ page: ExaminedPage, _ findings: [Finding]) {
        good += 1
        if findings.contains(where: { $0.severity == .note }) { notes += 1 }
        let loud = findings.filter { $0.severity > .note }
        if loud.contains(where: { $0.id.hasSuffix(".ask") }) || findings.contains(where: { $0.id.hasSuffix("unsure") }) { asked += 1 }
        guard !loud.isEmpty else { return }
        alarmed += 1
        for finding in loud { alarms[finding.id, default: 0] += 1 }
        complain("false alarm", page, loud)
    }

    private mutating func complain(_ what: String, _ page: ExaminedPage, _ findings: [Finding]) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let measures = page.record.quality.flatMap { try? encoder.encode($0) }.map { String(decoding: $0, as: UTF8.self) } ?? ""
        complaints.append("\(page.record.image) \(what) [\(findings.map(\.id).joined(separator: " "))] \(page.record.disposition) \(page.note) \(measures)")
    }

    var text: String {
        var rows = ["| fault | found | of |", "|---|---|---|"]
        for fault in ScanFault.allCases { rows.append("| \(fault) | \(found[fault] ?? 0) | \(all[fault] ?? 0) |") }
        let (hits, faults) = (found.values.reduce(0, +), all.values.reduce(0, +))
        rows.append("| all | \(hits) (\(Figure.percent(Double(hits) / Double(max(1, faults))))) | \(faults) |")
        let times = seconds.map(\.seconds).sorted()
        let large = seconds.filter { $0.area > 8 }.map(\.seconds).sorted()
        return rows.joined(separator: "\n") + """


            good pages \(good), with a false alarm \(alarmed) (\(Figure.percent(Double(alarmed) / Double(max(1, good))))), asked \(asked), with a note \(notes)
            red seals in black and white, told where something of them is left: \(lostSeals.found) of \(lostSeals.all)
            false alarms by kind: \(alarms.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
            processor seconds per page: mean \(Figure.short(times.reduce(0, +) / Double(max(1, times.count)))), slowest \(Figure.short(times.last ?? 0)); \
            300 dpi: mean \(Figure.short(large.reduce(0, +) / Double(max(1, large.count)))), slowest \(Figure.short(large.last ?? 0))
            """
    }
}
