extension StringProtocol {
    /// Characters that stand on paper: all but white space.
    public var glyphCount: Int { count { !$0.isWhitespace } }
}

extension Sequence<String> {
    public var glyphCount: Int { reduce(0) { $0 + $1.glyphCount } }
}

extension Sequence<RecognisedLine> {
    public var glyphCount: Int { reduce(0) { $0 + $1.text.glyphCount } }
}
