internal import DossierModel

/// The 卷内文件目录 bound into a volume, read into rows.
struct PaperCatalogue {
    /// One row as printed; what could not be read is nil.
    struct Row {
        var title: Glyphs = []
        var number: String?
        var author: Glyphs = []
        var date: CalendarDate?
        var firstFolio: Int?
        var lastFolio: Int?
        var remark: Glyphs = []
        /// Position of the page in the volume, and the row's box on it.
        var position = 0
        /// 1 …: among the rows of one title.
        var ordinal = 1
        var box = PixelRect(x: 0, y: 0, width: 0, height: 0)

        /// As printed, for people.
        var shown: String { String(title) }
    }

    private(set) var rows: [Row] = []

    /// `pages` in scan order; a page without a head of its own goes on with the columns of the one before.
    init(_ pages: [PageReading]) {
        var columns: CatalogueColumns?
        for page in pages {
            let head = CatalogueColumns.find(on: page.layout)
            // Sheets lie differently on the glass: their own head counts, and lends what it lost from the one before.
            if let found = head?.columns { columns = columns.map(found.completed(by:)) ?? found }
            guard let columns else { continue }
            rows += Self.rows(page, columns, below: head?.bottom ?? 0)
        }
        forgetMisreadFolios()
        countTitles()
    }

    private mutating func countTitles() {
        var counts: [Glyphs: Int] = [:]
        for at in rows.indices {
            counts[rows[at].title, default: 0] += 1
            rows[at].ordinal = counts[rows[at].title]!
        }
    }

    /// Page numbers grow from row to row; those outside the longest growing sequence were misread.
    private mutating func forgetMisreadFolios() {
        let read = rows.indices.filter { rows[$0].firstFolio != nil }
        var from = [Int](repeating: -1, count: read.count)
        // The last row of the best sequence of each length, patience sorting: n log n.
        var tails: [Int] = []
        for at in read.indices {
            let folio = rows[read[at]].firstFolio!
            var (low, high) = (0, tails.count)
            while low < high {
                let middle = (low + high) / 2
                if rows[read[tails[middle]]].firstFolio! < folio { low = middle + 1 } else { high = middle }
            }
            from[at] = low > 0 ? tails[low - 1] : -1
            if low == tails.count { tails.append(at) } else { tails[low] = at }
        }
        var kept: Set<Int> = []
        var at = tails.last ?? -1
        while at >= 0 {
            kept.insert(read[at])
            at = from[at]
        }
        for index in read where !kept.contains(index) { (rows[index].firstFolio, rows[index].lastFolio) = (nil, nil) }
    }

    // MARK: Rows

    private static func rows(_ page: PageReading, _ columns: CatalogueColumns, below top: Double) -> [Row] {
        let lines = page.layout.rows.filter { $0.bottom > top }.flatMap(\.cells).filter { $0.centreY > top }
        var cells: [(line: LaidOutLine, column: CatalogueColumns.Column)] = []
        for line in lines { cells.append((line, columns.column(of: line))) }
        let anchors = anchors(cells)
        guard !anchors.isEmpty else { return [] }
        // A row reaches half-way to the next ordinal on either side.
        let bounds = zip(anchors, anchors.dropFirst()).map { ($0 + $1) / 2 }
        let spacing = anchors.count > 1 ? (anchors.last! - anchors[0]) / Double(anchors.count - 1) : page.layout.bodyHeight * 6
        return anchors.indices.compactMap { at in
            let low = at == 0 ? anchors[0] - spacing / 2 - 1 : bounds[at - 1]
            let high = at == anchors.count - 1 ? anchors[at] + spacing / 2 + 1 : bounds[at]
            return row(cells.filter { (low..<high).contains($0.line.centreY) }, page.position)
        }
    }

