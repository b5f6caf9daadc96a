/// A piece of a template's text that knows where each character stands in the file.
struct SourceText {
    let characters: [Character]
    /// Line of the first character, 1-based.
    let firstLine: Int
    /// Offsets of the characters that begin a line.
    private let lineStarts: [Int]

    init(_ characters: [Character], firstLine: Int = 1) {
        self.characters = characters
        self.firstLine = firstLine
        lineStarts = [0] + characters.indices.filter { characters[$0] == "\n" }.map { $0 + 1 }
    }

    /// Windows line ends become Unix ones; a byte order mark is left out.
    init(normalising text: String) {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        self.init(Array(text.replacing("\r\n", with: "\n")))
    }

    var text: String { String(characters) }

    func position(of offset: Int) -> (line: Int, column: Int) {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return (firstLine + low, offset - lineStarts[low] + 1)
    }

    func mistake(at offset: Int, _ message: String) -> TemplateMistake {
        let (line, column) = position(of: offset)
        return TemplateMistake(line: line, column: column, message)
    }

    func starts(with text: String, at offset: Int) -> Bool {
        let wanted = Array(text)
        return offset + wanted.count <= characters.count && Array(characters[offset..<offset + wanted.count]) == wanted
    }

    func find(_ text: String, from offset: Int) -> Int? {
        (offset..<max(offset, characters.count)).first { starts(with: text, at: $0) }
    }

    /// Lines with their first offset.
    var lines: [(offset: Int, text: String)] {
        lineStarts.enumerated().map { index, start in
            let end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : characters.count
            return (start, String(characters[start..<end]))
        }
    }
}
