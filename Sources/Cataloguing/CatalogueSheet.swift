public import DossierModel
internal import Yams

/// A catalogue as a file a person may edit: one row to a document, where it begins and what it is called.
public enum CatalogueSheet {
    /// The catalogue of a case as YAML.
    ///
    /// - Parameter base: a digest of `substance(of:)`, to tell when the file is given back whether the catalogue changed meanwhile.
    public static func text(of index: CaseIndex, base: String? = nil) -> String {
        var lines = [
            "# The catalogue of case \(index.case). Change what is wrong and give it back with “dossier catalogue import”.",
            "# image is the image a document begins on; take a row out to join its pages to the document before, add one to begin",
            "# a document there. Pages are shown for the reader only.", "case: \(index.case.yamlQuoted)",
        ]
        if let base { lines.append("base: \(base)  # the catalogue this file was made from; leave it as it is") }
        lines.append("volumes:")
        for volume in index.volumes {
            lines += ["  - volume: \(volume.number)  # \(volume.kind.chineseName)", "    documents:"]
            lines += volume.documents.map(row)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What an edited file is compared with, and nothing that is shown for the reader only.
    public static func substance(of index: CaseIndex) -> String {
        index.volumes.map { volume in "\(volume.number)\n" + volume.documents.map { pairs($0).joined(separator: ", ") + "\n" }.joined() }.joined()
    }

    /// The base of a file; nil where it has none, or is no YAML.
    public static func base(of text: String) -> String? {
        var sheet = YAMLSheet()
        return sheet.root(of: text)?.mapping?["base"]?.scalar?.string
    }

    private static func row(_ document: CaseIndex.Document) -> String {
        let folios = document.firstFolio.map { "  # 页 \($0)–\(document.lastFolio ?? $0)" } ?? ""
        return "      - {\(pairs(document).joined(separator: ", "))}\(folios)"
    }

    private static func pairs(_ document: CaseIndex.Document) -> [String] {
        var pairs = ["image: \(document.firstImage)", "title: \(document.title.yamlQuoted)"]
        let fields = [("number", document.documentNumber), ("author", document.author), ("date", document.date), ("remark", document.remark)]
        for (name, value) in fields { if let value { pairs.append("\(name): \(value.yamlQuoted)") } }
        return pairs
    }

    private struct Row {
        var fields: [CatalogueEdit.Change: String]
        var line: Int
    }

    /// What a person changed: the differences of an edited file from the catalogue it was made from.
    ///
    /// - Parameters:
    ///   - pages: images delivered as pages, by volume; a document can begin on no other.
    ///
    /// #### Errors
    /// Every mistake of the file, with line and remedy; then nothing is taken.
    public static func edits(
        in text: String, of index: CaseIndex, pages: [Int: Set<Int>], by person: String, at moment: String
    ) throws(SheetMistakes) -> [CatalogueEdit] {
        var sheet = YAMLSheet()
        let volumes = read(text, of: index, pages, &sheet)
        guard sheet.mistakes.isEmpty else { throw SheetMistakes(sheet.mistakes) }
        return index.volumes.flatMap { volume -> [CatalogueEdit] in
            guard let rows = volumes[volume.number] else { return [] }
            return differences(volume, rows, by: person, at: moment)
        }
    }

    private static func differences(_ volume: CaseIndex.Volume, _ rows: [Int: Row], by person: String, at moment: String) -> [CatalogueEdit] {
        let known = Dictionary(volume.documents.map { ($0.firstImage, $0) }, uniquingKeysWith: { first, _ in first })
        let edit = { (image: Int, change: CatalogueEdit.Change, value: String?, was: String?) in
            CatalogueEdit(volume: volume.number, image: image, change: change, value: value, was: was, by: person, at: moment)
        }
        var edits = known.keys.filter { rows[$0] == nil }.sorted().map { edit($0, .join, nil, known[$0]!.title) }
        for (image, row) in rows.sorted(by: { $0.key < $1.key }) {
            let document = known[image]
            if document == nil { edits.append(edit(image, .start, nil, nil)) }
            let before: [(CatalogueEdit.Change, String?)] = [
                (.title, document?.title), (.number, document?.documentNumber), (.author, document?.author), (.date, document?.date), (.remark, document?.remark),
            ]
            for (change, was) in before where row.fields[change] != was { edits.append(edit(image, change, row.fields[change], was)) }
        }
        return edits
    }

    // MARK: Reading

    private static let example = "- {image: 3, title: 立案决定书, date: 2024-03-01}"

    private static func read(_ text: String, of index: CaseIndex, _ pages: [Int: Set<Int>], _ sheet: inout YAMLSheet) -> [Int: [Int: Row]] {
        guard let root = sheet.root(of: text) else {
            if sheet.mistakes.isEmpty { sheet.complain(line: 1, "the file is empty", "export the catalogue again and change that file") }
            return [:]
        }
        guard let mapping = sheet.pairs(root, keys: ["case", "base", "volumes"], example: "“case:” and “volumes:”") else { return [:] }
        if let node = mapping["case"], node.scalar?.string != index.case {
            sheet.complain(node, "this is the catalogue of case “\(node.scalar?.string ?? "")”, not of “\(index.case)”", "give the file of the right case")
        }
        if mapping["volumes"] == nil { sheet.complain(root, "the file holds no volumes", "export the catalogue again and change that file") }
        var volumes: [Int: [Int: Row]] = [:]
        for node in sheet.list(mapping["volumes"], example: "- volume: 1") {
            guard let volume = sheet.pairs(node, keys: ["volume", "documents"], example: "volume: 1, documents: …"),
                let number = volume["volume"].flatMap({ sheet.whole($0, in: 1...99_999) })
            else { continue }
            guard let known = index.volumes.first(where: { $0.number == number }) else {
                sheet.complain(node, "the case has no volume \(number)", "write one of \(index.volumes.map { "\($0.number)" }.joined(separator: ", "))")
                continue
            }
            guard volumes[number] == nil else {
                sheet.complain(node, "volume \(number) is given twice", "put all its documents below one “- volume: \(number)”")
                continue
            }
            volumes[number] = rows(volume["documents"], of: known, pages[number] ?? [], &sheet)
        }
        return volumes
    }

    private static func rows(_ node: Node?, of volume: CaseIndex.Volume, _ pages: Set<Int>, _ sheet: inout YAMLSheet) -> [Int: Row] {
        var (rows, isReadable): ([Int: Row], Bool) = ([:], true)
        for node in sheet.list(node, example: example) {
            guard let (image, row) = row(node, &sheet) else {
                isReadable = false
                continue
            }
            if !pages.contains(image) {
                sheet.complain(node, "image \(image) is no page of volume \(volume.number)", "write the image the document begins on; “dossier catalogue show” lists them")
            }
            if rows.updateValue(row, forKey: image) != nil { sheet.complain(node, "two documents begin on image \(image)", "take one of the two rows out") }
        }
        // A row that could not be read may have been the one.
        if isReadable, let first = volume.documents.first?.firstImage, rows[first] == nil {
            sheet.complain(node, "no document begins on image \(first), the first page of volume \(volume.number)", "put a row for it back")
        }
        return rows
    }

    private static func row(_ node: Node, _ sheet: inout YAMLSheet) -> (image: Int, row: Row)? {
        let keys: [(String, CatalogueEdit.Change)] = [("title", .title), ("number", .number), ("author", .author), ("date", .date), ("remark", .remark)]
        guard let mapping = sheet.pairs(node, keys: ["image"] + keys.map(\.0), example: example) else { return nil }
        guard let place = mapping["image"] else {
            sheet.complain(node, "a document does not say on which image it begins", "write “image:” and the number")
            return nil
        }
        guard let image = sheet.whole(place, in: 1...9_999_999) else { return nil }
        var row = Row(fields: [:], line: node.mark?.line ?? 1)
        for (key, change) in keys {
            guard let value = mapping[key].flatMap({ sheet.text($0) }) else { continue }
            row.fields[change] = value
        }
        if row.fields[.title] == nil { sheet.complain(node, "the document on image \(image) has no title", "write “title:” and what it is called") }
        if let date = row.fields[.date], DateReader.standalone(date.compacted)?.iso != date {
            sheet.complain(mapping["date"], "“\(date)” is no date", "write year, month and day, for example 2024-03-01")
        }
        return (image, row)
    }
}