    /// Middles of the rows, top to bottom: where the ordinals stand, or the page numbers where those were read more often.
    private static func anchors(_ cells: [(line: LaidOutLine, column: CatalogueColumns.Column)]) -> [Double] {
        let middles = { (column: CatalogueColumns.Column) -> [Double] in
            cells.filter { $0.column == column && Numeral.value($0.line.glyphs.prefix { Numeral.arabic($0) != nil }) != nil }.map(\.line.centreY).sorted()
        }
        let (ordinals, folios) = (middles(.ordinal), middles(.folio))
        // A lost ordinal leaves a hole that the page number of its row fills.
        var anchors = ordinals
        for folio in folios where !anchors.contains(where: { abs($0 - folio) < 30 }) {
            let nearest = anchors.map { abs($0 - folio) }.min() ?? .infinity
            if nearest > minimumPitch(folios) * 0.6 { anchors.append(folio) }
        }
        return anchors.sorted()
    }

    private static func minimumPitch(_ middles: [Double]) -> Double {
        zip(middles, middles.dropFirst()).map { $1 - $0 }.min() ?? 60
    }

    private static func row(_ cells: [(line: LaidOutLine, column: CatalogueColumns.Column)], _ position: Int) -> Row? {
        let text = { (column: CatalogueColumns.Column) in
            cells.filter { $0.column == column }.sorted { $0.line.centreY < $1.line.centreY }.flatMap(\.line.glyphs)
        }
        var row = Row()
        row.title = text(.title)
        row.number = DocumentNumberReader.number(in: text(.number))
        row.author = text(.author)
        row.date = DateReader.standalone(text(.date))
        (row.firstFolio, row.lastFolio) = folios(text(.folio))
        row.remark = text(.remark)
        row.position = position
        row.box = box(cells.map(\.line))
        return row.title.count >= 2 || row.firstFolio != nil ? row : nil
    }

    /// “12”, “12-15”, “12—15”.
    private static func folios(_ glyphs: Glyphs) -> (Int?, Int?) {
        let parts = glyphs.split { Numeral.arabic($0) == nil }.map(Array.init)
        guard let first = parts.first.flatMap({ Numeral.value($0) }), first > 0 else { return (nil, nil) }
        let last = parts.count == 2 ? Numeral.value(parts[1]) : nil
        return (first, last.flatMap { $0 >= first ? $0 : nil })
    }

    private static func box(_ lines: [LaidOutLine]) -> PixelRect {
        guard let left = lines.map(\.left).min() else { return PixelRect(x: 0, y: 0, width: 0, height: 0) }
        let right = lines.map(\.right).max()!, top = lines.map(\.top).min()!, bottom = lines.map(\.bottom).max()!
        return PixelRect(x: Int(left), y: Int(top), width: Int((right - left).rounded(.up)), height: Int((bottom - top).rounded(.up)))
    }
}

/// Where the columns of a 卷内文件目录 stand.
struct CatalogueColumns {
    enum Column: Hashable { case ordinal, number, author, title, date, folio, remark }

    private struct Head {
        let column: Column
        let left: Double
        let right: Double
        var centre: Double { (left + right) / 2 }
    }

    private let heads: [Head]

    private static let words: [(Column, [String])] = [
        (.ordinal, ["序号", "顺序号", "编号"]), (.number, ["文号", "文件原编号", "文书编号", "文件编号"]), (.author, ["责任者", "制作单位", "作者"]),
        (.title, ["题名", "标题", "文书名称", "文件名称", "材料名称", "文件题名"]), (.date, ["日期", "文件日期"]), (.folio, ["页号", "页次", "页码", "所在页码", "起止页码"]), (.remark, ["备注"]),
    ]

    /// The head of the table: at least a title and a page number column side by side.
    static func find(on page: PageLayout) -> (columns: CatalogueColumns, bottom: Double)? {
        for row in page.rows.prefix(8) {
            let heads = named(row.cells)
            let found = Set(heads.map(\.column))
            guard heads.count >= 3, found.contains(.title), found.contains(.folio) || found.contains(.ordinal) else { continue }
            return (CatalogueColumns(heads: heads), row.bottom)
        }
        return nil
    }

