import Cataloguing
import DossierModel
import Foundation
import QualityControl
import VolumeSheets

/// One scanned image and where all that is known of it lies.
struct ScannedImage {
    /// 1-based, over all batches of the case.
    var number: Int
    var file: ScannerFile
    var frame: Int
    var slot: VolumeAssignment.Slot
    /// Position of its batch among those of the case.
    var batch: Int
    /// A person said that it is a page, whatever stands on it.
    var isWritten = false
    /// Another scan took its place, or it has none.
    var isSuperseded = false
    var place: ProductPlace
}

/// What goes into one PDF: a volume, or a part of a volume that is too thick for one.
struct BoundVolume {
    struct Page {
        var image: ScannedImage
        var folio: String?
        /// Index into the catalogue's documents.
        var document: Int?
    }

    /// Of the whole volume.
    var catalogue: VolumeCatalogue
    /// Every image of the volume that belongs here, bound or not.
    var images: [Int]
    var pages: [Page]
    /// Documents of the catalogue that begin here and are named in the 卷内文件目录: those that are no wrapper.
    var listed: [Int]
    /// Running number of its first page within the volume, from 1.
    var firstNumber: Int
    /// nil for a volume in one PDF.
    var part: VolumeDescription.Part?
    var pdfName: String
}

/// From pages to a case: catalogue, folios, records, index. Pure, but for getting the pages from the shelf, each when
/// its turn comes.
struct CaseBuilder {
    let caseNumber: String
    let settings: Settings
    let titles: TitleKnowledge
    let edits: CatalogueEdits
    /// Names of the persons of the case.
    let parties: [String]
    let rules: SeparatorRules
    let shelf: PageShelf

    struct Output {
        /// Without their lines; `lines(of:)` gives those, page by page.
        var records: [PageRecord]
        var index: CaseIndex
        /// In order; the parts of a divided volume follow each other.
        var volumes: [BoundVolume]
        /// Of the volumes that are bound.
        var catalogues: [VolumeCatalogue]
        /// People's changes whose pages are no longer in the case.
        var lostEdits: [CatalogueEdit]
        /// Where no page is to blame: of the separator sheets, and of volumes without any page.
        var findings: [Finding]
    }

    /// #### Errors
    /// Those of the shelf.
    func build(_ scanned: [ScannedImage]) throws(DossierError) -> Output {
        let separation = Separation(scanned, verdicts: try verdicts(scanned), caseNumber: caseNumber)
        let images = separation.images
        let (edits, lost) = edits.placed(Self.places(images))
        var catalogues: [VolumeCatalogue] = []
        var empty: [DeliveryJudge.Emptiness] = []
        var volumes: [BoundVolume] = []
        var placed: [Int: (volume: Int, page: VolumeCatalogue.Page)] = [:]
        let bound = images.filter { !separation.isAside($0) }
        for number in volumeNumbers(bound) {
            let own = bound.filter { $0.slot.number == number }
            let catalogue = try catalogue(own, number: number, edits, separation)
            for page in catalogue.pages { placed[page.image] = (number, page) }
            let parts = division.parts(of: catalogue, images: own)
            // A volume of blanks only has nothing to bind; its images are accounted for in the records.
            if parts.isEmpty { empty.append(.init(volume: number, images: own.count)) } else { catalogues.append(catalogue) }
            volumes += parts
        }
        var records: [PageRecord] = []
        for image in images { records.append(record(image, try shelf.product(at: image.place), placed: placed[image.number], separation)) }
        try QualityReview(settings: settings.quality, shelf: shelf).add(to: &records, images: images, catalogues: catalogues)
        return Output(
            records: records,
            index: CaseIndex(case: caseNumber, volumes: catalogues.map { indexEntry($0, volumes) }), volumes: volumes,
            catalogues: catalogues, lostEdits: lost, findings: separation.findings + DeliveryJudge.withoutPages(empty, of: images.count, isWholeCase: catalogues.isEmpty))
    }

    private var division: VolumeDivision {
        VolumeDivision(titles: titles, pagesPerPart: settings.assemble.pagesPerPart, bindsSheets: settings.separate.sheets == .deliver)
    }

    /// What the codes of each image come to.
    private func verdicts(_ images: [ScannedImage]) throws(DossierError) -> [SeparatorVerdict] {
        var verdicts: [SeparatorVerdict] = []
        for image in images { verdicts.append(rules.verdict(on: try shelf.product(at: image.place))) }
        return verdicts
    }

    private static func places(_ images: [ScannedImage]) -> [CatalogueEdit.Page: [(volume: Int, image: Int)]] {
        Dictionary(grouping: images) { CatalogueEdit.Page(file: $0.file.digest.hex, frame: $0.frame) }
            .mapValues { $0.map { (volume: $0.slot.number, image: $0.number) } }
    }

    private func volumeNumbers(_ images: [ScannedImage]) -> [Int] { Set(images.map(\.slot.number)).sorted() }

    private func catalogue(_ images: [ScannedImage], number: Int, _ edits: CatalogueEdits, _ separation: Separation) throws(DossierError) -> VolumeCatalogue {
        let kind = images.lazy.compactMap(\.slot.kind).first
        var sheets: [CataloguePage] = []
        for image in images { sheets.append(cataloguePage(image, try shelf.product(at: image.place), separation)) }
        return Cataloguer.catalogue(
            CatalogueVolume(number: number, kind: kind, isLate: images.first?.slot.isLate ?? false, pages: sheets, cutting: cutting),
            titles: titles, edits: edits, parties: parties)
    }

