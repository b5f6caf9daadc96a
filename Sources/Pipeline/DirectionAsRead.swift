import DossierModel
import ImageCodecs
import Imaging

/// Which way up a page is, told by reading all of it, as scanned and turned upside down: the engine reads lines that lie level
/// and such as run down the page, so that two readings show all four directions.
///
/// Only Chinese characters count: a stamped number is read for sure on its head, too.
struct DirectionAsRead {
    /// So many have to be read for sure before a page is turned, and before one that is upright is no longer asked about.
    private static let (fewestToTurn, fewestToStay) = (8, 4)
    /// So large a part of what was read in any direction has to be sure in that one: beside a few sure words that lie sideways,
    /// writing that is upright and unsure keeps a page as it is.
    private static let leastShare = 0.6
    /// So many times as much has to be sure as in any other direction. A photograph that lies sideways has more to read than its
    /// caption: turning asks for a longer lead than staying.
    private static let (leadToTurn, leadToStay) = (16, 8)

    /// Characters in sure lines, by the turn that makes them upright.
    private(set) var sure: [QuarterTurn: Int] = [:]
    /// Characters in all lines.
    private(set) var all: [QuarterTurn: Int] = [:]

    /// - Parameters:
    ///   - turn: by which the page was turned before it was read.
    ///   - confidence: from which on a line is sure.
    mutating func add(_ lines: [RecognisedLine], turnedBy turn: QuarterTurn, confidence: Double) {
        for line in lines {
            let upright = line.liesLevel ? turn : turn + .clockwise270
            let glyphs = line.text.unicodeScalars.count(where: \.properties.isIdeographic)
            all[upright, default: 0] += glyphs
            if line.confidence >= confidence { sure[upright, default: 0] += glyphs }
        }
    }

    /// nil where a person has to say.
    var turn: QuarterTurn? {
        let ranked = QuarterTurn.allCases.map { (turn: $0, sure: sure[$0] ?? 0) }.sorted { $0.sure > $1.sure }
        let (best, next) = (ranked[0], ranked[1])
        let stays = best.turn == .none
        let read = stays ? all[.none] ?? 0 : all.values.max() ?? 0
        guard best.sure >= (stays ? Self.fewestToStay : Self.fewestToTurn), next.sure * (stays ? Self.leadToStay : Self.leadToTurn) <= best.sure,
            Double(best.sure) >= Self.leastShare * Double(read)
        else { return nil }
        return best.turn
    }
}

extension RecognisedLine {
    /// Its text runs across the page, not down it.
    fileprivate var liesLevel: Bool { abs(quad.topRight.x - quad.topLeft.x) >= abs(quad.topRight.y - quad.topLeft.y) }
}

extension PageStages {
    /// Turns a page whose lines, looked at one by one, did not tell which way up it is, where reading all of it does, and takes
    /// the question back where the page proves upright.
    func settleDirection(
        of decoded: DecodedFrame, _ hands: PageHands, _ clean: inout CleanPage, _ page: inout ReadablePage?, _ reading: inout RecognisedPage?,
        _ doubt: inout BlankDoubt?
    ) {
        guard engine.isSureOfUprightTextOnly, clean.findings.contains(where: \.asksForDirection), let scanned = page, let first = reading,
            let turn = timed(.orientation, { direction(of: scanned, read: first) })
        else { return }
        if turn == .none {
            clean.findings.removeAll(where: \.asksForDirection)
        } else {
            (clean, page, doubt) = cleaned(decoded, hands, turnedBy: turn)
            clean.findings.append(.turnedAsRead(turn))
            reading = page.map { page in timed(.recognise) { recognised(page) } }
        }
    }

    /// A page that is perhaps blank is looked at anyway; where nothing was read, nothing on it has a direction.
    func askOnce(_ clean: inout CleanPage, _ reading: RecognisedPage?) {
        guard let reading, reading.lines.isEmpty, clean.findings.contains(where: { $0.id == Finding.almostBlankID }) else { return }
        clean.findings.removeAll(where: \.asksForDirection)
    }

    /// What makes a page upright, by what can be read; nil where that does not tell, or cannot be had.
    private func direction(of page: ReadablePage, read first: RecognisedPage) -> QuarterTurn? {
        var turned = page
        turned.raster = page.raster.turned(.half)
        let second = recognised(turned)
        guard !first.hasFailed, !second.hasFailed else { return nil }
        var direction = DirectionAsRead()
        direction.add(first.lines, turnedBy: .none, confidence: Self.sureConfidence)
        direction.add(second.lines, turnedBy: .half, confidence: Self.sureConfidence)
        return direction.turn
    }
}

extension Finding {
    fileprivate static func turnedAsRead(_ turn: QuarterTurn) -> Finding {
        Finding(
            id: "page.orientation.read", severity: .note,
            message: "The page was turned by \(turn.rawValue)° because its text reads that way.",
            remedy: "Should it be wrong, turn it with “dossier review turn”.", subject: "\(turn.rawValue)")
    }

    fileprivate var asksForDirection: Bool { id == Finding.orientationUnsureID }
}