    /// The heads of a row; one that was half read (序 for 序号, 号 for 页号) is told by its place.
    private static func named(_ cells: [LaidOutLine]) -> [Head] {
        var heads = cells.flatMap(heads)
        for cell in cells where !heads.contains(where: { $0.left < cell.right && cell.left < $0.right }) {
            guard let column = unread(cell, beside: heads) else { continue }
            heads.append(Head(column: column, left: cell.left, right: cell.right))
        }
        return heads
    }

    /// 序号 stands first, 页号 after 日期, 备注 last; any other head has to show one of its characters.
    private static func unread(_ cell: LaidOutLine, beside heads: [Head]) -> Column? {
        guard cell.glyphs.count <= 3, !heads.isEmpty else { return nil }
        let missing = words.map(\.0).filter { column in !heads.contains { $0.column == column } }
        let before = heads.filter { $0.right <= cell.left }.max { $0.right < $1.right }?.column
        let isLast = !heads.contains { $0.left >= cell.right }
        if before == nil, missing.contains(.ordinal) { return .ordinal }
        if before == .date, missing.contains(.folio), !isLast { return .folio }
        if isLast, before == .folio, missing.contains(.remark) { return .remark }
        let alike = words.filter { column, words in missing.contains(column) && words.contains { word in word.unicodeScalars.contains { cell.glyphs.contains($0) } } }
        return alike.count == 1 ? alike[0].0 : nil
    }

    /// With the columns that only the head of another sheet shows, moved by as much as the sheets lie apart.
    func completed(by other: CatalogueColumns) -> CatalogueColumns {
        let shifts = heads.compactMap { head in other.heads.first { $0.column == head.column }.map { head.centre - $0.centre } }
        guard !shifts.isEmpty else { return self }
        let shift = shifts.reduce(0, +) / Double(shifts.count)
        let lost = other.heads.filter { head in !heads.contains { $0.column == head.column } }
        return CatalogueColumns(heads: heads + lost.map { Head(column: $0.column, left: $0.left + shift, right: $0.right + shift) })
    }

    /// One head to a cell, or several that the engine ran together.
    private static func heads(_ cell: LaidOutLine) -> [Head] {
        let all = words.flatMap { column, words in words.map { (column, $0.compacted) } }
        if let (column, _) = all.first(where: { $0.1 == cell.glyphs }) { return [Head(column: column, left: cell.left, right: cell.right)] }
        var heads: [Head] = []
        var at = 0
        let step = cell.width / Double(max(1, cell.glyphs.count))
        while at < cell.glyphs.count {
            let rest = cell.glyphs[at...]
            guard let (column, word) = all.filter({ rest.starts(with: $0.1) }).max(by: { $0.1.count < $1.1.count }) else { at += 1; continue }
            heads.append(Head(column: column, left: cell.left + Double(at) * step, right: cell.left + Double(at + word.count) * step))
            at += word.count
        }
        return heads
    }

    /// The column whose head stands over the line; else the one with the nearest head.
    func column(of line: LaidOutLine) -> Column {
        if let lost = columnWithoutHead(of: line) { return lost }
        let over = heads.filter { $0.centre >= line.left && $0.centre <= line.right }
        if over.count == 1 { return over[0].column }
        return heads.min { abs($0.centre - line.centreX) < abs($1.centre - line.centreX) }!.column
    }

    /// A short number left of all heads is an ordinal, one right of the date a page number, whatever became of their heads.
    private func columnWithoutHead(of line: LaidOutLine) -> Column? {
        guard line.glyphs.count <= 4, line.glyphs.allSatisfy({ Numeral.arabic($0) != nil }) else { return nil }
        let known = Set(heads.map(\.column))
        if !known.contains(.ordinal), heads.allSatisfy({ line.centreX < $0.left }) { return .ordinal }
        guard !known.contains(.folio), let date = heads.first(where: { $0.column == .date }), line.left > date.right else { return nil }
        return .folio
    }
}
