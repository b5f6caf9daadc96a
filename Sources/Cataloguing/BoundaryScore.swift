/// The document a page would go on with.
struct RunningDocument {
    let start: DocumentStart
    /// Printed page mark of the last page, counted on where a page shows none.
    let lastMark: PrintedPageMark?

    func goingOn(with page: PageReading) -> RunningDocument {
        let next = lastMark.map { PrintedPageMark(number: $0.number + 1, total: $0.total) }
        return RunningDocument(start: start, lastMark: page.mark ?? next)
    }
}

/// Whether a document begins with a page: everything that speaks for and against it, as one sum of log odds.
///
/// Positive numbers speak for a beginning. The weights are judgements, set on generated cases (seeds 51 to 53): 1 is a hint,
/// 3 is strong, 6 is all but certain.
enum BoundaryScore {
    private enum Weight {
        /// Most pages begin nothing.
        static let prior = -1.5
        static let perTitleScore = 8.0
        /// A title of this score tells nothing.
        static let neutralTitle = 0.35
        static let unlistedTitle = 1.6
        static let noTitle = -2.5
        static let form = 3.0
        static let sureStatement = 2.5
        static let likelyStatement = 1.0
        static let letterhead = 1.5
        static let number = 2.0
        static let markOne = 2.5
        static let markFollows = -8.0
        static let markLater = -4.5
        static let lastOfMarked = 3.0
        static let midOfMarked = -5.0
        static let signed = 1.2
        static let dated = 0.7
        static let sealed = 0.8
        static let addressed = 0.7
        static let blankBelow = 0.6
        static let fullPage = -1.5
        static let runsOn = -1.5
        static let attachment = -3.0
        static let nextPhoto = -3.0
        static let nextTableRows = -9.0
        static let talkGoesOn = -2.0
        static let otherLayout = 0.5
        static let blankSheetBetween = 0.4
        static let nothingOnIt = -3.0
        static let sameTitle = -1.0
        static let bareRepetition = -4.5
        static let afterSinglePage = 2.5
        static let afterCatalogue = 2.0
        static let catalogueGoesOn = -9.0
        static let listedOnPaper = 4.5
        static let notListedOnPaper = -2.0
    }

    /// - Parameters:
    ///   - previous: the page before, nil where it had none or none was delivered.
    ///   - listed: whether the paper catalogue of the volume says that a document begins here; nil where it says nothing.
    static func logOdds(
        _ page: PageReading, after previous: PageReading, of running: RunningDocument, blankBetween: Bool, listed: Bool?
    ) -> Double {
        var sum = Weight.prior + own(page) + ending(previous) + joint(page, previous) + context(page, running)
        if blankBetween { sum += Weight.blankSheetBetween }
        if let listed { sum += listed ? Weight.listedOnPaper : Weight.notListedOnPaper }
        return sum
    }

    /// What the page itself says.
    private static func own(_ page: PageReading) -> Double {
        guard page.layout.glyphCount > 0 else { return Weight.nothingOnIt }
        var sum = 0.0
        if let start = page.start {
            sum += start.title == nil ? Weight.unlistedTitle : Weight.perTitleScore * (start.score - Weight.neutralTitle)
            if let role = start.title?.role, !role.carriesFolio { sum += Weight.form }
        } else {
            sum += Weight.noTitle
        }
        if let statement = page.statement { sum += statement.isSure ? Weight.sureStatement : Weight.likelyStatement }
        if page.ends.hasLetterhead { sum += Weight.letterhead }
        if page.ends.hasNumberOnTop { sum += Weight.number }
        if page.mark?.number == 1 { sum += Weight.markOne }
        if page.start == nil, page.ends.runsOn { sum += Weight.runsOn }
        if page.ends.opensWithAttachment { sum += Weight.attachment }
        return sum
    }

    /// How the page before ends.
    private static func ending(_ page: PageReading) -> Double {
        var sum = 0.0
        switch page.ends.closing {
        case .signed: sum += Weight.signed
        case .dated: sum += Weight.dated
        case .none: if page.ends.isFull { sum += Weight.fullPage }
        }
        if page.ends.isSealed { sum += Weight.sealed }
        if page.ends.isAddressed { sum += Weight.addressed }
        if page.ends.blankBelow > 0.25 { sum += Weight.blankBelow }
        if let mark = page.mark, let total = mark.total { sum += mark.number >= total ? Weight.lastOfMarked : Weight.midOfMarked }
        return sum
    }

    /// What the two pages have in common.
    private static func joint(_ page: PageReading, _ previous: PageReading) -> Double {
        var sum = 0.0
        if page.start == nil, let photo = page.ends.firstPhoto, photo > 1, previous.ends.firstPhoto != nil { sum += Weight.nextPhoto }
        if page.ends.isTalk, previous.ends.isTalk, page.statement == nil { sum += Weight.talkGoesOn }
        let ratio = page.layout.relativeBodyHeight / max(previous.layout.relativeBodyHeight, 1e-6)
        let isTurned = page.layout.isLandscape != previous.layout.isLandscape
        if page.isTable != previous.isTable || isTurned || ratio > 1.2 || ratio < 0.83 { sum += Weight.otherLayout }
        return sum
    }

    /// What the running document leads one to expect.
    private static func context(_ page: PageReading, _ running: RunningDocument) -> Double {
        let role = running.start.title?.role ?? .ordinary
        var sum = 0.0
        if role == .catalogue {
            sum += page.continuesCatalogue ? Weight.catalogueGoesOn : Weight.afterCatalogue
        } else if !role.carriesFolio {
            sum += Weight.afterSinglePage
        }
        if let mark = page.mark, mark.number > 1 {
            let follows = running.lastMark.map { $0.number + 1 == mark.number } ?? true
            sum += follows ? (page.repeats(running.start) || page.start == nil ? Weight.markFollows : Weight.markLater) : (page.start == nil ? Weight.markLater : 0)
        }
        guard page.repeats(running.start) else { return sum }
        if let row = page.firstRowNumber, row > 1 { return sum + Weight.nextTableRows }
        return sum + (page.isBareRepetition ? Weight.bareRepetition : Weight.sameTitle)
    }
}

extension PageReading {
    /// The heading of the running document once more.
    func repeats(_ running: DocumentStart) -> Bool { start?.shown == running.shown }

    /// The title of a statement without the fields that open a new one.
    var isBareRepetition: Bool { start?.title?.role == .statement && statement == nil && ordinal == nil && mark?.number != 1 }

    /// Rows of a catalogue name documents, but none begins there.
    var continuesCatalogue: Bool { start?.title?.role == .catalogue || (isTable && (start?.score ?? 0) < 0.95) }
}
