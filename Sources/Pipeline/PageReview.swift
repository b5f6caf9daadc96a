import Archive
import DossierModel

/// People's decisions about the pages of a case, as they bear on a run. Of two about the same thing the later holds.
struct PageReview {
    private let decisions: [PageDecision]

    init(_ decisions: [PageDecision]) { self.decisions = decisions }

    init(of recorded: [RecordedDecision]) { self.init(recorded.filter { $0.withdrawnAt == nil }.map(\.decision)) }

    /// The frames in the order that people gave them, each with what was said of it. A page that was scanned again stays
    /// before the one that took its place, refused.
    func applied(to frames: [CaseOriginals.Frame]) -> [CaseOriginals.Frame] {
        var frames = frames
        for decision in decisions { apply(decision, to: &frames) }
        return frames
    }

    private func apply(_ decision: PageDecision, to frames: inout [CaseOriginals.Frame]) {
        guard let page = decision.page, let at = Self.index(of: page, image: decision.image, in: frames) else { return }
        switch decision.change {
        case .accept: return
        case .turn: frames[at].hands.rotation = decision.value.flatMap { Int($0) }.flatMap(QuarterTurn.init(rawValue:))
        case .blank: frames[at].hands.disposition = .blank
        case .written: frames[at].hands.disposition = .page
        case .replace:
            guard let other = decision.other, Self.index(of: other, image: nil, in: frames) != nil else { return }
            frames[at].refusal = .refused(as: .rejected, .superseded(decision))
            Self.move(other, behind: at, in: &frames)
        case .move:
            guard let other = decision.other, let target = Self.index(of: other, image: nil, in: frames), target != at else { return }
            Self.move(page, behind: target, in: &frames)
        }
    }

    /// The frame takes the volume of the one it comes behind.
    private static func move(_ page: PageDecision.Place, behind target: Int, in frames: inout [CaseOriginals.Frame]) {
        guard let from = index(of: page, image: nil, in: frames), from != target else { return }
        var frame = frames[from]
        (frame.slot, frame.batch) = (frames[target].slot, frames[target].batch)
        frames.remove(at: from)
        frames.insert(frame, at: from < target ? target : target + 1)
    }

    /// Pages whose scans are the same, such as blank ones, are told apart by the number they had.
    private static func index(of page: PageDecision.Place, image: Int?, in frames: [CaseOriginals.Frame]) -> Int? {
        let all = frames.indices.filter { frames[$0].file.digest == page.file && frames[$0].frame == page.frame }
        return all.first { $0 + 1 == image } ?? all.first
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
        }
    }

    /// Findings about a volume or, without its number, about the case.
    func settled(_ findings: [Finding], volume: Int?) -> [Finding] {
        settled(findings, decisions.filter { $0.page == nil && $0.volume == volume && $0.change == .accept })
    }

    private func settled(_ findings: [Finding], _ accepted: [PageDecision]) -> [Finding] {
        findings.map { finding in
            guard let decision = accepted.last(where: { $0.value == finding.id }), finding.severity < .block else { return finding }
            return finding.accepted(decision)
        }
    }

    /// Decisions whose pages are no longer in the case.
    func lost(from records: [PageRecord]) -> [Finding] {
        let present = Set(records.map { PageDecision.Place(file: $0.fileSHA256, frame: $0.frame) })
        return decisions.filter { decision in decision.page.map { !present.contains($0) } ?? false }.map(Finding.lost)
    }
}

extension PageDecision {
    /// Who, when and why.
    fileprivate var signature: String { "by \(by), \(at)" + (reason.map { ": \($0)" } ?? "") }
}

extension Finding {
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
            case .replace: "scanned again"
            case .move: "put in its place by hand"
            }
        return Finding(
            id: "page.decided", severity: .note, message: "\(what) (\(decision.signature))",
            remedy: "nothing to do; “dossier review withdraw” takes a decision back")
    }

    fileprivate func accepted(_ decision: PageDecision) -> Finding {
        Finding(id: id, severity: .note, message: "\(message) – accepted \(decision.signature)", remedy: "nothing to do", score: score, box: box)
    }

    fileprivate static func lost(_ decision: PageDecision) -> Finding {
        Finding(
            id: "page.decision.lost", severity: .warn,
            message: "a decision (\(decision.change.rawValue), \(decision.signature)) is about a page that is no longer in the case",
            remedy: "look at the page that took its place and decide again; “dossier review withdraw” takes the old decision back")
    }
}
