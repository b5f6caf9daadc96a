import DossierModel
internal import PDFObjects

/// The document outline (ISO 32000-1 §12.3.3), all branches open.
struct OutlineTree {
    let pages: [PDFBuilder.Object]

    /// Gives the outline dictionary.
    func write(_ items: [VolumePlan.OutlineItem], to document: borrowing PDFBuilder) throws(DossierError) -> PDFBuilder.Object {
        let root = try document.reserve()
        let ends = try write(items, under: root, to: document)
        try document.set(root, to: "<< /Type /Outlines \(ends) >>")
        return root
    }

    /// Writes the children; gives the parent's `/First`, `/Last` and `/Count`.
    private func write(
        _ items: [VolumePlan.OutlineItem], under parent: PDFBuilder.Object, to document: borrowing PDFBuilder
    ) throws(DossierError) -> String {
        guard !items.isEmpty else { return "" }
        var objects: [PDFBuilder.Object] = []
        for _ in items { objects.append(try document.reserve()) }
        for (index, item) in items.enumerated() {
            var entries = "/Title \(PDFSyntax.text(item.title.withoutControls)) /Parent \(parent) /Dest [\(page(item)) /Fit]"
            if index > 0 { entries += " /Prev \(objects[index - 1])" }
            if index + 1 < objects.count { entries += " /Next \(objects[index + 1])" }
            entries += try write(item.children, under: objects[index], to: document)
            try document.set(objects[index], to: "<< \(entries) >>")
        }
        return " /First \(objects.first!) /Last \(objects.last!) /Count \(Self.count(items))"
    }

    private func page(_ item: VolumePlan.OutlineItem) -> PDFBuilder.Object {
        pages[min(max(item.pageIndex, 0), pages.count - 1)]
    }

    private static func count(_ items: [VolumePlan.OutlineItem]) -> Int {
        items.reduce(0) { $0 + 1 + count($1.children) }
    }
}
