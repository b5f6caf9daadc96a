internal import DossierModel

/// What was read on one line.
struct LineReading: Equatable {
    var text: String
    /// Mean probability of the letters, 0…1; 0 when there are none.
    var confidence: Double
    /// As in `RecognisedLine.characterSpans`.
    var spans: [Double]
    /// As in `RecognisedLine.doubts`.
    var doubts: [CharacterDoubt] = []
}

/// Greedy decoding of connectionist temporal classification (Graves et al., ICML 2006, §3.2): the likeliest class of
/// every time step, repeats merged, blanks dropped.
struct CTCDecoding {
    /// One text per class; class 0 is the blank.
    let characters: [String]

    /// One letter: its text, its steps `first ..< end`, its highest probability.
    struct Peak: Equatable {
        var label: Int
        var first: Int
        var end: Int
        var probability: Float
        /// The step of the highest probability.
        var clearest: Int
    }

    /// A letter read with less is a doubt.
    static let certain: Float = 0.9
    /// What a doubtful letter may be instead: at most so many, each at least so likely.
    static let mostAlternatives = 3
    static let leastLikely: Float = 0.01

    /// - Parameters:
    ///   - probabilities: `steps × characters.count`.
    ///   - usedSteps: steps that cover the text; the rest is padding.
    ///   - ink: of the line, which tells spaces that the network did not; nil for none.
    ///   - width: of the line, columns of the ink.
    func reading(
        of probabilities: UnsafeBufferPointer<Float>, steps: Int, usedSteps: Double, ink: LineInk? = nil, width: Double = 0
    ) -> LineReading {
        let peaks = unsafe peaks(in: probabilities, steps: steps)
        let sum = peaks.reduce(0) { $0 + Double($1.probability) }
        var text = ""
        var centres: [Double] = []
        var doubts: [CharacterDoubt] = []
        for peak in peaks {
            let before = text.count
            text += characters[peak.label]
            // A combining mark joins the letter before it; a class of several letters shares its place.
            for _ in before..<max(before, text.count) { centres.append(Double(peak.first + peak.end) / 2 / usedSteps) }
            if peak.probability < Self.certain, text.count > before {
                doubts.append(unsafe doubt(of: peak, at: before, in: probabilities))
            }
        }
        let letters = Array(text)
        var told = PunctuationWidth.told(letters, centres: centres)
        for at in letters.indices where told[at] != letters[at] { doubts = doubts.compactMap { $0.index == at ? $0.settled(as: told[at]) : $0 } }
        if let ink {
            let spaces = VisibleSpaces.missing(in: told, centres: centres, width: width, ink: ink)
            Self.insert(spaces, into: &told, &centres, &doubts)
        }
        return LineReading(
            text: String(told), confidence: peaks.isEmpty ? 0 : sum / Double(peaks.count),
            spans: Self.spans(around: centres, widths: told.map(\.naturalWidth)), doubts: doubts)
    }

    /// Each space stands in its share of the gap.
    private static func insert(_ spaces: [String], into letters: inout [Character], _ centres: inout [Double], _ doubts: inout [CharacterDoubt]) {
        for at in spaces.indices.reversed() where !spaces[at].isEmpty {
            let (before, count) = (centres[at - 1], spaces[at].count)
            let places = (1...count).map { before + (centres[at] - before) * Double($0) / Double(count + 1) }
            letters.insert(contentsOf: spaces[at], at: at)
            centres.insert(contentsOf: places, at: at)
            for index in doubts.indices where doubts[index].index >= at { doubts[index].index += count }
        }
    }

    /// The other letters that the network thought of where the peak is clearest.
    private func doubt(of peak: Peak, at index: Int, in probabilities: UnsafeBufferPointer<Float>) -> CharacterDoubt {
        let row = unsafe UnsafeBufferPointer(rebasing: probabilities[peak.clearest * characters.count..<(peak.clearest + 1) * characters.count])
        var likely: [(label: Int, probability: Float)] = []
        for label in 1..<row.count where unsafe label != peak.label && row[label] >= Self.leastLikely {
            likely.append((label, unsafe row[label]))
        }
        likely.sort { ($0.probability, $1.label) > ($1.probability, $0.label) }
        return CharacterDoubt(
            index: index, confidence: Double(peak.probability),
            alternatives: likely.prefix(Self.mostAlternatives).map { .init(text: characters[$0.label], confidence: Double($0.probability)) })
    }

    func peaks(in probabilities: UnsafeBufferPointer<Float>, steps: Int) -> [Peak] {
        var peaks: [Peak] = []
        var previous = 0
        for step in 0..<steps {
            let row = unsafe UnsafeBufferPointer(rebasing: probabilities[step * characters.count..<(step + 1) * characters.count])
            let (label, probability) = unsafe Self.likeliest(row)
            if label != 0, label == previous {
                peaks[peaks.count - 1].end = step + 1
                if probability > peaks[peaks.count - 1].probability {
                    peaks[peaks.count - 1].probability = probability
                    peaks[peaks.count - 1].clearest = step
                }
            } else if label != 0 {
                peaks.append(Peak(label: label, first: step, end: step + 1, probability: probability, clearest: step))
            }
            previous = label
        }
        return peaks
    }

    /// Index and value of the largest element, the first of equals. Most steps are blanks, and more than a half is a majority.
    private static func likeliest(_ row: UnsafeBufferPointer<Float>) -> (Int, Float) {
        if unsafe row[0] > 0.5 { return unsafe (0, row[0]) }
        var best = (0, -Float.infinity)
        var start = 0
        while start < row.count {
            let end = min(start + 64, row.count)
            var highest = -Float.infinity
            for i in start..<end { unsafe highest = row[i] > highest ? row[i] : highest }
            if highest > best.1 {
                best = ((start..<end).first { unsafe row[$0] == highest }!, highest)
                if highest > 0.5 { break }
            }
            start = end
        }
        return best
    }

    /// Cells around the centres: they meet where the natural widths of two neighbours say, but none is wider than its
    /// natural width at the line's usual pitch. To a ten-thousandth of the line.
    static func spans(around centres: [Double], widths: [Double]) -> [Double] {
        let distances = zip(centres.dropFirst(), centres).map { max(0, $0 - $1) }
        let pitches = zip(distances, zip(widths, widths.dropFirst())).map { $0 / (($1.0 + $1.1) / 2) }.sorted()
        let pitch = pitches.isEmpty ? 1 : max(pitches[pitches.count / 2], 1e-6)
        var spans: [Double] = []
        for i in centres.indices {
            let half = pitch * widths[i] / 2
            let before = i == 0 ? half : min(half, distances[i - 1] * widths[i] / (widths[i - 1] + widths[i]))
            let after = i + 1 == centres.count ? half : min(half, distances[i] * widths[i] / (widths[i] + widths[i + 1]))
            let start = min(1, max(spans.last ?? 0, centres[i] - before))
            spans.append(start)
            spans.append(min(1, max(start, centres[i] + after)))
        }
        return spans.map { ($0 * 10_000).rounded() / 10_000 }
    }
}

extension CharacterDoubt {
    /// The doubt that is left when the width of a letter is told: the network's share of the same letter in the other width is
    /// none any more. nil for none.
    fileprivate func settled(as letter: Character) -> CharacterDoubt? {
        var left = self
        left.confidence += alternatives.filter { $0.text == String(letter) }.reduce(0) { $0 + $1.confidence }
        left.alternatives.removeAll { $0.text == String(letter) }
        return left.confidence >= Double(CTCDecoding.certain) ? nil : left
    }
}
