/// How a generic region is coded.
public struct GenericParameters: Hashable, Sendable {
    public var template: GenericTemplate
    /// A1 first, as many as the template has.
    public var adaptivePixels: [AdaptivePixel]
    /// Typical prediction: a row that equals the one above is one decision (TPGDON, ITU-T T.88 §6.2.5.7).
    public var usesTypicalPrediction: Bool

    /// - Parameter adaptivePixels: Left out, they are in their nominal places.
    /// - Precondition: The template has as many adaptive pixels.
    public init(_ template: GenericTemplate, adaptivePixels: [AdaptivePixel]? = nil, usesTypicalPrediction: Bool = false) {
        self.template = template
        self.adaptivePixels = adaptivePixels ?? template.nominalAdaptivePixels
        self.usesTypicalPrediction = usesTypicalPrediction
        precondition(self.adaptivePixels.count == template.adaptiveBits.count, "the template has another number of adaptive pixels")
    }
}

/// The adaptive pixels that are not in their nominal places, at most four.
struct MovedPixels {
    struct Pixel {
        var x = 0
        var y = 0
        /// Its bit in the context.
        var bit: UInt64 = 0
    }

    private(set) var count = 0
    private(set) var pixels = (Pixel(), Pixel(), Pixel(), Pixel())
    /// The bits of the context that are not theirs.
    private(set) var kept = UInt64.max

    init(_ parameters: GenericParameters) {
        let nominal = parameters.template.nominalAdaptivePixels, bits = parameters.template.adaptiveBits
        for (index, pixel) in parameters.adaptivePixels.enumerated() where pixel != nominal[index] {
            append(Pixel(x: pixel.x, y: pixel.y, bit: UInt64(bits[index])))
        }
    }

    private mutating func append(_ pixel: Pixel) {
        kept &= ~(1 << pixel.bit)
        switch count {
        case 0: pixels.0 = pixel
        case 1: pixels.1 = pixel
        case 2: pixels.2 = pixel
        default: pixels.3 = pixel
        }
        count += 1
    }
}
