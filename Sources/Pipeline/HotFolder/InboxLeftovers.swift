/// What lies in an inbox and will not be taken as it is, each told once when it has lain there for a while. Pure.
struct InboxLeftovers {
    enum Item: Hashable, Sendable {
        /// A file in no batch folder.
        case loose(String)
        /// A batch folder without a file.
        case empty(String)

        fileprivate var name: String {
            switch self {
            case .loose(let name), .empty(let name): name
            }
        }
    }

    /// Seconds after which it is told: a scanner makes a folder before it fills it.
    private let settle: Double
    private var since: [Item: Double] = [:]
    private var told: Set<Item> = []

    init(settle: Double) { self.settle = settle }

    /// Takes note of what lies there now; gives what is to be told, by name. What went away and comes back is told again.
    mutating func news(_ items: Set<Item>, at now: Double) -> [Item] {
        since = since.filter { items.contains($0.key) }
        told.formIntersection(items)
        for item in items where since[item] == nil { since[item] = now }
        let news = since.filter { now - $0.value >= settle && !told.contains($0.key) }.map(\.key)
        told.formUnion(news)
        return news.sorted { NaturalOrder.precedes($0.name, $1.name) }
    }
}
