import Archive
import DossierModel

/// People's decisions about the pages of a case, as they bear on a run. Of two about the same thing the later holds.
struct PageReview {
    private let decisions: [PageDecision]

    init(_ decisions: [PageDecision]) { self.decisions = decisions }

    init(of recorded: [RecordedDecision]) { self.init(recorded.filter { $0.withdrawnAt == nil }.map(\.decision)) }

    /// The frames in the order that people gave them, each with what was said of it. A page that was scanned again stays
    /// before the one that took its place, refused; a single scan that no decision places any more is refused at the end.
    ///
    /// - Parameter singles: frames that came by themselves, which only decisions place.
    func applied(to frames: [CaseOriginals.Frame], singles: [CaseOriginals.Frame]) -> [CaseOriginals.Frame] {
        var order = Order(frames: frames, waiting: singles)
        for decision in decisions { apply(decision, to: &order) }
        let last = order.frames.last?.slot ?? VolumeAssignment.Slot(number: 1, kind: nil)
        return order.frames + order.waiting.map { frame in
            var frame = frame
            frame.slot = last
            frame.refusal = .refused(as: .rejected, .unplaced)
            return frame
        }
    }

    private struct Order {
        var frames: [CaseOriginals.Frame]
        var waiting: [CaseOriginals.Frame]
        /// By page the scan that took its place last.
        var successors: [PageDecision.Place: PageDecision.Place] = [:]

        /// Pages whose scans are the same, such as blank ones, are told apart by the number they had.
        func index(of page: PageDecision.Place, image: Int?) -> Int? {
            let all = frames.indices.filter { frames[$0].place == page }
            return all.first { $0 + 1 == image } ?? all.first
        }

        /// The frame takes volume and batch of the one it comes behind.
        mutating func move(from: Int, behind target: Int) {
            guard from != target else { return }
            let frame = frames.remove(at: from)
            insert(frame, behind: from < target ? target - 1 : target)
        }

        mutating func insert(_ frame: CaseOriginals.Frame, behind target: Int) {
            var frame = frame
            (frame.slot, frame.batch) = (frames[target].slot, frames[target].batch)
            frames.insert(frame, at: target + 1)
        }

        /// Puts a single scan, or a page of the case, behind another.
        mutating func put(_ page: PageDecision.Place, image: Int?, behind target: Int) {
            if let single = waiting.firstIndex(where: { $0.place == page }) {
                insert(waiting.remove(at: single), behind: target)
            } else if let from = index(of: page, image: image) {
                move(from: from, behind: target)
            }
        }
    }

    private func apply(_ decision: PageDecision, to order: inout Order) {
        guard let page = decision.page else { return }
        if decision.change == .move {
            guard let other = decision.other, let target = order.index(of: other, image: decision.otherImage) else { return }
            return order.put(page, image: decision.image, behind: target)
        }
        guard let at = order.index(of: page, image: decision.image) else { return }
        switch decision.change {
        case .accept, .move: return
        case .turn: order.frames[at].hands.rotation = decision.value.flatMap { Int($0) }.flatMap(QuarterTurn.init(rawValue:))
        case .blank: order.frames[at].hands.disposition = .blank
        case .written: order.frames[at].hands.disposition = .page
        case .replace:
            guard let other = decision.other, order.waiting.contains(where: { $0.place == other }) else { return }
            // Of two scans for one page the later holds; the one before it is refused as the page itself is.
            let earlier = order.successors[page].flatMap { order.index(of: $0, image: nil) }
            for superseded in [at, earlier].compactMap(\.self) { order.frames[superseded].refusal = .refused(as: .rejected, .superseded(decision)) }
            order.put(other, image: nil, behind: at)
            order.successors[page] = other
        }
    }
}

extension PageReview {
    /// The records with accepted findings as notes, and what people decided about each page.
    func settled(_ records: [PageRecord]) -> [PageRecord] {
        let byPage = Dictionary(grouping: decisions) { $0.page }
        return records.map { record in
            guard let own = byPage[PageDecision.Place(file: record.fileSHA256, frame: record.frame)] else { return record }
            var record = record
            record.findings = settled(record.findings, own.filter { $0.change == .accept })
            record.findings += own.filter { $0.change != .accept && $0.change != .replace }.map(Finding.decided)
            return record
        }.map { record in
            guard let decision = successors[PageDecision.Place(file: record.fileSHA256, frame: record.frame)] else { return record }
            var record = record
            record.findings.append(.decided(decision))
            return record
        }
    }

    /// Single scans by their place, with the decision that let them take a page's.
    private var successors: [PageDecision.Place: PageDecision] {
        Dictionary(decisions.filter { $0.change == .replace }.compactMap { decision in decision.other.map { ($0, decision) } }, uniquingKeysWith: { $1 })
    }

