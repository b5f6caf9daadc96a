/// Chooses type size and baseline of every line of a page.
///
/// Readers that extract text in content order take two consecutive lines for one when their baselines differ by less
/// than half the type size (poppler does; it then puts a space between them). Lines one under the other differ by more
/// anyway. For the cells of a table row, or lines over each other, the type is made smaller and moved to the lower or
/// upper part of the line's box, as little as will do. The cheapest chain of choices is found by dynamic programming.
struct LineStagger {
    /// Share of the line's height for the type, and whether it stands in the upper part.
    struct Choice: Hashable {
        let size: Double
        let isRaised: Bool
        let cost: Int

        /// Units above the lower edge of the line at which the baseline runs.
        func rise(_ place: TextLinePlace) -> Double {
            let type = size * place.height
            return isRaised ? place.height - GlyphlessFont.ascent * type : GlyphlessFont.descent * type
        }
    }

    static let choices = [
        Choice(size: 1, isRaised: false, cost: 0),
        Choice(size: 0.6, isRaised: false, cost: 2), Choice(size: 0.6, isRaised: true, cost: 2),
        Choice(size: 0.4, isRaised: false, cost: 3), Choice(size: 0.4, isRaised: true, cost: 3),
        Choice(size: 0.2, isRaised: false, cost: 5), Choice(size: 0.2, isRaised: true, cost: 5),
    ]
    static let smallestSize = 0.2
    private static let mergedLines = 1_000

    /// One choice for each place.
    static func chosen(for places: [TextLinePlace]) -> [Choice] {
        guard !places.isEmpty else { return [] }
        var costs = choices.map(\.cost)
        var origins: [[Int]] = []
        for (upper, lower) in zip(places, places.dropFirst()) {
            let step = extended(costs, from: upper, to: lower)
            origins.append(step.map(\.origin))
            costs = step.map(\.cost)
        }
        return traced(last: cheapest(costs), origins)
    }

    private static func extended(
        _ costs: [Int], from upper: TextLinePlace, to lower: TextLinePlace
    ) -> [(origin: Int, cost: Int)] {
        choices.map { next in
            let totals = choices.indices.map { index in
                costs[index] + next.cost + (parts(upper, choices[index], lower, next) ? 0 : mergedLines)
            }
            let origin = cheapest(totals)
            return (origin, totals[origin])
        }
    }

    private static func cheapest(_ costs: [Int]) -> Int { costs.indices.min { costs[$0] < costs[$1] }! }

    private static func traced(last: Int, _ origins: [[Int]]) -> [Choice] {
        var index = last
        var chain = [choices[index]]
        for step in origins.reversed() {
            index = step[index]
            chain.append(choices[index])
        }
        return chain.reversed()
    }

    /// Whether a reader sees the second line as a new one.
    private static func parts(
        _ upper: TextLinePlace, _ first: Choice, _ lower: TextLinePlace, _ second: Choice
    ) -> Bool {
        let end = upper.point(along: upper.isWhole ? 0 : upper.length, up: first.rise(upper))
        let start = lower.point(along: 0, up: second.rise(lower))
        let distance = abs(baseline(of: end, upper) - baseline(of: start, lower))
        let slack = upper.slope == 0 || upper.isWhole ? 0.02 : 0.5 + upper.slope * upper.height
        return distance >= 0.52 * first.size * upper.height + slack
    }

    /// The coordinate that readers compare: across the reading direction, from the top left corner of the page.
    private static func baseline(of point: PageBox.Point, _ place: TextLinePlace) -> Double {
        place.isHorizontal ? place.pageHeight - point.y : point.x
    }
}
