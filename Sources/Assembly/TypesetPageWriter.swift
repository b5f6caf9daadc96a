import DossierModel
internal import PDFObjects
import Typesetting

/// Typeset pages as objects of a document (ISO 32000-1 §7.7.3). One writer serves all pages set in the same fonts.
struct TypesetPageWriter {
    private let subsets: [FontSubset]
    /// For each font, what a reader takes its codes for: what a glyph says where it is first used.
    private let texts: [[UInt16: String]]
    private let fonts: [PDFBuilder.Object]
    /// Before the number of each font in a page's resources.
    private let prefix: String

    init(
        _ pages: [TypesetPage], fonts subsets: [FontSubset], prefix: String = "F", in document: borrowing PDFBuilder
    ) throws(DossierError) {
        var texts = [[UInt16: String]](repeating: [:], count: subsets.count)
        for case .glyphs(let run) in pages.flatMap(\.marks) {
            for glyph in run.glyphs where texts[run.font][glyph.code] == nil { texts[run.font][glyph.code] = glyph.text }
        }
        var fonts: [PDFBuilder.Object] = []
        for (index, font) in zip(subsets, texts).enumerated() {
            // The sheets before and after the pages are set apart, and some of their fonts have the very same letters.
            if let same = fonts.indices.first(where: { subsets[$0] == font.0 && texts[$0] == font.1 }) { fonts.append(fonts[same]); continue }
            fonts.append(try EmbeddedFont(subset: subsets[index], texts: texts[index]).object(in: document))
        }
        self.subsets = subsets
        self.texts = texts
        self.fonts = fonts
        self.prefix = prefix
    }

    /// The operators that draw a page, and what they need among the fonts of its resources.
    func operators(of page: TypesetPage) -> (content: [UInt8], fonts: String) {
        let (content, used) = content(page, nil)
        return (content, fontEntries(used))
    }

    private func fontEntries(_ used: Set<Int>) -> String { used.sorted().map { "/\(prefix)\($0) \(fonts[$0])" }.joined(separator: " ") }

    /// - Parameters:
    ///   - marking: How the content is marked; nil for a document without structure.
    ///   - entries: Further entries of the page's dictionary.
    /// - Returns: The page's dictionary, and its plain contents.
    func page(
        _ page: TypesetPage, parent: PDFBuilder.Object, marking: BlockMarking? = nil, entries: String = "",
        in document: borrowing PDFBuilder
    ) throws(DossierError) -> (dictionary: String, content: [UInt8]) {
        let (content, used) = content(page, marking)
        let stream = try document.addDeflatedStream("<< >>", bytes: content)
        let resources = fontEntries(used)
        let size = PDFSyntax.numbers([page.paper.width, page.paper.height].map { $0 / 25.4 * 72 })
        let dictionary = """
            << /Type /Page /Parent \(parent) /MediaBox [0 0 \(size)] /Contents \(stream)
            /Resources << /Font << \(resources) >> >> \(entries) >>
            """
        return (dictionary, content)
    }

    private func content(_ page: TypesetPage, _ marking: BlockMarking?) -> (bytes: [UInt8], fonts: Set<Int>) {
        var stream = ContentStream(height: page.paper.height)
        var used: Set<Int> = []
        var marking = marking
        for mark in page.marks {
            if let change = marking?.change(at: mark) { stream.append(change) }
            switch mark {
            case .glyphs(let run):
                used.insert(run.font)
                stream.show(run, font: "\(prefix)\(run.font)", subset: subsets[run.font], texts: texts[run.font])
            case .stroke(let stroke): stream.draw(stroke)
            case .fill(let shape, let ink): stream.fill(shape, with: ink)
            }
        }
        if let end = marking?.end() { stream.append(end) }
        return (stream.bytes, used)
    }
}

/// Opens and closes the marked content of a page's blocks (ISO 32000-1 §14.6); what belongs to none is an artifact (§14.8.2.2).
struct BlockMarking {
    /// By element of the layout, the operator that opens its block.
    private let openings: [Int: String]
    private var open: String?

    /// - Parameter openings: By element of the layout, the operator that opens its block.
    init(openings: [Int: String]) { self.openings = openings }

    static let artifact = "/Artifact BMC\n"

    /// Operators before the mark; nil when it belongs to what is open.
    mutating func change(at mark: TypesetPage.Mark) -> String? {
        let next =
            if case .glyphs(let run) = mark { openings[run.element] ?? Self.artifact } else { Self.artifact }
        guard next != open else { return nil }
        defer { open = next }
        return (open == nil ? "" : "EMC\n") + next
    }

    mutating func end() -> String? {
        defer { open = nil }
        return open == nil ? nil : "EMC\n"
    }
}