    /// Findings about volumes or, without a number, about the case. All at once: whether two of one place are alike has to be seen.
    func settled(_ findings: [CaseIndex.VolumeFinding]) -> [CaseIndex.VolumeFinding] {
        var settled: [Int?: [Finding]] = [:]
        for (volume, own) in Dictionary(grouping: findings, by: \.volume) {
            // Backwards, to be taken from the end one by one.
            settled[volume] = self.settled(own.map(\.finding), decisions.filter { $0.page == nil && $0.volume == volume && $0.change == .accept }).reversed()
        }
        return findings.map { .init(volume: $0.volume, finding: settled[$0.volume]!.removeLast()) }
    }

    private func settled(_ findings: [Finding], _ accepted: [PageDecision]) -> [Finding] {
        findings.map { finding in
            let isAlone = findings.count { $0.key == finding.key } == 1
            guard finding.isAcceptable, let decision = accepted.last(where: { $0.settles(finding, isAlone: isAlone) }) else { return finding }
            return finding.accepted(decision)
        }
    }

    /// Decisions whose pages are no longer in the case.
    func lost(from records: [PageRecord]) -> [Finding] {
        let present = Set(records.map { PageDecision.Place(file: $0.fileSHA256, frame: $0.frame) })
        return decisions.filter { decision in [decision.page, decision.other].contains { $0.map { !present.contains($0) } ?? false } }.map(Finding.lost)
    }
}

extension String {
    /// Images are counted anew when a sheet is put in or scanned again; the question stays the same.
    fileprivate var withoutImageNumbers: String { replacing(/image \d+/, with: "image") }
}

extension PageDecision {
    /// Whether it was made about this very question: the same key in the same place. Where the place has several of the key, or
    /// the key says no more than the id and the place is no page, the words have to be the same, too. What has become graver is
    /// asked again.
    fileprivate func settles(_ finding: Finding, isAlone: Bool) -> Bool {
        guard value == finding.id, finding.severity <= severity ?? finding.severity else { return false }
        let sameWords = (message ?? finding.message).withoutImageNumbers == finding.message.withoutImageNumbers
        guard let key else { return sameWords }
        return key == finding.key && (isAlone && (finding.subject != nil || page != nil && !finding.isAboutWords) || sameWords)
    }

    /// Who, when and why.
    fileprivate var signature: String { "by \(by), \(at)" + (reason.map { ": \($0)" } ?? "") }
}

extension CaseOriginals.Frame {
    fileprivate var place: PageDecision.Place { PageDecision.Place(file: file.digest, frame: frame) }
}

extension Finding {
    /// What it is about stands in its message only.
    fileprivate var isAboutWords: Bool { id == "page.text.check" }

    fileprivate static var unplaced: Finding {
        Finding(
            id: "page.unplaced", severity: .note, message: "a single scan whose decision was withdrawn or superseded, or whose place is gone",
            remedy: "nothing to do, or place it with “dossier review insert” or “replace”")
    }

    fileprivate static func superseded(_ decision: PageDecision) -> Finding {
        Finding(
            id: "page.superseded", severity: .note, message: "scanned again (\(decision.signature)); the new scan takes its place",
            remedy: "nothing to do; the earlier scan stays in the store")
    }

    fileprivate static func decided(_ decision: PageDecision) -> Finding {
        let what =
            switch decision.change {
            case .accept: "in order"
            case .turn: "turned by hand, \(decision.value ?? "0")° clockwise from the scan"
            case .blank: "called blank by hand"
            case .written: "called written by hand"
            case .replace: "a new scan in the place of an earlier one"
            case .move: "put in its place by hand"
            }
        return Finding(
            id: decidedID, severity: .note, message: "\(what) (\(decision.signature))",
            remedy: "nothing to do; “dossier review withdraw” takes a decision back")
    }

    fileprivate func accepted(_ decision: PageDecision) -> Finding {
        Finding(id: id, severity: .note, message: "\(message) – accepted \(decision.signature)", remedy: "nothing to do", subject: subject, score: score, box: box)
    }

    fileprivate static func lost(_ decision: PageDecision) -> Finding {
        Finding(
            id: "page.decision.lost", severity: .warn,
            message: "a decision (\(decision.change.rawValue), \(decision.signature)) is about a page that is no longer in the case",
            remedy: "look at the page that took its place and decide again; “dossier review withdraw” takes the old decision back",
            subject: "\(decision.change.rawValue) \(decision.at)" + (decision.page.map { " \($0.file.hex.prefix(12))-\($0.frame)" } ?? ""))
    }
}
