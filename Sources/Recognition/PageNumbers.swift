internal import DossierModel

/// Page numbers stand between dashes, “- 2 -” (GB/T 9704-2012 §7.5), and the detector frames the number alone.
enum PageNumbers {
    /// Page numbers stand in this share of the page at the top and at the foot.
    static let margin = 0.15
    /// The dashes lie within so many heights of the number on each side.
    static let reach = 2.2

    /// Indices of numbers that stand alone at the head or the foot, with frames wide enough for dashes.
    static func candidates(_ frames: [TextFrame], _ readings: [LineReading], height: Int) -> [(index: Int, wide: TextFrame)] {
        frames.indices.compactMap { i in
            let frame = frames[i]
            guard isNumber(readings[i].text), frame.isLevel, isAtMargin(frame, Double(height)) else { return nil }
            var wide = frame
            wide.width += 2 * reach * frame.height
            let isAlone = !frames.indices.contains { $0 != i && wide.overlaps(frames[$0]) }
            return isAlone ? (i, wide) : nil
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        let letters = text.filter { !$0.isWhitespace }
        return (1...4).contains(letters.count) && letters.allSatisfy { $0.isASCII && $0.isNumber }
    }

    private static func isAtMargin(_ frame: TextFrame, _ height: Double) -> Bool {
        frame.centre.y < margin * height || frame.centre.y > (1 - margin) * height
    }

    /// Whether `wide` is the number of `narrow` with dashes and nothing else.
    static func isNumber(_ narrow: String, withDashes wide: String) -> Bool {
        wide.contains(where: isDash) && wide.filter { !isDash($0) && !$0.isWhitespace } == narrow.filter { !$0.isWhitespace }
    }

    private static func isDash(_ letter: Character) -> Bool { "-‐‑–—―－".contains(letter) }
}

extension TextFrame {
    /// Whether the upright extents share a place.
    func overlaps(_ other: TextFrame) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
}
