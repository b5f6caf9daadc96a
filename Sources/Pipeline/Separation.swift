import DossierModel
import Foundation

/// What separator sheets say of the images of a case, in one pass in scan order.
///
/// A sheet of a volume holds until the next one, until the scanner's next folder or volume of the batch sheet, or until
/// the batch ends. A sheet of another case takes everything after it out of the volumes, until one of this case or the
/// end of the batch: cases are never mixed without a person.
struct Separation {
    /// In the volumes where the sheets want them.
    private(set) var images: [ScannedImage] = []
    /// About volumes.
    private(set) var findings: [Finding] = []
    private var verdicts: [Int: SeparatorVerdict] = [:]
    private var pageFindings: [Int: [Finding]] = [:]
    /// Images after a sheet of another case, with that sheet's.
    private var aside: [Int: Int] = [:]

    private var foreign: (image: Int, number: String)?
    private var opened: VolumeAssignment.Slot?
    /// Of all volumes so far, those of the batch at hand with them; batches that come later have no say.
    private var highest = 0
    /// The same before the batch at hand.
    private var highestBefore = 0
    /// Volumes that have a page.
    private var used: Set<Int> = []
    /// Numbers that folders of a late batch get, because sheets opened volumes that folders do not know.
    private var shifted: [Int: Int] = [:]

    /// - Parameter verdicts: one per image.
    init(_ scanned: [ScannedImage], verdicts: [SeparatorVerdict], caseNumber: String) {
        var before: ScannedImage?
        for (scan, read) in zip(scanned, verdicts) {
            if before?.batch != scan.batch { begin(scanned.filter { $0.batch == scan.batch }) }
            var image = scan
            image.slot.number = shifted[image.slot.number] ?? image.slot.number
            let verdict = image.isWritten ? .no : read
            if verdict != .no { self.verdicts[image.number] = verdict }
            if before?.batch != image.batch { foreign = nil }
            if before?.batch != image.batch || before?.slot != image.slot { opened = nil }
            // The case first: what else a sheet says, it says of that case.
            for mark in verdict.marks.sorted(by: { $0.order.kind == .case && $1.order.kind != .case }) { follow(mark.order, image, caseNumber) }
            if case .ask(let reason) = verdict { pageFindings[image.number, default: []].append(.separatorAsk(image.number, reason)) }
            place(image)
            before = image
        }
        tellOfAside()
        tellOfTornVolumes()
    }

    /// Late material never comes into a volume that is there already: what folders number is counted on from the last volume.
    private mutating func begin(_ batch: [ScannedImage]) {
        highestBefore = highest
        shifted = [:]
        for number in Set(batch.filter { $0.slot.isLate && $0.slot.kind == nil }.map(\.slot.number)).sorted() where highestBefore > 0 {
            shifted[number] = max(number, highest + 1)
            highest = shifted[number]!
        }
        highest = max(highest, batch.map { shifted[$0.slot.number] ?? $0.slot.number }.max() ?? 0)
    }

    /// The number of the volume that a sheet opens.
    private mutating func number(_ wanted: Int?, _ kind: VolumeKind?, at image: ScannedImage) -> Int {
        guard let wanted else {
            // A sheet on top of the first stack opens that one.
            return used.contains(image.slot.number) || opened != nil ? highest + 1 : image.slot.number
        }
        guard kind == .supplementary, highestBefore > 0, wanted <= highestBefore else { return wanted }
        findings.append(.supplementaryRenumbered(wanted, to: highest + 1))
        return highest + 1
    }

    private mutating func follow(_ order: SeparatorOrder, _ image: ScannedImage, _ caseNumber: String) {
        switch order {
        case .openCase(let number):
            foreign = Self.isSame(number, caseNumber) ? nil : (image.number, number)
        case .openVolume where foreign != nil: break
        case .openVolume(let number, let kind):
            let next = self.number(number, kind, at: image)
            highest = max(highest, next)
            if next == image.slot.number, let other = image.slot.kind, let kind, other != kind {
                findings.append(.otherKind(next, sheet: kind, batch: other))
            }
            let slot = image.slot
            opened = .init(number: next, kind: kind ?? (next == slot.number ? slot.kind : nil), isLate: slot.isLate)
        case .openDocument: break
        }
    }

    private mutating func place(_ image: ScannedImage) {
        var image = image
        if let foreign { aside[image.number] = foreign.image }
        if let opened { image.slot = opened }
        if !isAside(image), verdicts[image.number]?.isSheet != true { used.insert(image.slot.number) }
        images.append(image)
    }

    /// Compared without spaces, widths and shapes of brackets: a sheet may have been printed by another program.
    private static func isSame(_ a: String, _ b: String) -> Bool { folded(a) == folded(b) }

    private static func folded(_ number: String) -> String {
        let brackets: [Character: Character] = ["〔": "(", "［": "(", "【": "(", "[": "(", "〕": ")", "］": ")", "】": ")", "]": ")"]
        return String(number.precomposedStringWithCompatibilityMapping.uppercased().filter { !$0.isWhitespace }.map { brackets[$0] ?? $0 })
    }

