import Archive
import Assembly
import DossierModel
import Foundation
import Hashing
import ImageCodecs
import Publishing
import Typesetting
import VolumeSheets

/// Makes the PDF of a volume, or keeps the one that is there when nothing it is made from has changed.
struct VolumeBinder {
    let workspace: Workspace
    let caseFile: CaseFile
    let settings: Settings
    private var shelf: PageShelf { PageShelf(workspace: workspace) }

    init(workspace: Workspace, caseFile: CaseFile, settings: Settings) {
        self.workspace = workspace
        self.caseFile = caseFile
        self.settings = settings
    }

    /// A PDF as it was made, kept under the key of all that it was made from.
    private struct Made: Codable {
        var product: Product
        var contents: VolumeWriter.Contents
    }

    /// #### Errors
    /// `fileSystem` when the workspace cannot be written; `missingComponent` when the fonts are not there.
    func bind(_ volume: BoundVolume) throws(DossierError) -> (Product, CaseFile.BoundVolume) {
        let (plan, layerings) = try plan(of: volume)
        let description = VolumeDescriber(caseFile: caseFile, settings: settings).description(of: volume, plan: plan)
        let key = key(of: volume, plan, description)
        if let made = try unchanged(key, name: volume.pdfName) { return (made.product, bound(volume, plan, layerings, made.contents)) }
        let temporary = try workspace.temporaryFolder() + "/volume-\(volume.catalogue.number)-\(volume.part?.number ?? 1).pdf"
        let places = Dictionary(uniqueKeysWithValues: volume.pages.map { ($0.image.number, $0.image.place) })
        let contents = try VolumeWriter.write(
            plan, to: temporary,
            lines: { (page) throws(DossierError) in try shelf.product(at: places[page.scanImage]!).recognised?.lines ?? [] },
            part: { (digest) throws(DossierError) in workspace.blobs.path(of: digest) },
            ending: { (pages) throws(DossierError) in try ending(volume, plan, layerings, description, pages) })
        let product = try measured(temporary, name: volume.pdfName)
        try workspace.publish(fileAt: temporary, as: volume.pdfName, of: caseFile.caseNumber)
        try workspace.journal.store(canonicalData(Made(product: product, contents: contents)), key: key)
        return (product, bound(volume, plan, layerings, contents))
    }

    private func bound(
        _ volume: BoundVolume, _ plan: VolumePlan, _ layerings: [PageLayering?], _ contents: VolumeWriter.Contents
    ) -> CaseFile.BoundVolume {
        var pages: [CaseFile.BoundPage] = []
        for (index, planned) in plan.pages.enumerated() {
            pages.append(
                CaseFile.BoundPage(
                    image: planned.scanImage, origin: planned.image.origin, filters: planned.image.parts.map(\.filter),
                    streams: planned.image.parts.map(\.digest), content: contents.pages[index].content, form: contents.pages[index].form,
                    layering: layerings[index]))
        }
        return CaseFile.BoundVolume(
            number: volume.catalogue.number, pdf: volume.pdfName, pages: pages, front: contents.front, back: contents.back,
            binding: contents.binding)
    }

    /// The sheets, with the root over the pages on the docket sheet, and the volume's record of itself.
    private func ending(
        _ volume: BoundVolume, _ plan: VolumePlan, _ layerings: [PageLayering?], _ description: VolumeDescription, _ pages: [VolumeWriter.Contents.Page]
    ) throws(DossierError) -> VolumeWriter.Ending {
        let root = caseFile.hashRoot(of: bound(volume, plan, layerings, VolumeWriter.Contents(pages: pages)))
        var typesetter = try Typesetter()
        let sheets = try VolumeSheets(description, root: root).drawable(by: &typesetter)
        // The cover has fonts of its own: it is what a reader waits for, and must not bring the catalogue's glyphs along.
        let layouts = sheets.layouts
        let typeset = try typesetter.typeset([layouts[0]]).followed(by: typesetter.typeset(Array(layouts.dropFirst())))
        let all = zip(sheets.front + sheets.back, typeset.pages).map { sheet, page in
            VolumePlan.Sheet(page: page, blocks: sheet.blocks, links: sheet.links, label: sheet.label, title: sheet.title)
        }
        let front = sheets.front.count
        return VolumeWriter.Ending(
            sheets: .init(front: Array(all[..<front]), back: Array(all[front...]), fonts: typeset.fonts),
            record: { contents in VolumeRecord(bound(volume, plan, layerings, contents), of: caseFile).bytes })
    }

    private func measured(_ path: String, name: String) throws(DossierError) -> Product {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return Product(name: name, sha256: try SHA256Digest(ofFileAt: path), bytes: (attributes?[.size] as? Int) ?? 0)
    }

    private func unchanged(_ key: String, name: String) throws(DossierError) -> Made? {
        let path = try workspace.caseFolder(caseFile.caseNumber) + "/" + name
        guard let data = try workspace.journal.product(key), let made = try? JSONDecoder().decode(Made.self, from: data),
            FileManager.default.fileExists(atPath: path), try SHA256Digest(ofFileAt: path) == made.product.sha256
        else { return nil }
        return made
    }

    private func key(of volume: BoundVolume, _ plan: VolumePlan, _ description: VolumeDescription) -> String {
        let pages = zip(volume.pages, plan.pages).map { page, planned in
            PageInputs(
                image: planned.image, geometry: planned.geometry, dpi: planned.dpi, label: planned.label,
                product: page.image.key, number: page.image.number, destination: planned.destination,
                source: "\(page.image.file.digest) \(page.image.frame) \(page.image.file.name)")
        }
        return StageKey(Stages.assemble).over(plan.caseNumber).over(plan.title).over(plan.subject ?? "").over(plan.keywords ?? "")
            .over(plan.producer).over(plan.provenance.map { "\($0.name)=\($0.value)" }.joined(separator: "\n"))
            .with(volume.catalogue).with(description).over(settings.assemble.stamps.rawValue).with(pages).digest.hex
    }

