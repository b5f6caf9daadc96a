internal import CCMark

/// A block of a document's body.
enum Block: Hashable, Sendable {
    /// Level 1–4.
    case heading(Int, [Inline])
    case paragraph([Inline])
    /// A line that starts at the left edge (顶格): an item of a bullet list.
    case flush([Inline])
    /// The signature (署名, 日期, 印): the lines of a block quote.
    case signature([[Inline]])
    /// A thin line across the type area.
    case rule
    /// The lines of a fenced block `table`.
    case table(String)
}

/// Characters of a block.
enum Inline: Hashable, Sendable {
    case text(String, Emphasis)
    case lineBreak

    enum Emphasis: Hashable, Sendable { case none, kai, hei }
}

/// Markup that has no meaning on paper.
struct ForeignMarkup: Error {
    /// As it stands in the text, to be found there; empty where the line has to do.
    var literal: String
    /// 1-based line of the text that was read.
    var line: Int
    var message: String
}

/// CommonMark by libcmark. The one importer of the library.
enum CommonMark {
    /// - Returns: The blocks, and what is foreign to a document.
    static func read(_ text: String) -> (blocks: [Block], foreign: [ForeignMarkup]) {
        let bytes = Array(text.utf8)
        let root = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe buffer.withMemoryRebound(to: CChar.self) { unsafe cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT) }
        }
        guard let root = unsafe root else { return ([], []) }
        defer { unsafe cmark_node_free(root) }
        var reader = NodeReader()
        unsafe reader.blocks(of: root)
        return (reader.blocks, reader.foreign)
    }
}

private struct NodeReader {
    private(set) var blocks: [Block] = []
    private(set) var foreign: [ForeignMarkup] = []

    mutating func blocks(of parent: OpaquePointer) {
        for unsafe child in unsafe Self.children(of: parent) { unsafe block(child) }
    }

