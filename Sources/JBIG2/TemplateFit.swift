/// The adaptive pixels that make a template cheapest on a sample, chosen one after the other: each time the place that
/// saves most beside those already chosen.
///
/// A template costs the entropy of the sample within its contexts, as it would be on the whole page, and every context
/// that occurs something to learn. Nothing is coded for it: counting is an order of magnitude faster.
struct TemplateFit {
    private(set) var adaptivePixels: [AdaptivePixel] = []

    /// Places worth a look after the first choice: those that were best at it.
    private static let shortList = 20

    init(_ template: GenericTemplate, _ sample: Neighbourhoods) {
        var contexts = SampleContexts(sample, template.fixedPixels)
        var places = Neighbourhoods.places.filter { !template.fixedPixels.contains($0) }
        for _ in template.adaptiveBits {
            let ranked = contexts.ranked(places)
            adaptivePixels.append(ranked[0])
            contexts.split(by: ranked[0])
            places = Array(ranked.dropFirst().prefix(Self.shortList))
        }
    }
}

extension GenericTemplate {
    /// The places of the pixels that are not adaptive (ITU-T T.88 figures 3–6).
    var fixedPixels: [AdaptivePixel] {
        switch self {
        case .sixteen: row(0, -4 ... -1) + row(-1, -2...2) + row(-2, -1...1)
        case .thirteen: row(0, -3 ... -1) + row(-1, -2...2) + row(-2, -1...2)
        case .ten: row(0, -2 ... -1) + row(-1, -2...1) + row(-2, -1...1)
        case .tenInTwoRows: row(0, -4 ... -1) + row(-1, -3...1)
        }
    }

    private func row(_ y: Int, _ range: ClosedRange<Int>) -> [AdaptivePixel] { range.map { AdaptivePixel($0, y) } }
}

/// The contexts of a sample, numbered in the order they occur in.
private struct SampleContexts {
    private let sample: Neighbourhoods
    /// `4 × context + 2 × pixel` for each of the sample.
    private var labels: [UInt32]
    private var count = 1

    init(_ sample: Neighbourhoods, _ fixed: [AdaptivePixel]) {
        self.sample = sample
        labels = sample.near.map { UInt32(truncatingIfNeeded: $0 &>> UInt64(Neighbourhoods.own) & 1) &<< 1 }
        for place in fixed { split(by: place) }
    }

    /// Makes of every context two, by a further pixel.
    mutating func split(by place: AdaptivePixel) {
        let bits = bits(place)
        var numbers = [UInt32](repeating: .max, count: count * 2), next: UInt32 = 0
        for i in labels.indices {
            let wide = Int(labels[i] / 4) * 2 + Int(bits.row[i] &>> bits.shift & 1)
            if numbers[wide] == .max {
                numbers[wide] = next
                next += 1
            }
            labels[i] = numbers[wide] * 4 | labels[i] & 2
        }
        count = Int(next)
    }

    /// The places, the one that would make the cheapest split first.
    func ranked(_ places: [AdaptivePixel]) -> [AdaptivePixel] {
        var counts = [UInt32](repeating: 0, count: count * 4)
        let costs = places.map { cost($0, &counts) }
        return places.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }.map { places[$0] }
    }

    private func bits(_ place: AdaptivePixel) -> (row: [UInt64], shift: UInt64) {
        let bit = Neighbourhoods.bit(place)
        return (bit < 64 ? sample.near : sample.far, UInt64(bit & 63))
    }

    /// In 1/65,536 bit on the whole page.
    private func cost(_ place: AdaptivePixel, _ counts: inout [UInt32]) -> Int {
        count(place, &counts)
        let log = FixedLogarithm.shared
        var entropy = 0, contexts = 0, learned = 0
        for at in stride(from: 0, to: counts.count, by: 4) {
            for side in 0..<2 {
                let white = Int(counts[at + side]), black = Int(counts[at + 2 + side]), all = white + black
                guard all > 0 else { continue }
                entropy += log.times(all) - log.times(white) - log.times(black)
                contexts += 1
                learned += log(all)
            }
        }
        // Tried on 60 pages: 0.3 bit for each pixel that a context's first one stands for, and log₂ of its pixels on the page.
        return sample.weight * (entropy + contexts * 77) + (learned + contexts * (log(sample.weight) - 8 * 256)) * 256
    }

    /// For every context: white and black pixels where the place is white, white and black ones where it is black,
    /// in the order 0, 2, 1, 3.
    private func count(_ place: AdaptivePixel, _ counts: inout [UInt32]) {
        let (row, shift) = bits(place)
        unsafe counts.withUnsafeMutableBufferPointer { counts in
            unsafe counts.update(repeating: 0)
            unsafe labels.withUnsafeBufferPointer { labels in
                unsafe row.withUnsafeBufferPointer { row in
                    for i in labels.indices {
                        let at = unsafe Int(truncatingIfNeeded: labels[i]) | Int(truncatingIfNeeded: row[i] &>> shift & 1)
                        unsafe counts[at] &+= 1
                    }
                }
            }
        }
    }
}
