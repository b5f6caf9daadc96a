internal import DossierModel
internal import Yams

/// `titles.yaml` read into titles, with everything that is wrong with it.
struct TitleSheet {
    struct Entry {
        let title: DocumentTitle
        let line: Int
    }

    private(set) var entries: [Entry] = []
    private var sheet = YAMLSheet()
    var mistakes: [SheetMistake] { sheet.mistakes }

    private static let rootKeys = ["groups"]
    private static let groupKeys = ["group", "volume", "issuer", "legalKind", "titles"]
    private static let titleKeys = ["code", "name", "variants", "headings", "volume", "rank", "role", "legalKind", "issuer"]
    private static let example = "- {code: A009, name: 立案决定书}"

    /// - Parameter titles: those an office's sheet is laid over; a name of theirs can mean no second title.
    init(_ text: String, over titles: [DocumentTitle] = []) {
        guard let root = sheet.root(of: text) else { return }
        guard let mapping = sheet.pairs(root, keys: Self.rootKeys, example: "“groups:” and below it “- group: …”") else { return }
        for group in sheet.list(mapping["groups"], example: "- group: 受案") { read(group: group) }
        refuseSecondMeanings(over: titles)
    }

    /// What holds for a whole group.
    private struct Common {
        var volume: VolumeKind?
        var issuer: DocumentTitle.Issuer?
        var legalKind: DocumentTitle.LegalKind?
    }

    private mutating func read(group node: Node) {
        guard let mapping = sheet.pairs(node, keys: Self.groupKeys, example: "group: 受案, then volume:, issuer: and titles:") else { return }
        var common = Common()
        common.volume = mapping["volume"].flatMap { sheet.word($0) }
        common.issuer = mapping["issuer"].flatMap { sheet.word($0) }
        common.legalKind = mapping["legalKind"].flatMap { sheet.word($0) }
        for title in sheet.list(mapping["titles"], example: Self.example) { read(title, common) }
    }

    private mutating func read(_ node: Node, _ common: Common) {
        guard let mapping = sheet.pairs(node, keys: Self.titleKeys, example: Self.example), let code = code(mapping["code"], node) else { return }
        let role = mapping["role"].flatMap { sheet.word($0) } ?? DocumentTitle.Role.ordinary
        let names = names(mapping, node)
        guard let volume = mapping["volume"].flatMap({ sheet.word($0, as: VolumeKind.self) }) ?? common.volume else {
            return sheet.complain(node, "\(code) is bound into no volume", "write “volume:” here or for the group, for example “volume: evidence”")
        }
        guard !names.isEmpty else { return }
        let rank = mapping["rank"].flatMap { sheet.whole($0, in: 1...99_999) } ?? Int(code.dropFirst()) ?? 0
        let legalKind = mapping["legalKind"].flatMap { sheet.word($0) } ?? common.legalKind
        if let legalKind, volume != .evidence, volume != .supplementary {
            sheet.complain(
                mapping["legalKind"] ?? node, "\(code) is evidence (\(legalKind.rawValue)) but not bound with the evidence",
                "write “volume: evidence”, or leave “legalKind” out")
        }
        let title = DocumentTitle(
            code: code, volume: volume, rank: rank, role: role, legalKind: legalKind,
            issuer: mapping["issuer"].flatMap { sheet.word($0) } ?? common.issuer ?? .other, names: names,
            headings: sheet.texts(mapping["headings"], example: "[刑事侦查卷宗]"))
        entries.append(Entry(title: title, line: node.mark?.line ?? 1))
    }

    private mutating func code(_ node: Node?, _ parent: Node) -> String? {
        guard let node else {
            sheet.complain(parent, "a title has no code", "write a letter and three digits not used yet, for example “code: X001”")
            return nil
        }
        guard let code = sheet.text(node) else { return nil }
        let isCode = (2...6).contains(code.count) && ("A"..."Z").contains(code.first!) && code.dropFirst().allSatisfy { ("0"..."9").contains($0) }
        guard isCode else {
            sheet.complain(node, "“\(code)” is no code", "write a capital letter and up to five digits, for example “X001”")
            return nil
        }
        return code
    }

    private mutating func names(_ mapping: Node.Mapping, _ node: Node) -> [String] {
        guard let name = mapping["name"] else {
            sheet.complain(node, "a title has no name", "write “name:” and what the catalogue shall show")
            return []
        }
        return (sheet.text(name).map { [$0] } ?? []) + sheet.texts(mapping["variants"], example: "[通知立案书]")
    }

    /// One spelling may mean one title only, or pages could not be told apart.
    private mutating func refuseSecondMeanings(over titles: [DocumentTitle]) {
        var owners: [Glyphs: String] = [:]
        let replaced = Set(entries.map(\.title.code))
        for title in titles where !replaced.contains(title.code) {
            for spelling in title.spellings { owners[TitleIndex.key(spelling.compacted)] = title.code }
        }
        var codes: Set<String> = []
        for entry in entries {
            if !codes.insert(entry.title.code).inserted {
                sheet.complain(line: entry.line, "the code \(entry.title.code) is given twice", "give one of the two another number")
            }
            for spelling in entry.title.spellings { check(spelling, of: entry, &owners) }
        }
    }

    private mutating func check(_ spelling: String, of entry: Entry, _ owners: inout [Glyphs: String]) {
        let key = TitleIndex.key(spelling.compacted)
        guard key.count >= 2, key.contains(where: \.isHan) else {
            return sheet.complain(line: entry.line, "“\(spelling)” is too short for a title", "write at least two characters")
        }
        if let owner = owners[key] {
            let where_ = owner == entry.title.code ? "twice in \(owner)" : "already a title of \(owner)"
            return sheet.complain(
                line: entry.line, "“\(spelling)” is \(where_)", "leave it out here, or write \(owner) anew in your own file without it")
        }
        owners[key] = entry.title.code
    }
}
