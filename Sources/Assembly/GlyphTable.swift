/// The clusters of a volume, numbered in the order of their first use.
struct GlyphTable {
    /// How a cluster is shown.
    struct Code: Hashable {
        let font: Int
        let cid: UInt16
        /// Ems.
        let width: Double
        /// Unicode scalars it stands for.
        let scalars: Int
        /// What it says, where a reader must be told beside the mapping.
        let actualText: String?
    }

    /// One font's clusters; the first has CID 1.
    struct Font {
        fileprivate(set) var clusters: [String] = []
        /// Thousandths of an em.
        fileprivate(set) var widths: [Int] = []
    }

    /// CIDs of a font; two-byte codes end at 65,535.
    let capacity: Int
    private(set) var fonts: [Font] = []
    private var codes: [[Unicode.Scalar]: Code] = [:]

    init(capacity: Int = 65_000) { self.capacity = capacity }

    /// Strings that are equal only by canonical equivalence are different clusters: text stays as read.
    mutating func code(for cluster: String) -> Code {
        let key = Array(cluster.unicodeScalars)
        if let known = codes[key] { return known }
        if fonts.last.map({ $0.clusters.count >= capacity }) ?? true { fonts.append(Font()) }
        let index = fonts.count - 1
        let width = Self.width(of: cluster)
        fonts[index].clusters.append(cluster)
        fonts[index].widths.append(width)
        let code = Code(font: index, cid: UInt16(fonts[index].clusters.count), width: Double(width) / 1000,
            scalars: key.count, actualText: PageText.needsActualText(cluster) ? cluster : nil)
        codes[key] = code
        return code
    }

    /// Half an em for what is usually set so, one em for the rest. Only the proportions matter: lines are scaled.
    private static func width(of cluster: String) -> Int {
        let sum = cluster.reduce(0) { $0 + (isNarrow($1) ? 500 : 1000) }
        return min(max(sum, 500), 20_000)
    }

    private static func isNarrow(_ character: Character) -> Bool {
        let value = character.unicodeScalars.first!.value
        return value < 0x250 || (0xFF61...0xFFDC).contains(value)
    }
}
