import DossierModel

/// The PDFs against the manifest, and the manifest's bound pages against `pages.jsonl`.
extension Differences {
    /// - Returns: What stands on the pages of each PDF; nil for one that cannot be read.
    mutating func checkVolumes(of manifest: Manifest, records: [PageRecord]?, _ stored: StoredCase) -> [[StoredCase.Page]?] {
        if let records {
            var numbers: Set<Int> = []
            for volume in manifest.volumes where numbers.insert(volume.number).inserted {
                check(manifest.volumes.filter { $0.number == volume.number }, of: volume.number, against: records)
            }
        }
        var found: [[StoredCase.Page]?] = []
        for volume in manifest.volumes {
            let pages = ask(volume.pdf) { () throws(DossierError) in try stored.pages(volume.pdf) } ?? nil
            if let pages { check(pages, of: volume) }
            found.append(pages)
        }
        return found
    }

    /// The digests of pages, documents, volumes and case, calculated again.
    mutating func checkHashTree(of manifest: Manifest, _ records: [PageRecord]) {
        let again = HashTree(manifest.volumes, records: records)
        guard again != manifest.hashTree else { return }
        guard again.volumes.map(\.number) == manifest.hashTree.volumes.map(\.number) else {
            return add(.disagrees, Publisher.FileName.manifest, "its hash tree has other volumes than are bound")
        }
        for (index, pair) in zip(again.volumes, manifest.hashTree.volumes).enumerated() {
            check(pair.0, is: pair.1, of: manifest.volumes[index])
        }
        if again.root != manifest.hashTree.root { add(.disagrees, Publisher.FileName.manifest, "the root of its hash tree is another one") }
    }

    private mutating func check(_ again: HashTree.Volume, is written: HashTree.Volume, of volume: CaseFile.BoundVolume) {
        for (place, pair) in zip(again.pages, written.pages).enumerated() where pair.0 != pair.1 {
            add(
                .disagrees, "\(volume.pdf) page \(volume.front.count + place + 1)",
                "image \(volume.pages[place].image) is not what the hash tree was made from")
        }
        if again.pages.count != written.pages.count {
            add(.disagrees, volume.pdf, "the hash tree has \(written.pages.count) pages, \(again.pages.count) are bound")
        }
        if again.documents != written.documents { add(.disagrees, volume.pdf, "the hash tree has other documents than pages.jsonl") }
        if again.root != written.root { add(.disagrees, volume.pdf, "the volume's root in the hash tree is another one") }
    }

    /// Every page of the volume is bound once, in scan order; blanks and separator sheets may be bound where the settings deliver them.
    private mutating func check(_ parts: [CaseFile.BoundVolume], of number: Int, against records: [PageRecord]) {
        let mine = records.filter { $0.volume == number }
        let must = mine.filter { $0.disposition == .page }.map(\.image)
        let may = Set(must + mine.filter { $0.disposition == .blank || $0.disposition == .separator }.map(\.image))
        let bound = parts.flatMap { $0.pages.map(\.image) }
        let required = Set(must)
        let isAscending = zip(bound, bound.dropFirst()).allSatisfy { $0 < $1 }
        if bound.filter(required.contains) != must || !isAscending || !may.isSuperset(of: bound) {
            add(
                .disagrees, parts.map(\.pdf).joined(separator: ", "),
                "the manifest binds \(bound.count) images, pages.jsonl has \(must.count) pages of volume \(number): "
                    + "they are not the same or not in the same order")
        }
    }

    /// Sheets and pages of the PDF in their order, each by its number in the file.
    mutating func check(_ found: [StoredCase.Page], of volume: CaseFile.BoundVolume) {
        let count = volume.front.count + volume.pages.count + volume.back.count
        if found.count != count { add(.disagrees, volume.pdf, "it has \(found.count) pages, the manifest says \(count)") }
        for (place, pair) in zip(volume.front, found).enumerated() { check(pair.0, pair.1, at: "\(volume.pdf) page \(place + 1)") }
        for (place, pair) in zip(volume.pages, found.dropFirst(volume.front.count)).enumerated() {
            check(pair.0, pair.1, at: "\(volume.pdf) page \(volume.front.count + place + 1)")
        }
        let rest = found.dropFirst(volume.front.count + volume.pages.count)
        for (place, pair) in zip(volume.back, rest).enumerated() {
            check(pair.0, pair.1, at: "\(volume.pdf) page \(count - volume.back.count + place + 1)")
        }
    }

    private mutating func check(_ bound: CaseFile.BoundPage, _ found: StoredCase.Page, at subject: String) {
        if found.isDamaged { add(.unreadable, subject, "it is damaged; image \(bound.image) was bound there") }
        if let streams = found.streams, streams != bound.streams { add(.disagrees, subject, "its image is not that of image \(bound.image)") }
        if let content = found.content, content != bound.content {
            add(.disagrees, subject, "where its image stands, or its text, is not as it was bound for image \(bound.image)")
        } else if let form = found.form, form != bound.form, found.streams == bound.streams {
            add(
                .disagrees, subject,
                "image \(bound.image) and its text are not shown as they were bound: size, turning, colours, masks, fonts, or something laid over them")
        }
    }

    private mutating func check(_ sheet: SHA256Digest, _ found: StoredCase.Page, at subject: String) {
        guard sheet != found.form else { return }
        if found.isDamaged { return add(.unreadable, subject, "this sheet of the system (cover, catalogue or docket sheet) is damaged") }
        add(.disagrees, subject, "this sheet of the system (cover, catalogue or docket sheet) is not as it was bound")
    }
}

extension StoredCase.Page {
    fileprivate var isDamaged: Bool { streams == nil || content == nil || form == nil }
}

extension CaseFile.BoundPage {
    /// Whether a page of a file is the one that was bound.
    func isIntact(as found: StoredCase.Page) -> Bool { found.streams == streams && found.content == content && found.form == form }
}
