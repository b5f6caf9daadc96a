import Foundation

/// Pages of one document, in scan order.
struct DocumentSegment {
    var start: DocumentStart
    /// Positions in the volume's list of images.
    var pages: [Int]
    /// Positions whose printed page mark does not follow the one before.
    var disordered: [Int] = []
    /// Positions that may begin a document of their own, with how likely that is.
    var doubtful: [(position: Int, chance: Double)] = []
    /// What a separator sheet calls it.
    var given: DocumentStart?

    var carriesFolio: Bool { start.title?.role.carriesFolio ?? true }
}

/// Cuts the pages of a volume into documents: the most likely cuts of all, found over the volume as a whole (Viterbi 1967).
///
/// A page begins a document or goes on with one; how well either fits depends on the document it would go on with. Of the
/// documents that may be running at a page the likeliest few are kept, so the work grows with the number of pages. How sure
/// a cut is tells the distance between the best way through the volume with it and the best one without.
struct Segmenter {
    private(set) var segments: [DocumentSegment] = []

    /// A page with what lies between it and the one before.
    struct Leaf {
        let page: PageReading
        var afterSeparator = false
        var afterBlank = false
        /// Whether the paper catalogue lists a document that begins here; nil where it cannot tell.
        var listed: Bool?
        /// What a person said: a document begins here, or none does.
        var isStart: Bool?
        /// What a separator sheet before it, or a code on it, calls the document that begins here.
        var given: DocumentStart?
    }

    /// Log odds nothing else outweighs.
    private static let certain = 500.0

    private struct Node {
        let running: RunningDocument
        let isStart: Bool
        /// Best sum of a way to here, and of one from here to the end.
        var before: Double
        var after = -Double.infinity
        /// The node before on the best way.
        let from: Int
    }

    /// Running documents kept per page.
    private static let kept = 4
    /// Chances between these are put to a person.
    enum Chance {
        static let sure = 0.9
        static let excluded = 0.15
    }

    private let leaves: [Leaf]
    private var columns: [[Node]] = []
    /// One per column: a start there from each node of the column before.
    private var odds: [[Odds]] = []

    /// Logarithms of the chances that a document begins and that one goes on, from their log odds.
    private struct Odds {
        let start: Double
        let goingOn: Double

        init(_ logOdds: Double) {
            start = -log1p(exp(-logOdds))
            goingOn = -log1p(exp(logOdds))
        }
    }

    init(_ leaves: [Leaf]) {
        self.leaves = leaves
        for at in leaves.indices { step(at) }
        lookBack()
        cut()
    }

    /// How much work it was: documents that were thought running, over all pages.
    var nodeCount: Int { columns.reduce(0) { $0 + $1.count } }

    // MARK: Forward

    private mutating func step(_ at: Int) {
        let leaf = leaves[at]
        guard at > 0 else {
            columns.append([opening(leaf, before: 0, from: -1, after: nil)])
            odds.append([])
            return
        }
        let previous = columns[at - 1]
        let gains = previous.map { node in
            Odds(leaf.isStart.map { $0 ? Self.certain : -Self.certain } ?? BoundaryScore.logOdds(
                leaf.page, after: leaves[at - 1].page, of: node.running, blankBetween: leaf.afterBlank, listed: leaf.listed))
        }
        let best = previous.indices.max { previous[$0].before + gains[$0].start < previous[$1].before + gains[$1].start }!
        var column = [opening(leaf, before: previous[best].before + gains[best].start, from: best, after: previous[best].running)]
        if leaf.isStart == nil ? !leaf.afterSeparator : leaf.isStart == false {
            column += previous.indices.map { index in
                Node(running: previous[index].running.goingOn(with: leaf.page), isStart: false, before: previous[index].before + gains[index].goingOn, from: index)
            }.sorted { $0.before > $1.before }.prefix(Self.kept - 1)
        }
        columns.append(column)
        odds.append(gains)
    }

