import DossierModel

/// `index.json` against the manifest and `pages.jsonl`.
extension Differences {
    mutating func check(_ index: CaseIndex, against manifest: Manifest) {
        if index.case != manifest.case {
            add(.disagrees, Publisher.FileName.index, "its case is \(index.case), the manifest's \(manifest.case)")
        }
        let listed = index.volumes.flatMap { volume in volume.pdfs.map { "\(volume.number) \($0)" } }.joined(separator: ", ")
        let bound = manifest.volumes.map { "\($0.number) \($0.pdf)" }.joined(separator: ", ")
        if listed != bound {
            add(.disagrees, Publisher.FileName.index, "its volumes are “\(listed)”, the manifest's “\(bound)”")
        }
    }

    mutating func check(_ index: CaseIndex, against records: [PageRecord]) {
        let pages = Dictionary(grouping: records.filter { $0.disposition == .page }, by: \.volume)
        for volume in index.volumes {
            check(volume, against: pages[volume.number] ?? [])
        }
        let known = Set(index.volumes.map(\.number))
        for record in records where record.disposition == .page && !known.contains(record.volume ?? .min) {
            let place = record.volume.map { "volume \($0), which index.json does not list" } ?? "no volume"
            add(.disagrees, record.place, "it is a page in \(place)")
        }
    }

    private mutating func check(_ volume: CaseIndex.Volume, against pages: [PageRecord]) {
        let byDocument = Dictionary(grouping: pages, by: \.document)
        for (place, document) in volume.documents.enumerated() {
            let subject = "\(Publisher.FileName.index) volume \(volume.number) document \(place + 1)"
            check(document, at: subject, named: byDocument[place + 1] ?? [], among: pages)
        }
        for page in pages {
            guard let document = page.document, !(1...max(volume.documents.count, 1)).contains(document) else { continue }
            add(.disagrees, page.place, "it names document \(document) of volume \(volume.number), which index.json does not list")
        }
    }

    /// The pages that name the document are exactly the pages of its range, and they begin and end with its folios.
    private mutating func check(_ document: CaseIndex.Document, at subject: String, named: [PageRecord], among pages: [PageRecord]) {
        let inRange = pages.filter { $0.image >= document.firstImage && $0.image <= document.lastImage }
        if named.isEmpty || inRange.map(\.image) != named.map(\.image) {
            let range = "\(document.firstImage)–\(document.lastImage)"
            add(.disagrees, subject, "it spans images \(range), but the pages that name it are \(list(named.map(\.image)))")
        }
        let folios = named.compactMap(\.folio)
        if document.firstFolio != folios.first || document.lastFolio != folios.last {
            add(
                .disagrees, subject,
                "its folios are \(span(document.firstFolio, document.lastFolio)), those of its pages \(span(folios.first, folios.last))")
        }
    }

    private func list(_ images: [Int]) -> String { images.isEmpty ? "none" : images.map(String.init).joined(separator: ", ") }

    private func span(_ first: String?, _ last: String?) -> String { "\(first ?? "none")–\(last ?? "none")" }
}

extension PageRecord {
    /// Where it stands in `pages.jsonl`.
    var place: String { "\(Publisher.FileName.pages) image \(image)" }
}
