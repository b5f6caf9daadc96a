/// The typefaces of Chinese official writing, by their trade names.
public enum Typeface: String, Hashable, Sendable, CaseIterable, Codable {
    /// 仿宋: body text.
    case fangSong
    /// 楷体: second-level headings, and what stands for handwriting in a form.
    case kai
    /// 宋体: forms, page numbers.
    case song
    /// 小标宋 / bold 宋体: titles.
    case boldSong
    /// 黑体: first-level headings.
    case hei
    case boldHei

    /// Family and weight asked of fontconfig, most wanted first. A character missing from one is taken from the next;
    /// Fandol lacks rare name characters, Noto has them.
    var families: [(family: String, bold: Bool)] {
        switch self {
        case .fangSong: [("FandolFang", false), ("FandolSong", false), ("Noto Serif CJK SC", false)]
        case .kai: [("FandolKai", false), ("FandolSong", false), ("Noto Serif CJK SC", false)]
        case .song: [("FandolSong", false), ("Noto Serif CJK SC", false)]
        case .boldSong: [("FandolSong", true), ("Noto Serif CJK SC", true)]
        case .hei: [("FandolHei", false), ("Noto Sans CJK SC", false)]
        case .boldHei: [("FandolHei", true), ("Noto Sans CJK SC", true)]
        }
    }
}

/// An ink: what a mark looks like on white paper.
public struct Ink: Hashable, Sendable, Codable {
    public var red: Double
    public var green: Double
    public var blue: Double

    /// Shares of full light, 0…1.
    public init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    public static let black = Ink(red: 0.08, green: 0.08, blue: 0.09)
    /// The red of letterheads and seals.
    public static let red = Ink(red: 0.86, green: 0.09, blue: 0.12)
    /// Ball-point blue.
    public static let blue = Ink(red: 0.10, green: 0.16, blue: 0.55)
    public static let white = Ink(red: 1, green: 1, blue: 1)
}

/// Type sizes by their Chinese names, in points (the usual table of 字号).
public enum TypeSize {
    public static let first = 26.0
    public static let smallFirst = 24.0
    public static let second = 22.0
    public static let smallSecond = 18.0
    public static let third = 16.0
    public static let smallThird = 15.0
    public static let fourth = 14.0
    public static let smallFourth = 12.0
    public static let fifth = 10.5
    public static let smallFifth = 9.0
}