    private mutating func block(_ node: OpaquePointer) {
        switch unsafe cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH: unsafe blocks.append(.paragraph(inlines(of: node)))
        case CMARK_NODE_HEADING: unsafe heading(node)
        case CMARK_NODE_THEMATIC_BREAK: blocks.append(.rule)
        case CMARK_NODE_BLOCK_QUOTE: unsafe signature(node)
        case CMARK_NODE_LIST: unsafe list(node)
        case CMARK_NODE_CODE_BLOCK: unsafe codeBlock(node)
        case CMARK_NODE_HTML_BLOCK: unsafe refuse(node, "HTML has no place in a document; write CommonMark, or “\\<” for the sign itself")
        default: unsafe refuse(node, "this markup has no meaning on paper; take it out")
        }
    }

    private mutating func heading(_ node: OpaquePointer) {
        let level = unsafe Int(cmark_node_get_heading_level(node))
        if level > 4 { unsafe refuse(node, "official documents have four levels of headings; use # to ####") }
        unsafe blocks.append(.heading(min(level, 4), inlines(of: node)))
    }

    private mutating func signature(_ node: OpaquePointer) {
        var lines: [[Inline]] = []
        for unsafe child in unsafe Self.children(of: node) {
            guard unsafe cmark_node_get_type(child) == CMARK_NODE_PARAGRAPH else {
                unsafe refuse(child, "a signature (>) holds lines of text only")
                continue
            }
            let inlines = unsafe inlines(of: child, softBreak: [.lineBreak])
            lines += inlines.split(separator: .lineBreak).map(Array.init)
        }
        blocks.append(.signature(lines))
    }

    /// Items of a bullet list start at the left edge; those of a numbered list are paragraphs that begin with their number.
    private mutating func list(_ node: OpaquePointer) {
        let isNumbered = unsafe cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        var number = unsafe Int(cmark_node_get_list_start(node))
        let mark = unsafe cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ")" : "."
        for unsafe item in unsafe Self.children(of: node) {
            for unsafe child in unsafe Self.children(of: item) {
                guard unsafe cmark_node_get_type(child) == CMARK_NODE_PARAGRAPH else {
                    unsafe block(child)
                    continue
                }
                let inlines = unsafe inlines(of: child)
                blocks.append(isNumbered ? .paragraph([.text("\(number)\(mark)", .none)] + inlines) : .flush(inlines))
            }
            number += 1
        }
    }

    private mutating func codeBlock(_ node: OpaquePointer) {
        let info = unsafe cmark_node_get_fence_info(node).map { unsafe String(cString: $0) } ?? ""
        guard info == "table" else {
            return unsafe refuse(node, "an indented or fenced block is no part of a document; begin a table with ``` table, and take indentation away")
        }
        unsafe blocks.append(.table(String(cString: cmark_node_get_literal(node))))
    }

    private mutating func inlines(of node: OpaquePointer, softBreak: [Inline] = [.text("\n", .none)]) -> [Inline] {
        var inlines: [Inline] = []
        unsafe collect(node, .none, softBreak, into: &inlines)
        return SoftBreaks.resolved(inlines)
    }

    private mutating func collect(_ parent: OpaquePointer, _ emphasis: Inline.Emphasis, _ softBreak: [Inline], into inlines: inout [Inline]) {
        for unsafe node in unsafe Self.children(of: parent) {
            switch unsafe cmark_node_get_type(node) {
            case CMARK_NODE_TEXT: unsafe inlines.append(.text(String(cString: cmark_node_get_literal(node)), emphasis))
            case CMARK_NODE_SOFTBREAK: inlines += softBreak
            case CMARK_NODE_LINEBREAK: inlines.append(.lineBreak)
            case CMARK_NODE_EMPH: unsafe collect(node, .kai, softBreak, into: &inlines)
            case CMARK_NODE_STRONG: unsafe collect(node, .hei, softBreak, into: &inlines)
            case CMARK_NODE_HTML_INLINE: unsafe refuse(node, "HTML has no place in a document; write CommonMark, or “\\<” for the sign itself")
            case CMARK_NODE_CODE: unsafe refuse(node, "code marks (`) have no meaning on paper; write “\\`” for the sign itself")
            default: unsafe refuse(node, "links and images have no meaning on paper; write “\\[” for the sign itself")
            }
        }
    }

    private static func children(of parent: OpaquePointer) -> [OpaquePointer] {
        var children: [OpaquePointer] = unsafe []
        var child = unsafe cmark_node_first_child(parent)
        while let node = unsafe child {
            unsafe children.append(node)
            unsafe child = cmark_node_next(node)
        }
        return unsafe children
    }

    private mutating func refuse(_ node: OpaquePointer, _ message: String) {
        let literal = unsafe cmark_node_get_literal(node).map { unsafe String(cString: $0) } ?? ""
        var place: OpaquePointer? = unsafe node
        while let here = unsafe place, unsafe cmark_node_get_start_line(here) == 0 { unsafe place = cmark_node_parent(here) }
        let line = unsafe place.map { unsafe Int(cmark_node_get_start_line($0)) } ?? 1
        foreign.append(ForeignMarkup(literal: literal, line: line, message: message))
    }
}

/// Line ends inside a paragraph of a template's text. Between Chinese characters there is nothing, between words a space.
private enum SoftBreaks {
    static func resolved(_ inlines: [Inline]) -> [Inline] {
        inlines.indices.compactMap { index in
            guard case .text("\n", let emphasis) = inlines[index] else { return inlines[index] }
            let isBetweenWords = isLatin(character(before: index, in: inlines)) && isLatin(character(after: index, in: inlines))
            return isBetweenWords ? .text(" ", emphasis) : nil
        }
    }

    private static func character(before index: Int, in inlines: [Inline]) -> Character? {
        if index > 0, case .text(let text, _) = inlines[index - 1] { text.last } else { nil }
    }

    private static func character(after index: Int, in inlines: [Inline]) -> Character? {
        if index + 1 < inlines.count, case .text(let text, _) = inlines[index + 1] { text.first } else { nil }
    }

    private static func isLatin(_ character: Character?) -> Bool {
        character?.unicodeScalars.first.map { $0.value < 0x7F } ?? false
    }
}