    private struct PageInputs: Encodable {
        var image: PageImage
        var geometry: PageGeometry
        var dpi: Resolution
        var label: String?
        /// Stands for the lines: nil for a placeholder, which has none.
        var product: String?
        var number: Int
        var destination: String?
        /// File and frame, as the record names them; the page's product does not depend on the name.
        var source: String
    }
}

extension VolumeBinder {
    /// The plan, and what was done to the image of each of its pages.
    private func plan(of volume: BoundVolume) throws(DossierError) -> (VolumePlan, [PageLayering?]) {
        let (outline, documents) = outline(of: volume)
        var pages: [VolumePlan.Page] = [], layerings: [PageLayering?] = []
        for page in volume.pages {
            var (planned, layering) = try planned(page, volume: volume.catalogue.number)
            planned.document = documents[page.image.number]
            pages.append(planned)
            layerings.append(layering)
        }
        let plan = VolumePlan(
            title: "\(caseFile.caseNumber) 第\(volume.catalogue.number)册"
                + (volume.part.map { "第\($0.number)分册" } ?? "") + " \(volume.catalogue.kind.chineseName)",
            caseNumber: caseFile.caseNumber, subject: caseFile.cause,
            keywords: caseFile.parties.isEmpty ? nil : caseFile.parties.map(\.name).joined(separator: "、"),
            producer: "Dossier \(ProgramVersion.text)", provenance: provenance, pages: pages, outline: outline,
            stamps: try PageStamps(policy: settings.assemble.stamps, prefix: "\(caseFile.caseNumber)-\(volume.catalogue.number)")
                .stamps(for: pages, firstNumber: volume.firstNumber))
        return (plan, layerings)
    }

    private var provenance: [VolumePlan.Provenance] {
        [
            .init(name: "engine", value: caseFile.engine, description: "What read the text: name, version, models"),
            .init(name: "stages", value: caseFile.stageVersions.joined(separator: " "), description: "Stages of the pipeline with their versions"),
            .init(name: "settingsDigest", value: caseFile.settingsDigest.hex, description: "SHA-256 of the settings that shape the result"),
        ]
    }

    private func planned(_ page: BoundVolume.Page, volume: Int) throws(DossierError) -> (VolumePlan.Page, PageLayering?) {
        let product = try shelf.product(at: page.image.place)
        guard let scanned = product.scanned, let image = product.image, let clean = product.clean else {
            return (try placeholder(page, finding: product.findings.first, volume: volume), nil)
        }
        let planned = VolumePlan.Page(
            image: image, geometry: clean.geometry, dpi: scanned.dpi, label: page.folio,
            lines: [], scanImage: page.image.number, destination: destination(page, volume), seals: product.recognised?.seals ?? [],
            layering: product.layered?.layering)
        return (planned, product.layered?.layering)
    }

    private func destination(_ page: BoundVolume.Page, _ volume: Int) -> String? { page.folio.map { "v\(volume)p\($0)" } }

    private func placeholder(_ page: BoundVolume.Page, finding: Finding?, volume: Int) throws(DossierError) -> VolumePlan.Page {
        let raster = try Typesetter.placeholder(
            size: Placeholder.size, dpi: Placeholder.dpi, headline: "此页影像未能读取 This image could not be read",
            lines: [
                "文件 file: \(page.image.file.name)", "帧 frame: \(page.image.frame)",
                "原因 reason: \(finding?.message ?? "")", "处理 remedy: \(finding?.remedy ?? "")",
            ])
        let (image, parts) = try PageImageCoder.lossless(raster)
        for bytes in parts.values { try workspace.blobs.put(bytes) }
        return VolumePlan.Page(
            image: image, geometry: PageGeometry(source: Placeholder.size), dpi: Placeholder.dpi, label: page.folio,
            lines: [], scanImage: page.image.number, destination: destination(page, volume))
    }

    /// The catalogue; a document without a delivered page is not in it. With it for every image the place of its
    /// document in the outline.
    private func outline(of volume: BoundVolume) -> (items: [VolumePlan.OutlineItem], documents: [Int: Int]) {
        let positions = volume.positions
        var items: [VolumePlan.OutlineItem] = []
        var documents: [Int: Int] = [:]
        for document in volume.catalogue.documents {
            guard let first = volume.firstPage(of: document, positions) else { continue }
            for image in document.firstImage...document.lastImage { documents[image] = items.count }
            items.append(.init(title: document.title + (document.date.map { "  \($0)" } ?? ""), pageIndex: first))
        }
        return (items, documents)
    }
}

extension BoundVolume {
    /// By image number, the place of its page in the volume.
    var positions: [Int: Int] { Dictionary(uniqueKeysWithValues: pages.enumerated().map { ($1.image.number, $0) }) }

    /// The place of the document's first delivered page; nil when it has none.
    func firstPage(of document: VolumeCatalogue.Document, _ positions: [Int: Int]) -> Int? {
        (document.firstImage...document.lastImage).lazy.compactMap { positions[$0] }.first
    }
}

extension ScannedImage {
    /// The journal's key of its product; nil for one that could not be read.
    fileprivate var key: String? {
        if case .journal(let key) = place { key } else { nil }
    }
}
