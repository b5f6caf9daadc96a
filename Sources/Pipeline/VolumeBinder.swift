import Archive
import Assembly
import DossierModel
import Foundation
import Hashing
import ImageCodecs
import Publishing
import Typesetting

/// Makes the PDF of a volume, or keeps the one that is there when nothing it is made from has changed.
struct VolumeBinder {
    let workspace: Workspace
    let caseFile: CaseFile
    private var shelf: PageShelf { PageShelf(workspace: workspace) }

    init(workspace: Workspace, caseFile: CaseFile) {
        self.workspace = workspace
        self.caseFile = caseFile
    }

    /// #### Errors
    /// `fileSystem` when the workspace cannot be written; `missingComponent` when a placeholder is needed and the fonts are not there.
    func bind(_ volume: BoundVolume) throws(DossierError) -> (Product, CaseFile.BoundVolume) {
        let (plan, layerings) = try plan(of: volume)
        let bound = CaseFile.BoundVolume(
            number: volume.catalogue.number, pdf: volume.pdfName,
            pages: zip(zip(volume.pages, plan.pages), layerings).map { pages, layering in
                let (page, planned) = pages
                return CaseFile.BoundPage(
                    image: page.image.number, origin: planned.image.origin, filters: planned.image.parts.map(\.filter),
                    streams: planned.image.parts.map(\.digest), layering: layering)
            })
        let key = key(of: volume, plan)
        if let product = try unchanged(key, name: volume.pdfName) { return (product, bound) }
        let temporary = try workspace.temporaryFolder() + "/volume-\(volume.catalogue.number).pdf"
        let places = Dictionary(uniqueKeysWithValues: volume.pages.map { ($0.image.number, $0.image.place) })
        try VolumeWriter.write(
            plan, to: temporary,
            lines: { (page) throws(DossierError) in try shelf.product(at: places[page.scanImage]!).recognised?.lines ?? [] },
            part: { (digest) throws(DossierError) in workspace.blobs.path(of: digest) })
        let product = try measured(temporary, name: volume.pdfName)
        try workspace.publish(fileAt: temporary, as: volume.pdfName, of: caseFile.caseNumber)
        try workspace.journal.store(canonicalData(product), key: key)
        return (product, bound)
    }

    private func measured(_ path: String, name: String) throws(DossierError) -> Product {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return Product(name: name, sha256: try SHA256Digest(ofFileAt: path), bytes: (attributes?[.size] as? Int) ?? 0)
    }

    private func unchanged(_ key: String, name: String) throws(DossierError) -> Product? {
        let path = try workspace.caseFolder(caseFile.caseNumber) + "/" + name
        guard let data = try workspace.journal.product(key),
            let product = try? JSONDecoder().decode(Product.self, from: data),
            FileManager.default.fileExists(atPath: path), try SHA256Digest(ofFileAt: path) == product.sha256
        else { return nil }
        return product
    }

    private func key(of volume: BoundVolume, _ plan: VolumePlan) -> String {
        let pages = zip(volume.pages, plan.pages).map { page, planned in
            PageInputs(
                image: planned.image, geometry: planned.geometry, dpi: planned.dpi, label: planned.label,
                product: page.image.key, number: page.image.number, destination: planned.destination)
        }
        return StageKey(Stages.assemble).over(plan.caseNumber).over(plan.title).over(plan.subject ?? "").over(plan.keywords ?? "")
            .over(plan.producer).over(plan.provenance.map { "\($0.name)=\($0.value)" }.joined(separator: "\n"))
            .with(volume.catalogue).with(pages).digest.hex
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
    }
}

extension VolumeBinder {
    /// The plan, and what was done to the image of each of its pages.
    private func plan(of volume: BoundVolume) throws(DossierError) -> (VolumePlan, [PageLayering?]) {
        var pages: [VolumePlan.Page] = [], layerings: [PageLayering?] = []
        for page in volume.pages {
            let (planned, layering) = try planned(page, volume: volume.catalogue.number)
            pages.append(planned)
            layerings.append(layering)
        }
        let plan = VolumePlan(
            title: "\(caseFile.caseNumber) 第\(volume.catalogue.number)册 \(volume.catalogue.kind.chineseName)",
            caseNumber: caseFile.caseNumber, subject: caseFile.cause,
            keywords: caseFile.parties.isEmpty ? nil : caseFile.parties.map(\.name).joined(separator: "、"),
            producer: "Dossier", provenance: provenance, pages: pages, outline: outline(of: volume))
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
            lines: [], scanImage: page.image.number, destination: destination(page, volume))
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

    /// The catalogue; a document without a delivered page is not in it.
    private func outline(of volume: BoundVolume) -> [VolumePlan.OutlineItem] {
        let positions = Dictionary(uniqueKeysWithValues: volume.pages.enumerated().map { ($1.image.number, $0) })
        return volume.catalogue.documents.compactMap { document in
            guard let first = (document.firstImage...document.lastImage).lazy.compactMap({ positions[$0] }).first else { return nil }
            return VolumePlan.OutlineItem(title: document.title + (document.date.map { "  \($0)" } ?? ""), pageIndex: first)
        }
    }
}

extension ScannedImage {
    /// The journal's key of its product; nil for one that could not be read.
    fileprivate var key: String? {
        if case .journal(let key) = place { key } else { nil }
    }
}