    private mutating func tellOfAside() {
        for (sheet, images) in Dictionary(grouping: aside.keys, by: { aside[$0]! }) {
            let number = verdicts[sheet]?.marks.lazy.compactMap(\.order.caseNumber).first ?? ""
            pageFindings[sheet, default: []].append(.otherCase(sheet, number, after: images.count - 1))
            for image in images where image != sheet { pageFindings[image, default: []].append(.aside(image, sheet: sheet)) }
        }
    }

    /// One number, but other volumes between: two stacks would be bound as one.
    private mutating func tellOfTornVolumes() {
        var seen: [Int] = []
        for image in images where !isAside(image) && image.slot.number != seen.last {
            if seen.contains(image.slot.number), verdicts.values.contains(where: { $0.marks.contains { $0.order.kind == .volume } }) {
                findings.append(.tornVolume(image.slot.number, again: image.number))
            }
            seen.append(image.slot.number)
        }
    }

    // MARK: Answers

    func isAside(_ image: ScannedImage) -> Bool { aside[image.number] != nil }

    func isSheet(_ image: ScannedImage) -> Bool { verdicts[image.number]?.isSheet ?? false }

    func marks(_ image: ScannedImage) -> [SeparatorMark] { verdicts[image.number]?.marks ?? [] }

    /// Of an image in no volume.
    func disposition(of image: ScannedImage, otherwise: Disposition) -> Disposition {
        guard isAside(image) else { return otherwise }
        return isSheet(image) ? .separator : otherwise == .page ? .rejected : otherwise
    }

    /// Where the operator had a document begin.
    func opening(_ image: ScannedImage) -> DocumentOpening? {
        for mark in marks(image) { if case .openDocument(let title) = mark.order { return DocumentOpening(title: title) } }
        return nil
    }

    /// - Parameter isSheet: as the catalogue sees it, which also knows sheets by their words.
    func findings(of image: ScannedImage, isSheet: Bool, _ product: PageProduct) -> [Finding] {
        var found = pageFindings[image.number] ?? []
        guard isSheet, marks(image).isEmpty, let lines = product.recognised?.lines else { return found }
        // Its words say that it is a separator; whether it opens a case or a volume only its code could have said.
        found.removeAll { $0.id == Finding.separatorAskID }
        let text = lines.map(\.text).joined()
        let isOfOurs = ["案件分隔页", "分册分隔页"].contains { text.contains($0) }
        if isOfOurs || !(product.barcodes?.unread ?? []).isEmpty { found.append(.unreadSheet(image.number, isOfOurs: isOfOurs)) }
        return found
    }
}

extension Finding {
    fileprivate static let separatorAskID = "separator.ask"

    fileprivate static func separatorAsk(_ image: Int, _ reason: String) -> Finding {
        Finding(
            id: separatorAskID, severity: .warn,
            message: "image \(image) may be a separator sheet: \(reason); it was kept as a page",
            remedy: "look at it; if it is a separator sheet, scan it again, or separate the documents in the catalogue")
    }

    fileprivate static func unreadSheet(_ image: Int, isOfOurs: Bool) -> Finding {
        Finding(
            id: "separator.unread", severity: isOfOurs ? .block : .warn,
            message: "image \(image) is a separator sheet by its words, but its code could not be read; a document begins after it, and nothing else was changed",
            remedy: "look which case and volume the pages after it belong to; scan the sheet again if they are in the wrong one")
    }

    fileprivate static func otherCase(_ image: Int, _ number: String, after count: Int) -> Finding {
        Finding(
            id: "separator.case.other", severity: .block,
            message: "image \(image) is the sheet of case “\(number)”, which is another case; the \(count) image(s) after it are in no volume",
            remedy: "scan them into a batch of that case; if they belong here, take the sheet out and run again with --replace")
    }

    fileprivate static func aside(_ image: Int, sheet: Int) -> Finding {
        Finding(
            id: "separator.case.aside", severity: .block,
            message: "image \(image) comes after the sheet of another case (image \(sheet)) and is in no volume",
            remedy: "see image \(sheet)")
    }

    fileprivate static func tornVolume(_ number: Int, again image: Int) -> Finding {
        Finding(
            id: "separator.volume.torn", severity: .warn,
            message: "separator sheets and folders put two stacks with others between them into volume \(number); it goes on at image \(image)",
            remedy: "look whether both belong into one volume; if not, correct the sheets or write the volumes into batch.yaml")
    }

    fileprivate static func supplementaryRenumbered(_ number: Int, to free: Int) -> Finding {
        Finding(
            id: "volume.renumbered", severity: .note,
            message: "a separator sheet calls a supplementary volume \(number), but an earlier delivery has that number; it is volume \(free)",
            remedy: "nothing to do; print the sheet with \(free) to have both agree")
    }

    fileprivate static func otherKind(_ number: Int, sheet: VolumeKind, batch: VolumeKind) -> Finding {
        Finding(
            id: "separator.volume.kind", severity: .warn,
            message: "a separator sheet calls volume \(number) \(sheet.chineseName), batch.yaml calls it \(batch.chineseName); the sheet was believed",
            remedy: "correct the one that is wrong")
    }
}