    private func opening(_ leaf: Leaf, before: Double, from: Int, after running: RunningDocument?) -> Node {
        Node(
            running: RunningDocument(start: Self.start(leaf, after: running), lastMark: leaf.page.mark), isStart: true, before: before, from: from)
    }

    /// A sheet names what the page leaves open. Where both are sure and differ the page is believed, and a person asked.
    private static func start(_ leaf: Leaf, after running: RunningDocument?) -> DocumentStart {
        let own = start(leaf.page, after: running)
        guard let given = leaf.given else { return own }
        if let title = own.title, title.code == given.title?.code { return own.withScore(max(own.score, given.score)) }
        return own.title != nil && own.score >= Threshold.yes ? own : given
    }

    /// What a document beginning with the page would be called: “第 1 页” of a form without a title is of the kind before.
    private static func start(_ page: PageReading, after running: RunningDocument?) -> DocumentStart {
        if let start = page.start { return start }
        if let running, running.start.title?.role == .statement, page.mark?.number == 1 { return running.start.atMost(0.6) }
        return .unknown
    }

    // MARK: Backward

    private mutating func lookBack() {
        guard let last = columns.indices.last else { return }
        for index in columns[last].indices { columns[last][index].after = 0 }
        for at in columns.indices.dropFirst().reversed() {
            for node in columns[at] where !node.isStart { raise(at - 1, node.from, to: odds[at][node.from].goingOn + node.after) }
            let opening = columns[at][0]
            for index in columns[at - 1].indices { raise(at - 1, index, to: odds[at][index].start + opening.after) }
        }
    }

    private mutating func raise(_ column: Int, _ node: Int, to value: Double) {
        columns[column][node].after = max(columns[column][node].after, value)
    }

    /// How likely a document begins at a page: the odds between the best ways with and without it.
    private func chance(_ at: Int) -> Double {
        let with = columns[at][0].before + columns[at][0].after
        let without = columns[at].dropFirst().map { $0.before + $0.after }.max() ?? -.infinity
        return without == -.infinity ? 1 : 1 / (1 + exp(without - with))
    }

    // MARK: Cutting

    private mutating func cut() {
        for (at, node) in bestWay().enumerated() {
            let leaf = leaves[at]
            if node.isStart {
                segments.append(DocumentSegment(start: Self.weighed(node.running.start, chance: chance(at)), pages: [leaf.page.position], given: leaf.given))
                continue
            }
            let last = segments.count - 1
            segments[last].pages.append(leaf.page.position)
            if isOutOfOrder(leaf.page.mark, after: at) { segments[last].disordered.append(leaf.page.position) }
            let chance = chance(at)
            if chance > Chance.excluded { segments[last].doubtful.append((leaf.page.position, chance)) }
        }
        runningMarks = []
    }

    private mutating func bestWay() -> [Node] {
        guard let last = columns.last else { return [] }
        var index = last.indices.max { last[$0].before < last[$1].before }!
        var way: [Node] = []
        for column in columns.reversed() {
            way.append(column[index])
            index = column[index].from
        }
        way.reverse()
        runningMarks = way.map(\.running.lastMark)
        return way
    }

    /// Marks as counted on, page by page, on the best way.
    private var runningMarks: [PrintedPageMark?] = []

    private func isOutOfOrder(_ mark: PrintedPageMark?, after at: Int) -> Bool {
        guard let mark, at > 0, let before = runningMarks[at - 1] else { return false }
        return mark.number != before.number + 1 || (mark.total != nil && before.total != nil && mark.total != before.total)
    }

    /// A title is no surer than the cut before it.
    private static func weighed(_ start: DocumentStart, chance: Double) -> DocumentStart {
        chance >= Chance.sure ? start : start.atMost(max(Threshold.no, min(0.79, chance * 0.85)))
    }
}

extension DocumentStart {
    func withScore(_ score: Double) -> DocumentStart { DocumentStart(title: title, shown: shown, score: score) }
}
