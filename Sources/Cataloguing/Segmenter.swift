/// Pages of one document, in scan order.
struct DocumentSegment {
    let start: DocumentStart
    /// Positions in the volume's list of images.
    var pages: [Int]
    /// Positions whose printed page mark does not follow the one before.
    var disordered: [Int] = []

    var carriesFolio: Bool { start.title?.role.carriesFolio ?? true }
}

/// Cuts the pages of a volume into documents: one pass, one decision per page.
struct Segmenter {
    private(set) var segments: [DocumentSegment] = []
    /// Printed page mark of the last page, counted on where a page shows none.
    private var lastMark: PrintedPageMark?
    private var afterSeparator = false

    /// Doubtful starts: a title repeated inside its own document, a page that says it is not the first.
    private static let doubtful = 0.7

    /// A separator sheet: whatever comes next begins a document.
    mutating func separate() { afterSeparator = true }

    mutating func add(_ page: PageReading) {
        if let start = decide(page) {
            segments.append(DocumentSegment(start: start, pages: [page.position]))
            lastMark = page.mark
        } else {
            let last = segments.count - 1
            segments[last].pages.append(page.position)
            if isOutOfOrder(page.mark) { segments[last].disordered.append(page.position) }
            lastMark = page.mark ?? lastMark.map { PrintedPageMark(number: $0.number + 1, total: $0.total) }
        }
        afterSeparator = false
    }

    /// The document this page begins; nil when it goes on with the one before.
    private func decide(_ page: PageReading) -> DocumentStart? {
        let start = page.start
        guard let running = segments.last?.start, !afterSeparator else { return start ?? .unknown }
        if running.title?.role == .catalogue, continuesCatalogue(page, start) { return nil }
        if let start, start.shown == running.shown, let row = page.firstRowNumber, row > 1 { return nil }
        if let mark = page.mark, mark.number > 1 { return laterPage(mark, start, page, running) }
        guard let start else { return restart(page.mark, running) }
        return isBareRepetition(start, page, running) ? start.atMost(Self.doubtful) : start
    }

    /// Rows of a catalogue name documents, but none begins there.
    private func continuesCatalogue(_ page: PageReading, _ start: DocumentStart?) -> Bool {
        if start?.title?.role == .catalogue { return true }
        return page.isTable && (start?.score ?? 0) < 0.95
    }

    /// A page marked 2 or higher: forms repeat their title on every page.
    private func laterPage(_ mark: PrintedPageMark, _ start: DocumentStart?, _ page: PageReading, _ running: DocumentStart) -> DocumentStart? {
        guard let start, page.heading != nil else { return nil }
        let follows = lastMark.map { $0.number + 1 == mark.number } ?? true
        return start.shown == running.shown && follows ? nil : start.atMost(Self.doubtful)
    }

    /// “第 1 页” once more, without a title.
    private func restart(_ mark: PrintedPageMark?, _ running: DocumentStart) -> DocumentStart? {
        let isStatement = running.title?.role == .statement
        guard mark?.number == 1, lastMark != nil || isStatement else { return nil }
        return isStatement ? running.atMost(0.6) : DocumentStart.unknown.withScore(0.4)
    }

    /// The title of the running statement again, without the fields that open a new one.
    private func isBareRepetition(_ start: DocumentStart, _ page: PageReading, _ running: DocumentStart) -> Bool {
        start.title?.role == .statement && start.shown == running.shown && page.statement == nil && page.ordinal == nil
            && page.mark?.number != 1
    }

    private func isOutOfOrder(_ mark: PrintedPageMark?) -> Bool {
        guard let mark, let lastMark else { return false }
        return mark.number != lastMark.number + 1 || (mark.total != nil && lastMark.total != nil && mark.total != lastMark.total)
    }
}

extension DocumentStart {
    func withScore(_ score: Double) -> DocumentStart { DocumentStart(title: title, shown: shown, score: score) }
}
