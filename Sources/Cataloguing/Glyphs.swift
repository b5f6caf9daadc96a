/// Text as a row of Unicode scalars. Han text has no combining marks, and scalars are cheap to compare.
typealias Glyphs = [Unicode.Scalar]

extension String {
    /// The text without any white space: printed titles are spaced out (立 案 决 定 书), engines add spaces of their own.
    var compacted: Glyphs { unicodeScalars.filter { !$0.isSpacing } }

    init(_ glyphs: some Sequence<Unicode.Scalar>) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: glyphs)
        self.init(view)
    }
}

extension Unicode.Scalar {
    /// White space, and the invisible marks engines leave behind.
    var isSpacing: Bool {
        switch value {
        case 0x3400...0x9FFF: false  // most of the text, without asking the Unicode tables
        case 0x200B...0x200D, 0xFEFF: true
        default: properties.isWhitespace
        }
    }

    /// A unified ideograph, or 〇.
    var isHan: Bool {
        switch value {
        case 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    /// The half-width form of a full-width Latin letter, digit or sign (Unicode block FF00–FF5E); else the scalar itself.
    var halfWidth: Unicode.Scalar {
        (0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(value - 0xFEE0)! : self
    }

    /// One representative for every group of characters that engines take for each other.
    var folded: Unicode.Scalar { Confusion.representative[self] ?? halfWidth }
}

extension Collection where Element == Unicode.Scalar {
    var folded: Glyphs { map(\.folded) }

    func ends(with suffix: Glyphs) -> Bool {
        count >= suffix.count && self.suffix(suffix.count).elementsEqual(suffix)
    }
}

extension Array where Element == Unicode.Scalar {
    /// Where `word` begins at or after `start`.
    func position(of word: Glyphs, from start: Int = 0) -> Int? {
        guard let first = word.first, count >= word.count, start <= count - word.count else { return nil }
        return (start...(count - word.count)).first { at in
            self[at] == first && self[at..<(at + word.count)].elementsEqual(word)
        }
    }

    func holds(_ word: Glyphs) -> Bool { position(of: word) != nil }
}

/// Characters read for one another. The first group holds slips met in real files; the second
/// holds look-alikes in the words of our titles. 讯 and 询 are never folded: they name different documents.
enum Confusion {
    private static let groups = [
        "此北", "院阮脘", "搜艘", "年耳", "日曰口", "月目用", "审窜", "申巾", "辩辨",
        "讯迅汛", "询徇洵", "诉沂拆", "证诳", "书节", "捕浦", "押抻", "侯候", "逮递", "己已巳", "未末", "问间",
        "决决", "卷巻", "内内", "录彔", "号號",
    ]

    static let representative: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for group in groups {
            for look in group.unicodeScalars { table[look] = group.unicodeScalars.first! }
        }
        return table
    }()
}
