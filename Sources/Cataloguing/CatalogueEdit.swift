public import DossierModel
internal import Yams

/// One thing a person changed in a catalogue, kept beside the machine's result: it holds again after every recognition.
public struct CatalogueEdit: Hashable, Sendable {
    public enum Change: String, Hashable, Sendable, CaseIterable {
        /// A document begins on the image.
        case start
        /// None does: the page goes on with the document before.
        case join
        /// 题名, 文号, 责任者, 日期, 备注 of the document that begins on the image.
        case title, number, author, date, remark
        /// 页号 of the page itself; without a value it carries none.
        case folio
    }

    /// The page itself, however images are counted later: a frame of a scanner file.
    public struct Page: Hashable, Sendable {
        /// SHA-256 of the scanner file, hexadecimal.
        public var file: String
        public var frame: Int

        public init(file: String, frame: Int) {
            self.file = file
            self.frame = frame
        }
    }

    public var volume: Int
    /// `PageRecord.image` when the change was made; more scans may move it.
    public var image: Int
    /// nil in files written by hand: `image` then counts.
    public var page: Page?
    public var change: Change
    /// nil takes the field away; of no meaning for `start` and `join`.
    public var value: String?
    /// What stood there before.
    public var was: String?
    public var by: String
    /// ISO 8601.
    public var at: String
    /// Why, in the person's words.
    public var reason: String?
    /// nil: in force.
    public var withdrawnBy: String?
    /// ISO 8601.
    public var withdrawnAt: String?

    public init(volume: Int, image: Int, change: Change, value: String?, was: String?, by: String, at: String) {
        self.volume = volume
        self.image = image
        self.change = change
        self.value = value
        self.was = was
        self.by = by
        self.at = at
    }

    /// One line of an edits file.
    var line: String {
        var pairs = ["volume: \(volume)", "image: \(image)", "change: \(change.rawValue)"]
        if let page { pairs += ["file: \(page.file.yamlQuoted)", "frame: \(page.frame)"] }
        if let value { pairs.append("value: \(value.yamlQuoted)") }
        if let was { pairs.append("was: \(was.yamlQuoted)") }
        pairs += ["by: \(by.yamlQuoted)", "at: \(at.yamlQuoted)"]
        if let reason { pairs.append("reason: \(reason.yamlQuoted)") }
        if let withdrawnBy { pairs.append("withdrawnBy: \(withdrawnBy.yamlQuoted)") }
        if let withdrawnAt { pairs.append("withdrawnAt: \(withdrawnAt.yamlQuoted)") }
        return "  - {\(pairs.joined(separator: ", "))}"
    }
}

/// All edits of a case in the order they were made; of two for the same thing the later holds. None is ever removed: what was
/// taken back stays, with who took it back, so that the place in the list is a number to call an edit by.
public struct CatalogueEdits: Hashable, Sendable {
    public var list: [CatalogueEdit]

    public init(_ list: [CatalogueEdit] = []) { self.list = list }

    /// Those that nobody took back: what a run applies.
    public var inForce: CatalogueEdits { CatalogueEdits(list.filter { $0.withdrawnBy == nil }) }

    /// The file that keeps them.
    public var text: String {
        "# What people changed in the catalogue of this case; each run applies it to the machine's result.\nedits:\n" + list.map { $0.line + "\n" }.joined()
    }

    private static let keys = ["volume", "image", "file", "frame", "change", "value", "was", "by", "at", "reason", "withdrawnBy", "withdrawnAt"]

    /// Reads an edits file.
    ///
    /// #### Errors
    /// Every mistake of the file, with line and remedy.
    public init(text: String) throws(SheetMistakes) {
        var (sheet, list) = (YAMLSheet(), [CatalogueEdit]())
        if let root = sheet.root(of: text), let mapping = sheet.pairs(root, keys: ["edits"], example: "“edits:” and a list below it") {
            for node in sheet.list(mapping["edits"], example: "- {volume: 1, image: 3, change: title, value: 立案决定书, by: …, at: …}") {
                if let edit = Self.edit(node, &sheet) { list.append(edit) }
            }
        }
        guard sheet.mistakes.isEmpty else { throw SheetMistakes(sheet.mistakes) }
        self.init(list)
    }

