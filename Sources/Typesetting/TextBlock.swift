/// What a stretch of a page's text is, for readers that go by structure and not by looks.
public struct TextBlock: Hashable, Sendable {
    public enum Role: Hashable, Sendable {
        /// 1 for the page's title.
        case heading(level: Int)
        case paragraph
        case cell(Cell)
    }

    /// A cell of a table. The cells of a table follow each other, row by row.
    public struct Cell: Hashable, Sendable {
        /// Tells the tables of a document apart. Pages that carry one table on name the same.
        public var table: Int
        /// Over all pages of the table, 0-based.
        public var row: Int
        /// Columns taken.
        public var span: Int
        /// Heads the cells below it, or those to its right.
        public var heads: Heads?

        public enum Heads: Hashable, Sendable { case column, row }

        public init(table: Int, row: Int, span: Int = 1, heads: Heads? = nil) {
            self.table = table
            self.row = row
            self.span = span
            self.heads = heads
        }
    }

    public var role: Role
    /// Indices into the layout's elements, in reading order; none for an empty cell.
    public var elements: [Int]
    /// Goes on with the last heading or paragraph of the page before.
    public var isContinued: Bool

    public init(_ role: Role, elements: [Int], isContinued: Bool = false) {
        self.role = role
        self.elements = elements
        self.isContinued = isContinued
    }
}

/// A place on a page that leads elsewhere.
public struct PageLink: Hashable, Sendable {
    /// Upper left corner.
    public var origin: PaperPoint
    public var size: PaperSize
    /// What its maker numbers: a page, a document.
    public var target: Int
    /// Where it leads, in words.
    public var text: String
    /// Index of the block whose text it covers.
    public var block: Int

    public init(origin: PaperPoint, size: PaperSize, target: Int, text: String, block: Int) {
        self.origin = origin
        self.size = size
        self.target = target
        self.text = text
        self.block = block
    }
}