    private var cutting: CuttingRule { CuttingRule(blanks: settings.separate.blanks, everyPages: settings.separate.everyPages) }

    private func cataloguePage(_ image: ScannedImage, _ product: PageProduct, _ separation: Separation) -> CataloguePage {
        let geometry = product.clean?.geometry
        let dpi = product.scanned?.dpi ?? Resolution(x: settings.intake.defaultDPI, y: settings.intake.defaultDPI)
        return CataloguePage(
            image: image.number, size: geometry?.upright ?? Placeholder.size, dpi: dpi.turned(geometry?.rotation ?? .none),
            disposition: separation.isSheet(image) ? .separator : disposition(of: product), lines: (product.recognised?.lines ?? []).map(\.withoutSpans),
            opening: separation.opening(image), seals: (product.recognised?.seals ?? []).map { CataloguePage.Seal($0, on: geometry ?? PageGeometry(source: Placeholder.size)) })
    }

    /// Before the catalogue has had its say about separators.
    private func disposition(of product: PageProduct) -> Disposition {
        let found = product.refusedAs ?? product.clean?.disposition ?? .page
        return found == .blank && settings.clean.blanks == .deliver ? .page : found
    }

    private func indexEntry(_ catalogue: VolumeCatalogue, _ volumes: [BoundVolume]) -> CaseIndex.Volume {
        let parts = volumes.filter { $0.catalogue.number == catalogue.number }
        return CaseIndex.Volume(
            number: catalogue.number, kind: catalogue.kind, pdf: parts[0].pdfName,
            parts: parts.count == 1
                ? []
                : parts.map {
                    CaseIndex.Part(pdf: $0.pdfName, firstImage: $0.pages.first!.image.number, lastImage: $0.pages.last!.image.number)
                },
            documents: catalogue.documents.map { document in
                CaseIndex.Document(
                    title: document.title, documentNumber: document.documentNumber, author: document.author,
                    date: document.date, firstFolio: document.firstFolio, lastFolio: document.lastFolio,
                    firstImage: document.firstImage, lastImage: document.lastImage, score: document.score,
                    remark: document.remark)
            })
    }

    private func record(
        _ image: ScannedImage, _ product: PageProduct, placed: (volume: Int, page: VolumeCatalogue.Page)?,
        _ separation: Separation
    ) -> PageRecord {
        let disposition = placed?.page.disposition ?? separation.disposition(of: image, otherwise: disposition(of: product))
        let inVolume = disposition == .page || (disposition == .separator && placed != nil && division.bindsSheets)
        let marks = separation.marks(image).map(PageRecord.Mark.init)
        let geometry = product.clean?.geometry
        return PageRecord(
            image: image.number, file: image.file.name, frame: image.frame, fileSHA256: image.file.digest,
            rasterSHA256: product.scanned?.rasterDigest, disposition: disposition,
            score: disposition == .separator ? 1 : product.clean?.score ?? 0,
            rotation: geometry?.rotation ?? .none, skew: geometry?.skew ?? 0, dpi: product.scanned?.dpi,
            size: product.scanned?.size, mode: product.scanned?.mode, volume: inVolume ? placed?.volume : nil,
            document: inVolume ? placed?.page.document : nil, folio: inVolume ? placed?.page.folio : nil,
            lines: [],
            findings: product.allFindings + separation.findings(of: image, isSheet: disposition == .separator, product) + (placed?.page.findings ?? []),
            quality: product.clean?.measures, marks: marks.isEmpty ? nil : marks,
            seals: product.recognised.flatMap { $0.seals.isEmpty ? nil : $0.seals })
    }

    /// The lines of a page as they stand in its record.
    static func lines(of product: PageProduct) -> [PageRecord.Line] {
        (product.recognised?.lines ?? []).map { line(of: $0, geometry: product.clean?.geometry) }
    }

    private static func line(of line: RecognisedLine, geometry: PageGeometry?) -> PageRecord.Line {
        guard let geometry else {
            return PageRecord.Line(text: line.text, box: PixelRect(x: 0, y: 0, width: 0, height: 0), confidence: line.confidence)
        }
        return PageRecord.Line(line, on: geometry)
    }
}

extension SeparatorRules {
    func verdict(on product: PageProduct) -> SeparatorVerdict {
        verdict(on: product.barcodes ?? .nothing, glyphs: product.recognised?.lines.glyphCount ?? 0)
    }
}

extension RecognisedLine {
    /// The catalogue has no use for where in a line a character stands, and that is most of a line's bytes.
    fileprivate var withoutSpans: RecognisedLine {
        RecognisedLine(text: text, quad: quad, confidence: confidence, characterSpans: [])
    }
}

extension PageProduct {
    /// What decoding, cleaning and reading had to say, in that order.
    var allFindings: [Finding] {
        findings + (scanned?.findings ?? []) + (clean?.findings ?? []) + (recognised?.findings ?? [])
    }
}

/// The page that stands in for one that could not be read.
enum Placeholder {
    /// A4 at 150 dpi, pixels.
    static let size = PixelSize(width: 1240, height: 1754)
    static let dpi = Resolution(x: 150, y: 150)
}
