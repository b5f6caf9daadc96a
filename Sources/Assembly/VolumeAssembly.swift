import DossierModel
import Hashing
internal import PDFObjects
import Typesetting

/// A volume being put together.
struct VolumeAssembly: ~Copyable {
    let document: PDFBuilder
    private let showsText: Bool
    private let outline: [VolumePlan.OutlineItem]
    private let tree: PDFBuilder.Object
    private var pages: [PDFBuilder.Object] = []
    /// SHA-256 of the plain contents of each.
    private var drawn: [SHA256Digest] = []
    private var fonts: [PDFBuilder.Object] = []
    private var glyphs = GlyphTable()
    /// Parts already in the document: the same bytes read the same way are stored once.
    private var images: [String: PDFBuilder.Object] = [:]
    private var structure: StructureTree
    /// Where the sheets before the pages are told of.
    private let front: StructureTree.Element
    private var pageStructure: PageStructure
    private let stamps: StampLayer?
    private(set) var contents = VolumeWriter.Contents()

    init(_ plan: VolumePlan, showsText: Bool) throws(DossierError) {
        let document = try PDFBuilder()
        var stamps: StampLayer?
        if let given = plan.stamps { stamps = try StampLayer(given, in: document) }
        let tree = try document.reserve()
        // Its pages are listed at the end; but a page has a form only below a node.
        try document.set(tree, to: "<< /Type /Pages >>")
        self.tree = tree
        self.document = document
        self.showsText = showsText
        outline = plan.outline
        structure = StructureTree(title: plan.title)
        front = structure.add("Part", to: structure.top)
        pageStructure = PageStructure(documents: plan.outline.map(\.title))
        self.stamps = stamps
    }

    /// Adds a page.
    mutating func add(
        _ page: VolumePlan.Page, lines all: [RecognisedLine], part: (SHA256Digest) throws(DossierError) -> String
    ) throws(DossierError) {
        guard page.dpi.x.isFinite, page.dpi.y.isFinite, page.dpi.x > 0, page.dpi.y > 0 else {
            throw DossierError(.badUsage, "image \(page.scanImage) has no usable resolution; set the default of the intake")
        }
        let box = PageBox(geometry: page.geometry, dpi: page.dpi)
        let lines = TextLayer.written(all)
        let object = try document.reserve()
        let marks = pageStructure.add(page, lines: lines, box: box, as: object, to: &structure)
        let text = TextLayer(box: box, lines: lines).operators(glyphs: &glyphs, shown: showsText, openings: marks.lines)
        let stamp = stamps?.stamp(page: pages.count, box: box) ?? StampLayer.Stamp()
        let image = marks.image + ImageLayer(page: page, box: box).operators() + "EMC\n"
        let content = Array((image + text.text + stamp.operators).utf8)
        let stream = try document.addDeflatedStream("<< >>", bytes: content)
        let resources = try resources(page.image, fonts: text.fonts, stamp, part: part)
        try document.set(
            object,
            to: """
                << /Type /Page /Parent \(tree) \(box.syntax) /Resources << \(resources) >> /Contents \(stream)
                /StructParents \(marks.key) >>
                """)
        pages.append(object)
        drawn.append(SHA256Digest(of: content))
    }

    /// Writes the fonts of the text layers, complete with the last page; with them every page has its form.
    mutating func settlePages() throws(DossierError) {
        for (index, font) in glyphs.fonts.enumerated() {
            let name = index == 0 ? "DossierText" : "DossierText\(index + 1)"
            try GlyphlessFont(font: font, name: name, isFramed: showsText).write(to: document, as: fonts[index])
        }
        for (page, content) in zip(pages, drawn) { contents.pages.append(.init(content: content, form: try form(of: page))) }
    }

    /// Sheets, metadata and everything else that hangs on the catalogue.
    mutating func finish(_ plan: VolumePlan, _ ending: VolumeWriter.Ending) throws(DossierError) {
        let sheets = ending.sheets
        let writer = try TypesetPageWriter((sheets.front + sheets.back).map(\.page), fonts: sheets.fonts, in: document)
        let before = try add(sheets.front, under: front, writer)
        let after = try add(sheets.back, under: structure.add("Part", to: structure.top), writer)
        let all = before + pages + after
        let kids = all.map(\.description).joined(separator: " ")
        try document.set(tree, to: "<< /Type /Pages /Count \(all.count) /Kids [\(kids)] >>")
        for page in before { contents.front.append(try form(of: page, among: all)) }
        for page in after { contents.back.append(try form(of: page, among: all)) }
        try document.setInfo(document.add(plan.information.dictionary))
        try finish(catalogue(plan, ending, all), among: all, record: ending.record)
    }

    /// The record holds the digest of all that belongs to no page, the catalogue among it: the record is put in afterwards.
    private mutating func finish(
        _ catalogue: String, among all: [PDFBuilder.Object], record: (VolumeWriter.Contents) -> [UInt8]
    ) throws(DossierError) {
        let root = try document.add("<< \(catalogue) >>")
        try document.setRoot(root)
        contents.binding = try form(of: nil, among: all)
        let record = record(contents)
        guard !record.isEmpty else { return }
        let stream = try document.addDeflatedStream("<< >>", bytes: record)
        try document.set(root, to: "<< \(catalogue)\n/\(VolumeWriter.recordKey) \(stream) >>")
    }

    /// SHA-256 of a canonical form; without a page, of that of all that belongs to none.
    private func form(of page: PDFBuilder.Object?, among all: [PDFBuilder.Object] = []) throws(DossierError) -> SHA256Digest {
        SHA256Digest(of: try document.canonicalForm(page: page, among: all))
    }

