import Mustache

/// One counterpart's text with the values in it.
struct RenderedPart {
    var name: String?
    var blocks: [Block]
    var heading: [Inline]
    var foot: [Inline]
    var pageFoot: [Inline]
    var insertions: Insertions
}

extension DocumentTemplate {
    /// The parts of the document in the order they are printed.
    func rendered(_ values: DocumentValues, number: String) -> [RenderedPart] {
        let counterparts = header.counterparts.isEmpty ? [Counterpart(name: "", section: TemplateReader.wholeBody, foot: nil)] : header.counterparts
        return counterparts.map { part($0, values, number: number) }
    }

    private func part(_ counterpart: Counterpart, _ values: DocumentValues, number: String) -> RenderedPart {
        let insertions = Insertions()
        let root = root(values, number: number, counterpart: counterpart, insertions)
        let section = header.counterparts.isEmpty || !counterpart.section.isEmpty ? counterpart.section : counterpart.name
        let name = sections.getTemplate(named: "section." + section) == nil ? TemplateReader.wholeBody : section
        let text = sections.render(root, withTemplate: "section." + name) ?? ""
        return RenderedPart(
            name: counterpart.name.isEmpty ? nil : counterpart.name, blocks: CommonMark.read(text).blocks,
            heading: outside(header.heading, root), foot: outside(counterpart.foot, root),
            pageFoot: outside(header.page.foot, root), insertions: insertions)
    }

    private func outside(_ text: String?, _ root: RenderedValue) -> [Inline] {
        guard let text, let rendered = sections.render(root, withTemplate: "outside." + text) else { return [] }
        return [.text(rendered, .none)]
    }

    private func root(_ values: DocumentValues, number: String, counterpart: Counterpart, _ insertions: Insertions) -> RenderedValue {
        var all = values.values
        all["院名"] = .text(values.organName)
        all["文号"] = .text(number)
        all["日期"] = .date(values.date)
        all["案号"] = values.caseNumber.map(FieldValue.text) ?? .absent
        all["文书名"] = .text(header.title)
        all["联"] = counterpart.name.isEmpty ? .absent : .text(counterpart.name)
        let fields = header.fields + Self.builtIn.filter { known in !header.fields.contains { $0.name == known.name } }
        return RenderedValue(value: .record(all), field: Field("", .list(fields)), insertions: insertions)
    }
}
