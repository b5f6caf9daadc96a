import ArgumentParser
import Cataloguing
import DossierModel
import Foundation

/// Takes pages away, doubles and swaps them in a case that was read, and counts what the catalogue stage reports.
struct CompletenessBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completeness", abstract: "Measure what is reported of missing, doubled and swapped pages.",
        discussion: """
            CASE is a folder of “dossier-samples generate”, RECORDS the pages.jsonl of the case published from it. Each numbered
            page is taken away once, doubled once and swapped with the next once; every trial is one volume catalogued anew.

            Example:
              dossier-bench completeness case --records workspace/cases/A1/pages.jsonl --details
            """)

    @Argument(help: "Folder of a generated case.", completion: .directory) var folder: String
    @Option(help: "pages.jsonl of the published case.", completion: .file(extensions: ["jsonl"])) var records: String
    @Option(help: "Try every n-th page only.") var every = 1
    @Flag(help: "Name every miss.") var details = false

    func validate() throws {
        guard every > 0 else { throw ValidationError("--every is 1 or more") }
    }

    func run() throws {
        let truth = try JSONDecoder().decode(Truth.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/truth.json")))
        let volumes = Dictionary(grouping: try RecordedPages(path: records).pages, by: \.volume).mapValues { $0.map(\.page) }
        let folios = Dictionary(truth.images.map { ($0.image, $0.folio) }, uniquingKeysWith: { first, _ in first })
        var tally = CompletenessTally()
        for number in volumes.keys.sorted() { trials(number, volumes[number]!, folios, &tally) }
        if details { tally.complaints.forEach { print($0) } }
        print(tally.text)
    }

    private func trials(_ number: Int, _ pages: [CataloguePage], _ folios: [Int: String?], _ tally: inout CompletenessTally) {
        func catalogue(_ pages: [CataloguePage]) -> VolumeCatalogue { Cataloguer.catalogue(CatalogueVolume(number: number, kind: nil, pages: pages)) }
        let whole = catalogue(pages)
        tally.read(whole, folios)
        let numbered = pages.indices.filter { folios[pages[$0].image].flatMap { $0 } != nil }
        for at in stride(from: 0, to: numbered.count, by: every).map({ numbered[$0] }) {
            var less = pages
            less.remove(at: at)
            tally.count(.missing, whole, catalogue(less), page: pages[at].image)
            var more = pages
            var copy = pages[at]
            copy.image = 1_000_000 + copy.image
            more.insert(copy, at: at + 1)
            tally.count(.doubled, whole, catalogue(more), page: pages[at].image)
            guard let next = numbered.first(where: { $0 > at }) else { continue }
            var swapped = pages
            swapped.swapAt(at, next)
            tally.count(.swapped, whole, catalogue(swapped), page: pages[at].image)
        }
    }
}

struct CompletenessTally {
    enum Kind: String, CaseIterable { case missing, doubled, swapped }

    private var found: [Kind: Int] = [:]
    private var all: [Kind: Int] = [:]
    private var folios = (right: 0, stamped: 0, all: 0)
    private var alarms: [String] = []
    private(set) var complaints: [String] = []

    /// Findings that say that a page is missing, came twice or lies elsewhere.
    private static let kinds: Set<String> = [
        "folio.sequence", "folio.repeated", "folio.displaced", "folio.start", "folio.count", "document.page.missing", "document.page.order",
    ]

    private static func told(_ catalogue: VolumeCatalogue) -> [String] {
        (catalogue.findings + catalogue.pages.flatMap(\.findings) + CaseCheck.findings([catalogue]).map(\.finding)).filter { kinds.contains($0.id) }.map { "\($0.id): \($0.message)" }
    }

    mutating func read(_ catalogue: VolumeCatalogue, _ truth: [Int: String?]) {
        alarms += Self.told(catalogue).map { "volume \(catalogue.number), untouched: \($0)" }
        for page in catalogue.pages {
            guard let wanted = truth[page.image].flatMap({ $0 }) else { continue }
            folios.all += 1
            if page.folio == wanted { folios.right += 1 }
            if page.stamp.map(String.init) == wanted { folios.stamped += 1 }
        }
    }

    mutating func count(_ kind: Kind, _ whole: VolumeCatalogue, _ changed: VolumeCatalogue, page: Int) {
        all[kind, default: 0] += 1
        if Set(Self.told(changed)).subtracting(Self.told(whole)).isEmpty {
            complaints.append("\(kind), image \(page): nothing said")
        } else {
            found[kind, default: 0] += 1
        }
    }

    var text: String {
        let rows = Kind.allCases.map { kind in "\(kind): \(found[kind] ?? 0) of \(all[kind] ?? 0) reported" }
        return (rows + [
            "folios right \(folios.right) of \(folios.all) (\(Figure.percent(Double(folios.right) / Double(max(1, folios.all))))), stamps read right \(folios.stamped) (\(Figure.percent(Double(folios.stamped) / Double(max(1, folios.all)))))",
            "said of the untouched case: \(alarms.count)",
        ] + alarms).joined(separator: "\n")
    }
}
