public import DossierModel

/// Looks at the pages of a volume beside each other: the same sheet twice, the odd one out. Pure.
public struct VolumeJudge: Sendable {
    /// Two pages that look alike; their text decides.
    public struct Suspicion: Hashable, Sendable {
        /// Image numbers, in scan order.
        public var first: Int
        public var second: Int
        /// Bits of 64 in which their looks differ.
        public var distance: Int
    }

    private let limits: Settings.Quality
    private let pages: [PageRecord]

    /// - Parameter records: those of one volume, in scan order. Blanks and separators are alike by nature and not looked at.
    public init(_ records: [PageRecord], _ limits: Settings.Quality) {
        self.limits = limits
        pages = records.filter { $0.disposition == .page && !$0.isPlaceholder }
    }

    // MARK: The same sheet twice

    /// Every image whose pixels came before.
    public var copies: [(image: Int, finding: Finding)] {
        var first: [SHA256Digest: Int] = [:]
        return pages.compactMap { page in
            guard let digest = page.rasterSHA256 else { return nil }
            guard let earlier = first[digest] else { first[digest] = page.image; return nil }
            return (page.image, QualityFinding.samePixels(as: earlier))
        }
    }

    /// Each page is held against so many earlier ones at most: pages of one form all look alike.
    private static let mostSuspicions = 6

    /// Pairs that look alike and do not bear two numbers, or bear the same one however they look; of each page those that look
    /// most alike, then the nearest.
    ///
    /// - Parameter stamps: the page numbers read, by image.
    public func suspicions(stamps: [Int: Int]) -> [Suspicion] {
        let looks = pages.compactMap { page in
            page.quality?.look.flatMap { UInt64($0, radix: 16) }.map { (page: page, bits: $0) }
        }
        return looks.indices.flatMap { at -> [Suspicion] in
            let other = looks[at]
            let number = stamps[other.page.image]
            var nearest: [(rank: Int, suspicion: Suspicion)] = []
            for one in looks[..<at].reversed() {
                let distance = (one.bits ^ other.bits).nonzeroBitCount
                let (first, hasSameNumber) = (stamps[one.page.image], number != nil && stamps[one.page.image] == number)
                guard hasSameNumber || distance <= limits.lookDistance, one.page.rasterSHA256 != other.page.rasterSHA256 else { continue }
                let rank = hasSameNumber ? distance - UInt64.bitWidth - 1 : distance
                if nearest.count == Self.mostSuspicions, rank >= nearest.last!.rank { continue }
                if let first, let number, first != number { continue }
                let suspicion = Suspicion(first: one.page.image, second: other.page.image, distance: distance)
                nearest.insert((rank, suspicion), at: nearest.firstIndex { $0.rank > rank } ?? nearest.endIndex)
                if nearest.count > Self.mostSuspicions { nearest.removeLast() }
            }
            return nearest.map(\.suspicion)
        }
    }

    /// Texts of fewer characters do not tell one sheet from another.
    private static let shortest = 24
    /// Share of neighbouring pairs of characters that two readings of one sheet have in common.
    private static let sameText = 0.9

    /// What to say of a suspicion, once both texts are known; nil when they are different sheets.
    public func finding(_ suspicion: Suspicion, _ first: [String], _ second: [String]) -> (image: Int, finding: Finding)? {
        let likeness = TextLikeness.between(first, second)
        let isShort = min(first.glyphCount, second.glyphCount) < Self.shortest
        guard isShort ? suspicion.distance <= limits.lookDistance / 3 && likeness >= 0.5 : likeness >= Self.sameText else { return nil }
        return (suspicion.second, QualityFinding.sameSheet(as: suspicion.first, scan: scan(ofImage: suspicion.first), likeness: likeness))
    }

    private func scan(ofImage image: Int) -> String? { pages.first { $0.image == image }.map { "\($0.file) \($0.frame)" } }

    // MARK: The odd one out

    /// With fewer pages there is no usual one.
    private static let fewestPages = 12
    /// Share of the pages that make something usual.
    private static let usualShare = 0.9

    public var oddOnes: [(image: Int, finding: Finding)] {
        guard pages.count >= Self.fewestPages else { return [] }
        return oddSizes + oddModes + oddResolutions + oddTones
    }

