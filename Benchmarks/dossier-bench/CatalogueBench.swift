import ArgumentParser
import Cataloguing
import DossierModel
import Foundation

/// Measures the catalogue stage alone, over pages read before or over the truth's own lines with slips in them.
struct CatalogueBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue", abstract: "Measure the catalogue stage alone against the truth of a generated case.",
        discussion: """
            CASE is a folder of “dossier-samples generate”. With --records the pages are those a real engine read, in the
            pages.jsonl of a published case; without, the truth's own lines with slips an engine makes. Where the case has a
            facts-truth.json, precision and recall of each kind of fact follow.

            Examples:
              dossier-bench catalogue case --records workspace/cases/A1/pages.jsonl
              dossier-bench catalogue case --slips 0.02 --separators --details
            """)

    @Argument(help: "Folders of generated cases.", completion: .directory) var cases: [String]
    @Option(help: "pages.jsonl of the published case, for one CASE.", completion: .file(extensions: ["jsonl"])) var records: String?
    @Option(help: "Share of characters misread where there are no records, 0 to 1.") var slips = 0.02
    @Flag(help: "A separator sheet before every document.") var separators = false
    @Flag(help: "Without the names of the parties in batch.yaml.") var unnamed = false
    @Flag(help: "Name every difference.") var details = false

    func validate() throws {
        if records != nil, cases.count != 1 { throw ValidationError("--records belongs to one case; give one CASE") }
    }

    func run() throws {
        var (total, facts) = (CatalogueTally(), FactTally?.none)
        for folder in cases {
            let truth = try JSONDecoder().decode(Truth.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/truth.json")))
            var images = try records.map { try RecordedPages(path: $0).pages } ?? SimulatedPages(slips: slips).pages(of: truth)
            if separators { images = SimulatedPages.separated(images, truth) }
            let (volumes, parties, seconds) = try catalogued(images, in: folder)
            total.add(CatalogueTally(truth, volumes, seconds: seconds, images: images.count))
            guard let known = FileManager.default.contents(atPath: folder + "/facts-truth.json") else { continue }
            let sheet = FactSheet.collected(case: folder, volumes: volumes, parties: parties.map { .init(name: $0, role: nil) })
            facts = facts ?? FactTally()
            facts!.add(FactTally(sheet, try JSONDecoder().decode(FactTruth.self, from: known), truth))
        }
        if details { (total.complaints + (facts?.complaints ?? [])).forEach { print($0) } }
        print(total.text)
        if let facts { print(facts.text) }
    }

    /// Names the generator wrote into `batch.yaml`, one `- name: "…"` a line.
    private static func parties(of folder: String) throws -> [String] {
        let sheet = try String(contentsOf: URL(fileURLWithPath: folder + "/scans/batch.yaml"), encoding: .utf8)
        return sheet.matches(of: /- name: "([^"]+)"/).map { String($0.1) }
    }

    private func catalogued(_ images: [(volume: Int, page: CataloguePage)], in folder: String) throws -> ([VolumeCatalogue], parties: [String], seconds: Double) {
        let parties = unnamed ? [] : try Self.parties(of: folder)
        var volumes: [VolumeCatalogue] = []
        _ = TitleKnowledge.standard
        let start = DispatchTime.now().uptimeNanoseconds
        for number in Set(images.map(\.volume)).sorted() {
            volumes.append(Cataloguer.catalogue(CatalogueVolume(number: number, kind: nil, pages: images.filter { $0.volume == number }.map(\.page)), parties: parties))
        }
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        return (volumes, parties, seconds)
    }
}

/// Pages as an engine read them, from a published case.
struct RecordedPages {
    let pages: [(volume: Int, page: CataloguePage)]

    init(path: String) throws {
        var volume = 1
        pages = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8).split(separator: "\n").map { line in
            let record = try JSONDecoder().decode(PageRecord.self, from: Data(line.utf8))
            // Blanks are in no volume; they follow the sheet they back.
            volume = record.volume ?? volume
            return (volume, Self.page(record))
        }
    }

    private static func page(_ record: PageRecord) -> CataloguePage {
        let geometry = PageGeometry(source: record.size ?? PixelSize(width: 1240, height: 1754), rotation: record.rotation, skew: record.skew)
        let lines = record.lines.map {
            RecognisedLine(text: $0.text, quad: geometry.uprightQuad(ofSource: $0.box), confidence: $0.confidence, characterSpans: [])
        }
        return CataloguePage(
            image: record.image, size: geometry.upright, dpi: record.dpi ?? Resolution(x: 150, y: 150),
            disposition: record.disposition == .separator ? .separator : record.disposition, lines: lines,
            seals: (record.seals ?? []).map { CataloguePage.Seal($0, on: geometry) })
    }
}

/// The printed lines with the slips an engine makes: look-alikes mostly, now and then a character lost or
/// a line missed.
struct SimulatedPages {
    let slips: Double
    private static let looks = [
        "此北", "院阮脘", "搜艘", "年耳", "日曰口", "月目用", "审窜", "申巾", "辩辨", "讯汛", "诉沂", "证诳", "书节", "捕浦", "押抻", "侯候", "逮递", "未末", "问间", "卷巻", "0O", "1l",
        "决诀", "定走", "立主", "案宰", "录彔", "通诵", "知如", "拘枸", "留畄", "检捡", "清请", "单草",
    ]

    func pages(of truth: Truth) -> [(volume: Int, page: CataloguePage)] {
        var random = Xorshift(state: 0x9E37_79B9_7F4A_7C15)
        return truth.images.map { image in
            let geometry = PageGeometry(source: image.size, rotation: image.rotation, skew: image.skew)
            let lines = (image.lines ?? []).compactMap { line -> RecognisedLine? in
                guard !random.chance(slips / 4) else { return nil }
                return RecognisedLine(text: misread(line.text, &random), quad: geometry.uprightQuad(ofSource: line.box), confidence: 0.9, characterSpans: [])
            }
            return (image.volume, CataloguePage(image: image.image, size: geometry.upright, dpi: image.dpi, disposition: image.disposition, lines: lines))
        }
    }

    private func misread(_ text: String, _ random: inout Xorshift) -> String {
        String(text.compactMap { character -> Character? in
            guard random.chance(slips) else { return character }
            if random.chance(0.1) { return nil }
            guard let group = Self.looks.first(where: { $0.contains(character) }) else { return random.chance(0.5) ? "囗" : character }
            let others = group.filter { $0 != character }
            return others.randomElement(using: &random) ?? character
        })
    }

    /// The same pages with an operator's sheet before every document.
    static func separated(_ images: [(volume: Int, page: CataloguePage)], _ truth: Truth) -> [(volume: Int, page: CataloguePage)] {
        let starts = Set(truth.documents.map(\.firstImage))
        return images.flatMap { volume, page -> [(volume: Int, page: CataloguePage)] in
            guard starts.contains(page.image) else { return [(volume, page)] }
            let sheet = CataloguePage(image: 1_000_000 + page.image, size: page.size, dpi: page.dpi, disposition: .separator, lines: [])
            return [(volume, sheet), (volume, page)]
        }
    }
}

/// Xorshift (Marsaglia 2003): the same slips every time.
struct Xorshift: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    mutating func chance(_ probability: Double) -> Bool { Double(next() >> 11) / Double(1 << 53) < probability }
}
