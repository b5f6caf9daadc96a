import DossierModel
internal import PDFObjects

/// A volume being put together.
struct VolumeAssembly: ~Copyable {
    let document: PDFBuilder
    private let showsText: Bool
    private let tree: PDFBuilder.Object
    private var pages: [PDFBuilder.Object] = []
    private var fonts: [PDFBuilder.Object] = []
    private var glyphs = GlyphTable()
    /// Parts already in the document: the same bytes read the same way are stored once.
    private var images: [String: PDFBuilder.Object] = [:]

    init(showsText: Bool) throws(DossierError) {
        let document = try PDFBuilder()
        tree = try document.reserve()
        self.document = document
        self.showsText = showsText
    }

    mutating func add(
        _ page: VolumePlan.Page, lines: [RecognisedLine], part: (SHA256Digest) throws(DossierError) -> String
    ) throws(DossierError) {
        guard page.dpi.x.isFinite, page.dpi.y.isFinite, page.dpi.x > 0, page.dpi.y > 0 else {
            throw DossierError(.badUsage, "image \(page.scanImage) has no usable resolution; set the default of the intake")
        }
        let box = PageBox(geometry: page.geometry, dpi: page.dpi)
        let text = TextLayer(box: box, lines: lines).operators(glyphs: &glyphs, shown: showsText)
        let content = ImageLayer(page: page, box: box).operators() + text.text
        let stream = try document.addDeflatedStream("<< >>", bytes: Array(content.utf8))
        let resources = try resources(page.image, fonts: text.fonts, part: part)
        pages.append(
            try document.add("<< /Type /Page /Parent \(tree) \(box.syntax) /Resources << \(resources) >> /Contents \(stream) >>"))
    }

    /// Fonts, metadata and everything else that hangs on the catalogue.
    func finish(_ plan: VolumePlan) throws(DossierError) {
        for (index, font) in glyphs.fonts.enumerated() {
            let name = index == 0 ? "DossierText" : "DossierText\(index + 1)"
            try GlyphlessFont(font: font, name: name, isFramed: showsText).write(to: document, as: fonts[index])
        }
        let kids = pages.map(\.description).joined(separator: " ")
        try document.set(tree, to: "<< /Type /Pages /Count \(pages.count) /Kids [\(kids)] >>")
        try document.setInfo(document.add(plan.information.dictionary))
        try document.setRoot(document.add(try catalogue(plan)))
    }

    private mutating func resources(
        _ image: PageImage, fonts used: Set<Int>, part: (SHA256Digest) throws(DossierError) -> String
    ) throws(DossierError) -> String {
        while fonts.count < glyphs.fonts.count { fonts.append(try document.reserve()) }
        var names: [String] = []
        for (index, coded) in image.parts.enumerated() where coded.layer?.role != .mask {
            let next = index + 1 < image.parts.count ? image.parts[index + 1] : nil
            let mask = try next?.layer?.role == .mask ? object(next!, nil, part) : nil
            names.append("/I\(index) \(try object(coded, mask, part))")
        }
        var entries = names.isEmpty ? "" : "/XObject << \(names.joined(separator: " ")) >>"
        let types = used.sorted().map { "/F\($0) \(fonts[$0])" }
        if !types.isEmpty { entries += " /Font << \(types.joined(separator: " ")) >>" }
        return entries
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

    private func catalogue(_ plan: VolumePlan) throws(DossierError) -> String {
        let packet = try document.addStream(
            "<< /Type /Metadata /Subtype /XML >>", bytes: Array(XMPPacket(information: plan.information, facts: plan.facts).text().utf8))
        var entries = [
            "/Type /Catalog /Pages \(tree) /Metadata \(packet) /Lang \(PDFSyntax.text(plan.language))",
            "/OutputIntents [\(try OutputIntent.sRGB(in: document))] /ViewerPreferences << /DisplayDocTitle true >>",
            "/PageLabels << /Nums [\(PageLabels.numbers(plan.pages))] >>",
        ]
        if !plan.outline.isEmpty {
            let outline = try OutlineTree(pages: pages).write(plan.outline, to: document)
            entries.append("/Outlines \(outline) /PageMode /UseOutlines")
        }
        let destinations = destinations(plan.pages)
        if !destinations.isEmpty { entries.append("/Names << /Dests << /Names [\(destinations)] >> >>") }
        return "<< \(entries.joined(separator: "\n")) >>"
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