    private func usual<Value: Hashable>(_ value: (PageRecord) -> Value?) -> Value? {
        let counts = Dictionary(grouping: pages.compactMap(value)) { $0 }.mapValues(\.count)
        return counts.first { Double($0.value) >= Double(pages.count) * Self.usualShare }?.key
    }

    private var oddModes: [(image: Int, finding: Finding)] {
        guard let usual = usual(\.mode) else { return [] }
        return pages.filter { $0.mode != usual }.compactMap { page in
            page.mode.map { (page.image, QualityFinding.odd("\($0.rawValue), the others \(usual.rawValue)", 0.6)) }
        }
    }

    private var oddResolutions: [(image: Int, finding: Finding)] {
        func whole(_ page: PageRecord) -> Int? { page.dpi.map { Int($0.x.rounded()) } }
        guard let usual = usual(whole) else { return [] }
        return pages.compactMap { page in
            guard let dpi = whole(page), dpi != usual else { return nil }
            return (page.image, QualityFinding.odd("\(dpi) dpi, the others \(usual)", 0.7))
        }
    }

    /// A sheet may lie on its side. Longer and shorter side in steps of 8 mm, so that scanners that crop are not odd.
    private var oddSizes: [(image: Int, finding: Finding)] {
        func sides(_ page: PageRecord) -> (width: Double, height: Double)? {
            page.paperSize.map { (min($0.width, $0.height), max($0.width, $0.height)) }
        }
        let all = pages.compactMap(sides)
        guard all.count == pages.count else { return [] }
        let usual = (width: Self.middle(all.map(\.width)), height: Self.middle(all.map(\.height)))
        func isUsual(_ size: (width: Double, height: Double)) -> Bool {
            abs(size.width / usual.width - 1) < limits.sizeDeviation && abs(size.height / usual.height - 1) < limits.sizeDeviation
        }
        guard Double(all.count(where: isUsual)) >= Double(all.count) * 0.7 else { return [] }
        return zip(pages, all).filter { !isUsual($0.1) }.map { page, size in
            (page.image, QualityFinding.oddSize(size, usual: usual, isResolution: Self.isWrongResolution(size, usual)))
        }
    }

    /// Both sides are off by the same factor, and by one that lies between two resolutions.
    private static func isWrongResolution(_ size: (width: Double, height: Double), _ usual: (width: Double, height: Double)) -> Bool {
        let (x, y) = (size.width / usual.width, size.height / usual.height)
        return abs(x / y - 1) < 0.04 && [0.5, 2, 2.0 / 3, 1.5, 1.0 / 3, 3, 4, 0.25].contains { abs(x / $0 - 1) < 0.04 }
    }

    private var oddTones: [(image: Int, finding: Finding)] {
        let toned = pages.filter { $0.mode != .bitonal && $0.quality != nil }
        guard toned.count >= Self.fewestPages else { return [] }
        let papers = toned.map { Double($0.quality!.paper) }
        let usual = Self.middle(papers)
        let spread = max(limits.toneDeviation, 6 * Self.middle(papers.map { abs($0 - usual) }))
        return zip(toned, papers).filter { abs($0.1 - usual) > spread }.map { page, paper in
            (page.image, QualityFinding.odd("brightness \(Int(paper)), the others \(Int(usual))", min(1, 0.5 + abs(paper - usual) / 255)))
        }
    }

    private static func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// How much two readings have in common.
enum TextLikeness {
    /// Twice the common pairs of neighbouring characters over all pairs (Dice's coefficient over bigrams), 0…1.
    static func between(_ first: [String], _ second: [String]) -> Double {
        var (a, b) = (pairs(first), pairs(second))
        let all = a.values.reduce(0, +) + b.values.reduce(0, +)
        guard all > 0 else { return 0 }
        if a.count > b.count { swap(&a, &b) }
        return Double(2 * a.reduce(0) { $0 + min($1.value, b[$1.key] ?? 0) }) / Double(all)
    }

    /// Within lines, so that another reading order changes nothing.
    private static func pairs(_ lines: [String]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for line in lines {
            let letters = line.filter { !$0.isWhitespace }
            for pair in zip(letters, letters.dropFirst()) { counts["\(pair.0)\(pair.1)", default: 0] += 1 }
        }
        return counts
    }
}
