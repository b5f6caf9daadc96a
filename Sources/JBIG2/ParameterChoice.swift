/// Looks for the parameters that code a page in the fewest bytes.
///
/// Adaptive pixels are fitted on a sample, then the page is coded in full with what may win. What is tried depends on the
/// size found so far: the more a page has to say, the more contexts pay (tried on 60 pages of 1 to 220 KB in group 4).
struct ParameterChoice {
    private let bitmap: BitmapRows
    private let sample: Neighbourhoods
    private let usesTypicalPrediction: Bool
    private let thirteenUpTo: Int

    /// Pixels of the sample: more of them gain less than they take.
    private static let sampleSize = 1 << 15
    /// Above so many bytes 16 pixels always won over 13.
    private static let thirteenUpTo = 32_000
    /// Above so many 13 pixels save less than the time to code the page once more is worth, where time counts.
    private static let thirteenQuicklyUpTo = 8_000
    /// Up to so many bytes a page is coded in a millisecond or two.
    private static let everythingUpTo = 6_000

    init(_ bitmap: BitmapRows, isQuick: Bool = false) {
        self.bitmap = bitmap
        sample = Neighbourhoods(bitmap, target: isQuick ? Self.sampleSize / 2 : Self.sampleSize)
        usesTypicalPrediction = Self.hasManyRepeats(bitmap)
        thirteenUpTo = isQuick ? Self.thirteenQuicklyUpTo : Self.thirteenUpTo
    }

    func smallest() -> JBIG2Stream {
        var best = JBIG2Stream(bitmap, fitted(.sixteen), limit: .max)!
        if best.bytes.count <= thirteenUpTo { attempt(fitted(.thirteen), &best) }
        if best.bytes.count <= Self.everythingUpTo { attemptEverything(&best) }
        return best
    }

    private func attemptEverything(_ best: inout JBIG2Stream) {
        attempt(fitted(.ten), &best)
        for template in GenericTemplate.allCases {
            attempt(GenericParameters(template, usesTypicalPrediction: usesTypicalPrediction), &best)
        }
        var other = best.parameters
        other.usesTypicalPrediction.toggle()
        attempt(other, &best)
    }

    private func fitted(_ template: GenericTemplate) -> GenericParameters {
        GenericParameters(
            template, adaptivePixels: TemplateFit(template, sample).adaptivePixels, usesTypicalPrediction: usesTypicalPrediction)
    }

    private func attempt(_ parameters: GenericParameters, _ best: inout JBIG2Stream) {
        if let stream = JBIG2Stream(bitmap, parameters, limit: best.bytes.count), stream.bytes.count < best.bytes.count { best = stream }
    }

    /// Typical prediction adds or saves a thousandth of a page of text, but lets a reader skip all rows between the lines:
    /// jbig2dec and MuPDF then take half the time.
    private static func hasManyRepeats(_ bitmap: BitmapRows) -> Bool {
        let repeats = (0..<bitmap.height).reduce(0) { $0 + (bitmap.repeats($1) ? 1 : 0) }
        return repeats * 4 >= bitmap.height
    }
}
