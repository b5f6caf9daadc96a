public import DossierModel

/// Recognised pages in, catalogue out. Pure: the same pages give the same catalogue.
///
/// Every `.page` of the volume ends up in exactly one document; pages before the first title make one called
/// 未识别文书. Documents follow one another in scan order. Blank and rejected images belong to none and end none;
/// a separator ends one. A page without text goes on with the document before it.
///
/// Scores of documents are three-way: 0.8 and above, taken; 0.4 to 0.8, taken, but with the finding
/// `document.start.ask` on the first page; a beginning below 0.4 is not taken. A document whose title could not be
/// read has at most 0.4 and the finding `document.title.unknown`.
///
/// Titles are given as they stand in the title table; statements are called after the person and the time (“张三第二次讯问笔录”),
/// and that person is their author (DOMAIN.md §3.3). Document numbers have six-corner brackets round the year and full-width round
/// brackets elsewhere.
///
/// Page numbers are those stamped at the upper corners as long as they form one sequence; what is missing between them
/// is inferred, and without such a sequence the delivered pages are counted from 1. Cover, catalogue, docket sheet and
/// back cover carry none.
public enum Cataloguer {
    /// Id of the stage.
    public static let stage = "catalogue"
    /// Changes whenever the same pages may give another catalogue.
    public static let version = "catalogue/3"

    public static func catalogue(_ volume: CatalogueVolume, titles: TitleKnowledge = .standard) -> VolumeCatalogue {
        let reading = VolumeReading(volume, titles)
        let folios = VolumeFolios(reading)
        return VolumeCatalogue(
            number: volume.number, kind: volume.kind ?? VolumeKindVote.kind(of: reading),
            documents: reading.segments.map { document($0, reading, folios) },
            pages: pages(reading, folios), findings: folios.findings)
    }

    private static func document(_ segment: DocumentSegment, _ reading: VolumeReading, _ folios: VolumeFolios) -> VolumeCatalogue.Document {
        let fields = DocumentFields(segment.start, pages: segment.pages.compactMap { reading.readings[$0] })
        let numbers = segment.pages.compactMap { folios.numbers[$0] }
        return VolumeCatalogue.Document(
            title: fields.title, documentNumber: fields.number, author: fields.author, date: fields.date?.iso,
            firstFolio: numbers.first.map(String.init), lastFolio: numbers.last.map(String.init),
            firstImage: reading.image(segment.pages.first!), lastImage: reading.image(segment.pages.last!),
            score: segment.start.score, remark: fields.remark)
    }

    private static func pages(_ reading: VolumeReading, _ folios: VolumeFolios) -> [VolumeCatalogue.Page] {
        var pages = reading.dispositions.enumerated().map { position, disposition in
            VolumeCatalogue.Page(image: reading.image(position), disposition: disposition, document: nil, folio: nil)
        }
        for (index, segment) in reading.segments.enumerated() {
            for position in segment.pages { pages[position].document = index + 1 }
            pages[segment.pages[0]].findings += startFindings(segment, reading)
            for doubt in segment.doubtful {
                pages[doubt.position].findings.append(CatalogueFinding.doubtfulContinuation(image: reading.image(doubt.position), chance: doubt.chance))
            }
            for position in segment.disordered { pages[position].findings.append(CatalogueFinding.pageOrder(image: reading.image(position))) }
        }
        for (position, number) in folios.numbers { pages[position].folio = String(number) }
        for (position, finding) in folios.pageFindings { pages[position].findings.append(finding) }
        return pages
    }

    private static func startFindings(_ segment: DocumentSegment, _ reading: VolumeReading) -> [Finding] {
        let image = reading.image(segment.pages[0])
        if segment.start.isUnknown { return [CatalogueFinding.unknownTitle(image: image)] }
        guard segment.start.score < Threshold.yes else { return [] }
        return [CatalogueFinding.doubtfulStart(image: image, title: segment.start.shown, score: segment.start.score)]
    }
}