    private static func edit(_ node: Node, _ sheet: inout YAMLSheet) -> CatalogueEdit? {
        guard let mapping = sheet.pairs(node, keys: keys, example: "{volume: 1, image: 3, change: start, by: …, at: …}") else { return nil }
        guard let volumeNode = mapping["volume"], let imageNode = mapping["image"], let changeNode = mapping["change"] else {
            sheet.complain(node, "an edit lacks its volume, image or change", "write all three, or take the line out")
            return nil
        }
        let (number, place, word): (Int?, Int?, CatalogueEdit.Change?) = (sheet.whole(volumeNode, in: 1...99_999), sheet.whole(imageNode, in: 1...9_999_999), sheet.word(changeNode))
        guard let volume = number, let image = place, let change = word else { return nil }
        var edit = CatalogueEdit(
            volume: volume, image: image, change: change, value: mapping["value"].flatMap { sheet.text($0) }, was: mapping["was"]?.scalar?.string,
            by: mapping["by"]?.scalar?.string ?? "", at: mapping["at"]?.scalar?.string ?? "")
        edit.reason = mapping["reason"]?.scalar?.string
        (edit.withdrawnBy, edit.withdrawnAt) = (mapping["withdrawnBy"]?.scalar?.string, mapping["withdrawnAt"]?.scalar?.string)
        if edit.change == .folio, let value = edit.value, CatalogueEdit.folio(value) == nil {
            sheet.complain(node, "“\(value)” is no page number", "write a whole number from 1, or no value for a page without one")
        }
        if let file = mapping["file"]?.scalar?.string, let frame = mapping["frame"].flatMap({ sheet.whole($0, in: 1...9_999_999) }) {
            edit.page = CatalogueEdit.Page(file: file, frame: frame)
        }
        return edit
    }

    /// The edits on the images that their pages are now, and those whose page is gone.
    ///
    /// - Parameter places: volume and image of every page of the case; a page scanned twice stands on several.
    public func placed(_ places: [CatalogueEdit.Page: [(volume: Int, image: Int)]]) -> (edits: CatalogueEdits, lost: [CatalogueEdit]) {
        var (found, lost): ([CatalogueEdit], [CatalogueEdit]) = ([], [])
        for edit in list {
            guard let page = edit.page else {
                found.append(edit)
                continue
            }
            let all = places[page] ?? []
            guard let place = all.first(where: { $0.image == edit.image }) ?? all.first else {
                lost.append(edit)
                continue
            }
            var moved = edit
            (moved.volume, moved.image) = place
            found.append(moved)
        }
        return (CatalogueEdits(found), lost)
    }

    /// The last word on one thing of one page.
    func last(_ volume: Int, _ image: Int, _ changes: Set<CatalogueEdit.Change>) -> CatalogueEdit? {
        list.last { $0.volume == volume && $0.image == image && changes.contains($0.change) }
    }
}

extension CatalogueEdit {
    /// A page number as people give it; nil for what is none.
    public static func folio(_ text: String) -> Int? {
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), number > 0 else { return nil }
        return number
    }

    /// Says that its page is no longer in the case.
    public var lostFinding: Finding { CatalogueFinding.lostEdit(self) }
}

extension CaseIndex {
    /// The catalogue as the next run will publish it, as far as people decided: what was kept since is laid over it.
    ///
    /// - Parameter edits: `placed`.
    public func applying(_ edits: CatalogueEdits) -> CaseIndex {
        var index = self
        for at in index.volumes.indices {
            let own = edits.list.filter { $0.volume == index.volumes[at].number }
            if !own.isEmpty { index.volumes[at].documents = index.volumes[at].documents(after: own) }
        }
        return index
    }
}

extension CaseIndex.Volume {
    /// The last word on a page says whether a document begins there; one that was joined and begins again has its fields back.
    fileprivate func documents(after edits: [CatalogueEdit]) -> [CaseIndex.Document] {
        let known = Dictionary(documents.map { ($0.firstImage, $0) }, uniquingKeysWith: { first, _ in first })
        var starts = Set(known.keys)
        for edit in edits {
            guard let begins = edit.change.begins else { continue }
            if begins { starts.insert(edit.image) } else { starts.remove(edit.image) }
        }
        return starts.sorted().map { image in
            edits.filter { $0.image == image }.reduce(into: known[image] ?? Self.begun(on: image)) { $0.apply($1) }
        }
    }

    private static func begun(on image: Int) -> CaseIndex.Document {
        .init(
            title: DocumentStart.unknownTitle, documentNumber: nil, author: nil, date: nil, firstFolio: nil, lastFolio: nil, firstImage: image, lastImage: image,
            score: 1, remark: nil)
    }
}

extension CaseIndex.Document {
    fileprivate mutating func apply(_ edit: CatalogueEdit) {
        switch edit.change {
        case .title: title = edit.value ?? title
        case .number: documentNumber = edit.value
        case .author: author = edit.value
        case .date: date = edit.value
        case .remark: remark = edit.value
        // The numbers around it follow from it only when the pages are looked at again.
        case .start, .join, .folio: break
        }
    }
}
