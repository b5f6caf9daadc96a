import DossierModel

/// One side that will be scanned, with everything settled but its pixels.
struct PlannedImage {
    var side: Side
    var condition: Condition
    var disposition: Disposition
    var volume: Int
    /// 1-based within the volume.
    var document: Int?
}

/// One volume before scanning.
struct PlannedVolume {
    var number: Int
    var kind: VolumeKind
    var documents: [DraftDocument]
    var images: [PlannedImage] = []

    /// Numbered pages.
    static func folioCount(_ documents: [DraftDocument]) -> Int {
        documents.filter(\.hasFolio).reduce(0) { $0 + $1.pages.count }
    }
}

/// Lays the documents on sheets: which side is printed, which is blank, what shines through, how it is scanned.
struct SheetFeeder {
    var difficulty: Difficulty
    var random: SplitMix64
    /// Share of documents scanned on both sides.
    var duplex: Double

    private enum Printing { case frontOnly, blankBacks, bothSides }

    /// The images of a volume in scan order.
    mutating func images(of volume: PlannedVolume) -> [PlannedImage] {
        var images: [PlannedImage] = []
        var folio = 1
        for (index, document) in volume.documents.enumerated() {
            let first = document.hasFolio ? folio : nil
            images += self.images(of: document, volume: volume.number, index: index + 1, firstFolio: first)
            if document.hasFolio { folio += document.pages.count }
        }
        return images
    }

    private mutating func images(of document: DraftDocument, volume: Int, index: Int, firstFolio: Int?) -> [PlannedImage] {
        let printing: Printing = random.chance(duplex) ? (document.pages.count > 2 && random.chance(0.6) ? .bothSides : .blankBacks) : .frontOnly
        var images: [PlannedImage] = []
        for (offset, page) in document.pages.enumerated() {
            let isBack = printing == .bothSides && offset % 2 == 1
            var side = Side(page: page, folio: firstFolio.map { $0 + offset }, isBack: isBack)
            if printing == .bothSides { side.back = partner(of: offset, in: document.pages) }
            var image = planned(side, disposition: .page, volume: volume, document: index)
            if isBack, let front = images.last { image.condition = image.condition.sharing(sheetOf: front.condition) }
            images.append(image)
            let isLastOfSheet = printing == .blankBacks || (printing == .bothSides && offset == document.pages.count - 1 && !isBack)
            if isLastOfSheet {
                images.append(blank(behind: page, condition: image.condition, volume: volume))
            }
        }
        return images
    }

    /// A blank side has no upright, so it is never turned.
    private mutating func blank(behind page: DraftPage, condition: Condition, volume: Int) -> PlannedImage {
        var image = planned(Side(back: page, isBack: true), disposition: .blank, volume: volume, document: nil)
        image.condition = image.condition.sharing(sheetOf: condition)
        image.condition.rotation = .none
        return image
    }

    private func partner(of offset: Int, in pages: [DraftPage]) -> DraftPage? {
        let other = offset % 2 == 0 ? offset + 1 : offset - 1
        return pages.indices.contains(other) ? pages[other] : nil
    }

    private mutating func planned(_ side: Side, disposition: Disposition, volume: Int, document: Int?) -> PlannedImage {
        let isRed = side.page?.isRed ?? false
        var condition = Condition.drawn(difficulty, isRed: isRed, random: &random)
        condition.isBack = side.isBack
        if side.back != nil, random.chance(0.7) { condition.showThrough = random.between(0.03, 0.05 + 0.1 * difficulty.strength) }
        return PlannedImage(side: side, condition: condition, disposition: disposition, volume: volume, document: document)
    }

    mutating func separator(volume: Int) -> PlannedImage {
        var image = planned(Side(page: DraftPage(layout: PlainSeparatorSheet.layout)), disposition: .separator, volume: volume, document: nil)
        image.condition.mode = .bitonal
        image.condition.dpi = 300
        image.condition.fading = 0
        image.condition.hasHoles = false
        return image
    }
}
