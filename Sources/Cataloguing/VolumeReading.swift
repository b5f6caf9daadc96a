internal import DossierModel

/// The pages of a volume, read and cut into documents.
struct VolumeReading {
    let volume: CatalogueVolume
    /// One per image; nil for images that are not delivered and for separators.
    let readings: [PageReading?]
    /// As delivered, with separators found by their text.
    let dispositions: [Disposition]
    /// Persons named in batch.yaml.
    let parties: [String]
    /// Names known from elsewhere: the parties, and whoever forms name on more than one page.
    let names: NameWitness
    private let knowledge: TitleKnowledge

    init(_ volume: CatalogueVolume, _ knowledge: TitleKnowledge, parties: [String] = []) {
        (self.volume, self.knowledge) = (volume, knowledge)
        var (readings, dispositions) = ([PageReading?](), [Disposition]())
        for (position, page) in volume.pages.enumerated() {
            let reading = page.disposition == .page ? PageReading(page, at: position, knowledge) : nil
            let disposition: Disposition = reading?.isSeparator == true ? .separator : page.disposition
            readings.append(disposition == .page ? reading : nil)
            dispositions.append(disposition)
        }
        self.readings = readings
        self.dispositions = dispositions
        self.parties = parties
        names = NameWitness(parties: parties, attested: Self.attested(readings))
    }

    private static func attested(_ readings: [PageReading?]) -> Set<Glyphs> {
        var counts: [Glyphs: Int] = [:]
        for page in readings.compactMap({ $0 }) {
            for name in NameLexicon.names(on: page) { counts[name, default: 0] += 1 }
        }
        return Set(counts.filter { $0.value > 1 }.keys)
    }

    /// The pages with what lies between them.
    func leaves() -> [Segmenter.Leaf] {
        var (leaves, afterSeparator, afterBlank) = ([Segmenter.Leaf](), false, false)
        var opening: DocumentOpening?
        for (position, disposition) in dispositions.enumerated() {
            let page = volume.pages[position]
            if let reading = readings[position] {
                opening = page.opening ?? opening
                leaves.append(
                    Segmenter.Leaf(
                        page: reading, afterSeparator: afterSeparator || page.opening != nil, afterBlank: afterBlank,
                        given: opening?.title.map(knowledge.start(named:))))
                (afterSeparator, afterBlank, opening) = (false, false, nil)
            } else if disposition == .separator {
                (afterSeparator, opening) = (true, page.opening)
            } else {
                afterBlank = true
                if volume.cutting.blanks, disposition == .blank { afterSeparator = true }
            }
        }
        return volume.cutting.everyPages > 0 ? Self.counted(leaves, every: volume.cutting.everyPages) : leaves
    }

    /// A document begins after every so many pages, and nowhere else; sheets begin the count anew.
    private static func counted(_ leaves: [Segmenter.Leaf], every count: Int) -> [Segmenter.Leaf] {
        var pages = 0
        return leaves.map { leaf in
            var leaf = leaf
            if leaf.afterSeparator || pages == count { pages = 0 }
            leaf.isStart = pages == 0
            pages += 1
            return leaf
        }
    }

    /// Scan-order number of the image at a position.
    func image(_ position: Int) -> Int { volume.pages[position].image }
}

/// What kind of volume the documents make.
enum VolumeKindVote {
    private static let onCover: [(word: String, kind: VolumeKind)] = [
        ("诉讼文书卷", .proceedings), ("证据材料卷", .evidence), ("证据卷", .evidence), ("补充侦查卷", .supplementary),
        ("检察内卷", .internal), ("检察卷", .procuratorial),
    ]

    /// What comes late is usually what came back after 退查.
    private static let usualLate = VolumeKind.supplementary

    /// What batch sheet or cover says; else the usual kind of late material; else that of most documents, the earlier kind on a
    /// tie; else loose.
    static func kind(of reading: VolumeReading, _ segments: [DocumentSegment]) -> VolumeKind {
        stated(reading, segments) ?? (reading.volume.isLate ? usualLate : majority(segments))
    }

    /// By the batch sheet or the cover.
    private static func stated(_ reading: VolumeReading, _ segments: [DocumentSegment]) -> VolumeKind? {
        reading.volume.kind ?? segments.lazy.compactMap { coverKind($0, reading) }.first
    }

    /// Says that a kind was taken for no better reason than that it is the usual one.
    static func doubt(of reading: VolumeReading, _ segments: [DocumentSegment]) -> Finding? {
        guard stated(reading, segments) == nil, reading.volume.isLate else { return nil }
        return CatalogueFinding.assumedKind(volume: reading.volume.number, usualLate)
    }

    private static func coverKind(_ segment: DocumentSegment, _ reading: VolumeReading) -> VolumeKind? {
        guard segment.start.title?.role == .cover, let page = reading.readings[segment.pages[0]] else { return nil }
        return onCover.first { entry in page.layout.rows.contains { $0.glyphs.holds(entry.word.compacted) } }?.kind
    }

    private static func majority(_ segments: [DocumentSegment]) -> VolumeKind {
        var votes: [VolumeKind: Int] = [:]
        for title in segments.compactMap(\.start.title) where title.role.carriesFolio { votes[title.volume, default: 0] += 1 }
        let most = votes.values.max() ?? 0
        return VolumeKind.allCases.first { most > 0 && votes[$0] == most } ?? .loose
    }
}