    private mutating func add(
        _ sheets: [VolumePlan.Sheet], under group: StructureTree.Element, _ writer: TypesetPageWriter
    ) throws(DossierError) -> [PDFBuilder.Object] {
        var objects: [PDFBuilder.Object] = []
        var told = SheetStructure()
        for sheet in sheets {
            let object = try document.reserve()
            let marked = try told.add(sheet, as: object, under: group, targets: pages, to: &structure, in: document)
            let (dictionary, _) = try writer.page(
                sheet.page, parent: tree, marking: marked.marking, entries: marked.entries, in: document)
            try document.set(object, to: dictionary)
            objects.append(object)
        }
        return objects
    }

    private mutating func resources(
        _ image: PageImage, fonts used: Set<Int>, _ stamp: StampLayer.Stamp, part: (SHA256Digest) throws(DossierError) -> String
    ) throws(DossierError) -> String {
        while fonts.count < glyphs.fonts.count { fonts.append(try document.reserve()) }
        var names: [String] = []
        for (index, coded) in image.parts.enumerated() where coded.layer?.role != .mask {
            let next = index + 1 < image.parts.count ? image.parts[index + 1] : nil
            let mask = try next?.layer?.role == .mask ? object(next!, nil, part) : nil
            names.append("/I\(index) \(try object(coded, mask, part))")
        }
        var entries = names.isEmpty ? "" : "/XObject << \(names.joined(separator: " ")) >>"
        let types = used.sorted().map { "/F\($0) \(fonts[$0])" } + (stamp.fonts.isEmpty ? [] : [stamp.fonts])
        if !types.isEmpty { entries += " /Font << \(types.joined(separator: " ")) >>" }
        return entries + stamp.properties
    }

    private mutating func object(
        _ part: PageImage.Part, _ mask: PDFBuilder.Object?, _ path: (SHA256Digest) throws(DossierError) -> String
    ) throws(DossierError) -> PDFBuilder.Object {
        var globals: PDFBuilder.Object?
        if let digest = part.globals { globals = try self.globals(digest, path) }
        let dictionary = part.dictionary(globals: globals, mask: mask)
        let key = "\(part.digest) \(dictionary)"
        if let known = images[key] { return known }
        let file = PDFBuilder.FileRange(path: try path(part.digest), length: part.byteCount)
        let object = try document.addStream(dictionary, file: file)
        images[key] = object
        return object
    }

    /// The segments that several JBIG2 images share (ISO 32000-1 §7.4.7). Small: kept in memory by the document.
    private mutating func globals(
        _ digest: SHA256Digest, _ path: (SHA256Digest) throws(DossierError) -> String
    ) throws(DossierError) -> PDFBuilder.Object {
        let key = "globals \(digest)"
        if let known = images[key] { return known }
        let object = try document.addStream("<< >>", bytes: try FileBytes.all(of: try path(digest)))
        images[key] = object
        return object
    }

    /// The entries of the document catalogue, but for the record.
    private func catalogue(
        _ plan: VolumePlan, _ ending: VolumeWriter.Ending, _ all: [PDFBuilder.Object]
    ) throws(DossierError) -> String {
        let packet = XMPPacket(information: plan.information, facts: plan.facts, isTagged: true)
        let stream = try document.addStream("<< /Type /Metadata /Subtype /XML >>", bytes: Array(packet.text().utf8))
        var entries = [
            "/Type /Catalog /Pages \(tree) /Metadata \(stream) /Lang \(PDFSyntax.text(plan.language))",
            "/MarkInfo << /Marked true >> /StructTreeRoot \(try structure.write(to: document))",
            "/OutputIntents [\(try OutputIntent.sRGB(in: document))] /ViewerPreferences << /DisplayDocTitle true >>",
            "/PageLabels << /Nums [\(PageLabels.numbers(plan.pages, in: ending.sheets))] >>",
        ]
        if let stamps { entries.append(stamps.catalogueEntry) }
        let items = plan.outline(in: ending.sheets)
        if !items.isEmpty {
            let outline = try OutlineTree(pages: all).write(items, to: document)
            entries.append("/Outlines \(outline) /PageMode /UseOutlines")
        }
        let destinations = destinations(plan.pages)
        if !destinations.isEmpty { entries.append("/Names << /Dests << /Names [\(destinations)] >> >>") }
        entries.append("/\(FileSeal.key) \(try document.addPlainStream(FileSeal.dictionary, bytes: FileSeal.blank))")
        return entries.joined(separator: "\n")
    }

    /// A name tree's `/Names`: byte strings in ascending order (ISO 32000-1 §7.9.6).
    private func destinations(_ plan: [VolumePlan.Page]) -> String {
        var first: [String: Int] = [:]
        for (index, page) in plan.enumerated() {
            if let name = page.destination, first[name] == nil { first[name] = index }
        }
        let ordered = first.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return ordered.map { "\(PDFSyntax.bytes($0.key)) [\(pages[$0.value]) /Fit]" }.joined(separator: " ")
    }
}

extension VolumePlan {
    /// The outline with the sheets before and after the documents; places are those among all pages.
    fileprivate func outline(in sheets: Sheets) -> [OutlineItem] {
        func items(_ sheets: [Sheet], from place: Int) -> [OutlineItem] {
            sheets.enumerated().compactMap { index, sheet in sheet.title.map { OutlineItem(title: $0, pageIndex: place + index) } }
        }
        return items(sheets.front, from: 0) + outline.map { $0.moved(by: sheets.front.count) }
            + items(sheets.back, from: sheets.front.count + pages.count)
    }
}

extension VolumePlan.OutlineItem {
    fileprivate func moved(by places: Int) -> Self {
        Self(title: title, pageIndex: pageIndex + places, children: children.map { $0.moved(by: places) })
    }
}
