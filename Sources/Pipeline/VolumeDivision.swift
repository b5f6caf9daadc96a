import Cataloguing
import DossierModel
import VolumeSheets

/// Divides a volume's pages among PDFs. Custom binds about 200 pages to a volume; a document is never torn.
struct VolumeDivision {
    let titles: TitleKnowledge
    /// 0: never divided.
    let pagesPerPart: Int
    /// Separator sheets are bound where they lay.
    var bindsSheets = false

    /// The volume in one part where it fits, in several otherwise; none when it has no page to bind.
    ///
    /// - Parameter images: those of the catalogue's pages, in the same order.
    func parts(of catalogue: VolumeCatalogue, images: [ScannedImage]) -> [BoundVolume] {
        let pages = zip(images, catalogue.pages).filter { $1.disposition == .page || (bindsSheets && $1.disposition == .separator) }
            .map { BoundVolume.Page(image: $0, folio: $1.folio, document: $1.document.map { $0 - 1 }) }
        let ranges = ranges(pages)
        let firsts = ranges.map { pages[$0.lowerBound].image.number }
        return ranges.enumerated().map { index, range in
            let from = index == 0 ? 0 : firsts[index]
            let to = index + 1 < firsts.count ? firsts[index + 1] : .max
            return BoundVolume(
                catalogue: catalogue, images: images.map(\.number).filter { $0 >= from && $0 < to }, pages: Array(pages[range]),
                listed: listed(catalogue, from: from, to: to), firstNumber: range.lowerBound + 1,
                part: ranges.count > 1 ? .init(number: index + 1, of: ranges.count) : nil,
                pdfName: name(catalogue, part: ranges.count > 1 ? index + 1 : nil))
        }
    }

    private func name(_ catalogue: VolumeCatalogue, part: Int?) -> String {
        "第\(catalogue.number)册" + (part.map { "第\($0)分册" } ?? "") + "-\(catalogue.kind.chineseName).pdf"
    }

    /// As many whole documents as fit, one at least.
    private func ranges(_ pages: [BoundVolume.Page]) -> [Range<Int>] {
        guard !pages.isEmpty else { return [] }
        guard pagesPerPart > 0, pages.count > pagesPerPart else { return [0..<pages.count] }
        var ranges: [Range<Int>] = []
        var start = 0
        var reached = 0
        for end in ends(pages) {
            if end - start > pagesPerPart, reached > start {
                ranges.append(start..<reached)
                start = reached
            }
            reached = end
        }
        return ranges + [start..<pages.count]
    }

    /// Where a document ends. Pages of no document stay with what stands before them.
    private func ends(_ pages: [BoundVolume.Page]) -> [Int] {
        pages.indices.dropFirst().filter { pages[$0].document != nil && pages[$0].document != pages[$0 - 1].document } + [pages.count]
    }

    /// The cover, the catalogue and the docket sheet of the paper are no rows of a catalogue.
    private func listed(_ catalogue: VolumeCatalogue, from: Int, to: Int) -> [Int] {
        let wrappers = Set(titles.titles.filter { ![.ordinary, .statement].contains($0.role) }.map(\.code))
        return catalogue.documents.indices.filter { index in
            let document = catalogue.documents[index]
            return document.firstImage >= from && document.firstImage < to && !(document.code.map(wrappers.contains) ?? false)
        }
    }
}
