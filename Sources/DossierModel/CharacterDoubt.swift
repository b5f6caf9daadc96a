/// A character that was not read with certainty, and what else it may be. The text keeps what was read.
public struct CharacterDoubt: Hashable, Sendable, Codable {
    public struct Alternative: Hashable, Sendable, Codable {
        public var text: String
        /// 0…1.
        public var confidence: Double

        public init(text: String, confidence: Double) {
            self.text = text
            self.confidence = confidence
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(text, forKey: .text)
            try container.encode(confidence.published(decimals: 4), forKey: .confidence)
        }
    }

    /// Position among the `Character`s of its line, from 0.
    public var index: Int
    /// Of what was read, 0…1.
    public var confidence: Double
    /// The likeliest first.
    public var alternatives: [Alternative]

    public init(index: Int, confidence: Double, alternatives: [Alternative]) {
        self.index = index
        self.confidence = confidence
        self.alternatives = alternatives
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encode(confidence.published(decimals: 4), forKey: .confidence)
        try container.encode(alternatives, forKey: .alternatives)
    }
}
