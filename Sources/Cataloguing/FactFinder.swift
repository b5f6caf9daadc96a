internal import DossierModel

/// The writing of one page as one run of characters, each knowing its line: values break over lines and cells.
struct PageText {
    let glyphs: Glyphs
    /// Index into `cells`, one per glyph.
    private let cellOf: [Int]
    let cells: [LaidOutLine]
    /// The row of each cell.
    private let rowOf: [Int]
    let image: Int

    init(_ page: PageLayout) {
        var (glyphs, cellOf, cells, rowOf) = (Glyphs(), [Int](), [LaidOutLine](), [Int]())
        for (row, content) in page.rows.enumerated() {
            for cell in content.cells {
                glyphs += cell.glyphs
                cellOf += Array(repeating: cells.count, count: cell.glyphs.count)
                cells.append(cell)
                rowOf.append(row)
            }
        }
        (self.glyphs, self.cellOf, self.cells, self.rowOf, image) = (glyphs, cellOf, cells, rowOf, page.image)
    }

    /// The lines a range stands on.
    func lines(_ range: Range<Int>) -> [LaidOutLine] {
        guard !range.isEmpty else { return [] }
        return Array(cells[cellOf[range.lowerBound]...cellOf[range.upperBound - 1]])
    }

    func startsCell(_ at: Int) -> Bool { at == 0 || cellOf[at] != cellOf[at - 1] }

    func row(_ at: Int) -> Int { rowOf[cellOf[at]] }

    /// Where the cell a glyph stands in ends.
    func cellEnd(_ at: Int) -> Int { cellOf[at...].firstIndex { $0 != cellOf[at] } ?? glyphs.count }

    /// Whether a name that stands before `at` is whole: at the edge of a cell, unless a sentence goes on in the next row.
    func endsName(_ at: Int) -> Bool {
        guard at < glyphs.count else { return true }
        if startsCell(at), row(at) == row(at - 1) || !isSentence(at - 1) { return true }
        return NameForm.ends(before: glyphs[at...])
    }

    /// No other cell stands beside the one a glyph stands in.
    func isWholeRow(_ at: Int) -> Bool { rowOf.count(where: { $0 == row(at) }) == 1 }

    /// A line as long as this is running text, and may go on in the next.
    func isSentence(_ at: Int) -> Bool { cells[cellOf[at]].glyphs.count >= 20 }

    /// Every place of a word.
    func places(of word: Glyphs) -> [Int] {
        var (places, from) = ([Int](), 0)
        while let at = glyphs.position(of: word, from: from) {
            places.append(at)
            from = at + word.count
        }
        return places
    }
}

/// The known names of a volume, to be found on its pages, however an engine read them: 吴某已 is found where 吴某己 is known.
/// Names of two characters are found literally only: 任用 would be a known 任月.
struct NameIndex {
    /// Names with look-alikes folded, longest first.
    private let byFirst: [Unicode.Scalar: [Glyphs]]
    private let short: Set<Glyphs>

    /// - Parameter names: none is empty.
    init(_ names: Set<Glyphs>) {
        byFirst = Dictionary(grouping: Set(names.map(\.folded))) { $0[0] }.mapValues { $0.sorted { ($1.count, String($0)) < ($0.count, String($1)) } }
        short = names.filter { $0.count < 3 }
    }

    /// Where names stand on a page, in order, each as the page was read. What a further character goes on is another name, and
    /// nobody's we know.
    func places(in text: PageText) -> [(at: Int, name: Glyphs)] {
        let folded = text.glyphs.folded
        var (places, at) = ([(at: Int, name: Glyphs)](), 0)
        while at < folded.count {
            let rest = folded[at...]
            let name = byFirst[folded[at]]?.first { name in
                rest.starts(with: name) && text.endsName(at + name.count) && (name.count > 2 || short.contains(Array(text.glyphs[at..<at + name.count])))
            }
            if let name { places.append((at, Array(text.glyphs[at..<at + name.count]))) }
            at += name?.count ?? 1
        }
        return places
    }
}

/// Finds what one document says of persons, measures, charge and money, each with its lines.
struct FactFinder {
    private let draft: DocumentDraft
    private let volume: Int
    private let document: Int
    private let folios: [Int: Int]
    private let names: NameIndex

    private enum Limits {
        /// Glyphs between a name and a number of its holder: the fields of one form.
        static let reach = 160
        /// Whose a value is, told by its place alone.
        static let byPlace = 0.9
    }

    init(_ draft: DocumentDraft, volume: Int, document: Int, folios: [Int: Int], names: NameIndex) {
        self.draft = draft
        (self.volume, self.document) = (volume, document)
        (self.folios, self.names) = (folios, names)
    }

    /// Of the document, page by page. Front matter tells nothing that the documents do not.
    func observations(_ reading: VolumeReading) -> [FactObservation] {
        guard draft.carriesFolio else { return [] }
        return Self.firsts(draft.segment.pages.flatMap { position in reading.readings[position].map { observations($0, position) } ?? [] })
    }

    /// What a document says twice it says once.
    private static func firsts(_ all: [FactObservation]) -> [FactObservation] {
        var (kept, places) = ([FactObservation](), [[String]: Int]())
        for observation in all {
            let key = [observation.kind.rawValue, observation.person ?? "", observation.value]
            if let place = places[key] {
                if observation.isSuspect { kept[place].isSuspect = true }
            } else {
                places[key] = kept.count
                kept.append(observation)
            }
        }
        return kept
    }

    private func observations(_ page: PageReading, _ position: Int) -> [FactObservation] {
        let text = PageText(page.layout)
        let owners = names.places(in: text)
        let sheet = Sheet(text: text, owners: owners, folio: folios[position].map(String.init), finder: self)
        return sheet.persons() + sheet.identityNumbers() + sheet.births() + sheet.sexes() + sheet.aliases() + sheet.charges() + sheet.amounts()
    }

    /// One page.
    private struct Sheet {
        let text: PageText
        let owners: [(at: Int, name: Glyphs)]
        let folio: String?
        let finder: FactFinder

        private func source(_ range: Range<Int>, sureness: Double = 1) -> FactSheet.Source {
            let lines = text.lines(range)
            let left = lines.map(\.left).min() ?? 0, right = lines.map(\.right).max() ?? 0
            let top = lines.map(\.top).min() ?? 0, bottom = lines.map(\.bottom).max() ?? 0
            return FactSheet.Source(
                volume: finder.volume, document: finder.document, folio: folio, image: text.image,
                box: PixelRect(x: Int(left), y: Int(top), width: Int((right - left).rounded(.up)), height: Int((bottom - top).rounded(.up))),
                text: lines.map(\.text).joined(separator: " "), score: (lines.map(\.confidence).min() ?? 0) * sureness)
        }

        /// Behind these another person is spoken of.
        private static let personLabels = [
            "见证人", "保证人", "报案人", "法定代理人", "持有人", "证人", "被害人", "辩护人", "翻译人员", "记录人", "监护人", "提供人", "辨认人", "姓名",
        ].map(\.compacted)

        /// The person the fields before a value are about; nil where a label between them begins with another, whose name is not known.
        private func owner(_ at: Int) -> String? {
            guard let owner = owners.last(where: { $0.at < at && at - $0.at <= Limits.reach }) else { return nil }
            let end = owner.at + owner.name.count
            let between = end < at ? Array(text.glyphs[end..<at]) : []
            return Self.personLabels.contains { between.contains($0) } ? nil : String(owner.name)
        }

        private func observation(_ kind: FactSheet.Kind, _ value: String, _ range: Range<Int>, isSound: Bool? = nil) -> FactObservation {
            let person = owner(range.lowerBound)
            return FactObservation(
                kind: kind, person: person, value: value, isSound: isSound, source: source(range, sureness: person == nil ? 1 : Limits.byPlace))
        }

        // MARK: Names

        private static let suspectWords = ["犯罪嫌疑人", "被告人", "被拘留人", "被逮捕人", "被取保候审人", "被监视居住人", "被讯问人"].map(\.compacted)

        func persons() -> [FactObservation] {
            owners.map { at, name in
                let range = at..<(at + name.count)
                return FactObservation(kind: .name, person: nil, value: String(name), isSuspect: isSuspect(at), source: source(range))
            }
        }

        private func isSuspect(_ at: Int) -> Bool {
            var before = text.glyphs[max(0, at - 9)..<at].filter { !":：".unicodeScalars.contains($0) }
            if before.ends(with: ["姓", "名"]) { before.removeLast(2) }
            return Self.suspectWords.contains { before.ends(with: $0) }
        }

        // MARK: Numbers

        func identityNumbers() -> [FactObservation] {
            let formed = digitRuns().compactMap { range -> (range: Range<Int>, value: String, isSound: Bool)? in
                let number = number(range)
                return IdentityNumber(number).map { (range, number, $0.isSound) }
            }
            let malformed = labelledNumbers().filter { range in !formed.contains { $0.range.overlaps(range) } }.map { (range: $0, value: number($0), isSound: false) }
            return (formed + malformed).sorted { $0.range.lowerBound < $1.range.lowerBound }.map { observation(.identityNumber, $0.value, $0.range, isSound: $0.isSound) }
        }

        private func number(_ range: Range<Int>) -> String { String(text.glyphs[range].map(\.halfWidth)).uppercased() }

        private static let identityLabels = ["公民身份号码", "公民身份证号码", "身份证号码", "身份证号", "身份证件号码", "身份号码"].map(\.compacted)
        /// A shorter value is not the number.
        private static let fewestDigits = 6

        /// What stands behind the label, whatever its form: a misread or mistyped number is still what the page says.
        private func labelledNumbers() -> [Range<Int>] {
            Set(Self.identityLabels.flatMap { label in text.places(of: label).compactMap { labelledNumber(from: $0 + label.count) } }).sorted { $0.lowerBound < $1.lowerBound }
        }

        private func labelledNumber(from label: Int) -> Range<Int>? {
            let start = text.glyphs[label...].firstIndex { !":：".unicodeScalars.contains($0) } ?? text.glyphs.count
            var end = start
            while end < text.glyphs.count, isOfNumber(end), end == start || !text.startsCell(end) || goesOn(end, start) { end += 1 }
            return text.glyphs[start..<end].count(where: { ("0"..."9").contains($0.halfWidth) }) >= Self.fewestDigits ? start..<end : nil
        }

        /// Whether a number goes on in the next row: in a sentence, and as long as it is not whole.
        private func goesOn(_ at: Int, _ start: Int) -> Bool { text.row(at) == text.row(at - 1) + 1 && text.isSentence(at - 1) && at - start < 18 }

        /// A digit, a letter that one was read as, or a mask.
        private func isOfNumber(_ at: Int) -> Bool {
            let glyph = text.glyphs[at].halfWidth
            return isDigit(at) || ("A"..."Z").contains(glyph) || ("a"..."z").contains(glyph) || ["*", "×", "?"].contains(glyph)
        }

        /// Runs of 18 digits, the last perhaps an X, in one cell or broken at the end of a row.
        private func digitRuns() -> [Range<Int>] {
            var (runs, at) = ([Range<Int>](), 0)
            while at < text.glyphs.count {
                guard isDigit(at) else { at += 1; continue }
                var end = at
                while end < text.glyphs.count, isDigit(end), end == at || !text.startsCell(end) { end += 1 }
                if end < text.glyphs.count, isX(end), !text.startsCell(end) { end += 1 }
                runs.append(at..<end)
                at = end
            }
            let whole = runs.filter { $0.count == 18 }
            let broken = zip(runs, runs.dropFirst()).filter { first, next in
                first.upperBound == next.lowerBound && first.count < 18 && first.count + next.count == 18 && text.row(next.lowerBound) == text.row(first.lowerBound) + 1
            }.map { $0.lowerBound..<$1.upperBound }
            return (whole + broken).sorted { $0.lowerBound < $1.lowerBound }
        }

        private func isDigit(_ at: Int) -> Bool { ("0"..."9").contains(text.glyphs[at].halfWidth) }
        private func isX(_ at: Int) -> Bool { ["X", "x"].contains(text.glyphs[at].halfWidth) }

        // MARK: Birth, other names

        func births() -> [FactObservation] {
            DateReader.dates(in: text.glyphs).filter { isBirth($0.range) }.map { observation(.birthDate, $0.date.iso, $0.range) }
        }

        private static let birthLabels = ["出生", "出生日期", "出生年月", "出生年月日", "出生时间", "出生于", "生于"].map(\.compacted)
        private static let ofNextField = ["出生日期", "出生年月", "出生时间", "出生地", "出生于", "出生:", "出生："].map(\.compacted)

        /// Directly behind its label, or directly before 出生.
        private func isBirth(_ range: Range<Int>) -> Bool {
            let after = text.glyphs[range.upperBound...]
            if after.starts(with: "出生".unicodeScalars), !Self.ofNextField.contains(where: { after.starts(with: $0) }) { return true }
            var before = text.glyphs[..<range.lowerBound]
            if before.last == ":" || before.last == "：" { before.removeLast() }
            return Self.birthLabels.contains { before.ends(with: $0) }
        }

        private static let sexes: [Unicode.Scalar] = ["男", "女"]

        /// Behind 性别, or between marks directly behind a name: 张三，男，.
        func sexes() -> [FactObservation] {
            let labelled = text.places(of: ["性", "别"]).compactMap { label in
                text.glyphs[(label + 2)...].firstIndex { !":：".unicodeScalars.contains($0) }
            }.filter { isSex($0) && (text.endsName($0 + 1)) }
            let named = owners.map { $0.at + $0.name.count + 1 }.filter { at in
                isSex(at) && "，,（(".unicodeScalars.contains(text.glyphs[at - 1]) && at + 1 < text.glyphs.count && !text.glyphs[at + 1].isHan
            }
            return (labelled + named).sorted().map { observation(.sex, String([text.glyphs[$0]]), $0..<($0 + 1)) }
        }

        private func isSex(_ at: Int) -> Bool { at < text.glyphs.count && Self.sexes.contains(text.glyphs[at]) }

        private static let aliasLabels = ["曾用名", "绰号", "别名", "化名", "又名"].map(\.compacted)

        func aliases() -> [FactObservation] {
            Self.aliasLabels.flatMap { label in text.places(of: label).filter(beginsField).compactMap { alias(after: $0 + label.count) } }
        }

        /// In a form, behind a mark or behind the name: 按其绰号, 使用化名 are words of a sentence.
        private func beginsField(_ at: Int) -> Bool {
            text.startsCell(at) || !text.glyphs[at - 1].isHan || owners.contains { $0.at + $0.name.count == at }
        }

        private func alias(after start: Int) -> FactObservation? {
            let start = text.glyphs[start...].firstIndex { !":：“\"".unicodeScalars.contains($0) } ?? text.glyphs.count
            guard start < text.glyphs.count else { return nil }
            let value = text.glyphs[start..<text.cellEnd(start)].prefix(21).prefix { $0.isHan || NameForm.dots.contains($0) }
            guard NameForm.fits(value) else { return nil }
            return observation(.alias, String(value), start..<(start + value.count))
        }

        // MARK: Charge, money

        func charges() -> [FactObservation] { text.places(of: ["涉", "嫌"]).flatMap { charges(after: $0 + 2) } }

        /// One after another: 涉嫌盗窃罪、诈骗罪.
        private func charges(after start: Int) -> [FactObservation] {
            var (found, at) = ([FactObservation](), start)
            while let range = ChargeName.range(in: text.glyphs, from: at, isBorder: isBorder) {
                found.append(FactObservation(kind: .charge, person: nil, value: String(text.glyphs[range]), source: source(range)))
                guard let next = ChargeName.next(in: text.glyphs, after: range) else { break }
                at = next
            }
            return found
        }

        /// A cell ends here and another stands beside it.
        private func isBorder(_ at: Int) -> Bool { text.startsCell(at) && text.row(at) == text.row(at - 1) }

        /// Sums in words of a sentence: 人民币52692元, 5.2万元, 3万5000元. Columns of accounts are no facts of the case.
        func amounts() -> [FactObservation] {
            text.glyphs.indices.filter { text.glyphs[$0] == "元" && (!text.startsCell($0) || $0 > 0 && goesOnFromAbove($0)) }.compactMap { end in
                let start = sumStart(before: end)
                guard let value = Money.value(text.glyphs[start..<end]) else { return nil }
                return FactObservation(kind: .amount, person: nil, value: value, source: source(start..<(end + 1)))
            }
        }

        /// Where the sum begins: in this cell, or at the end of the row above where its sentence goes on. The end itself where
        /// what stands there may be the beginning of the number, and may be not.
        private func sumStart(before end: Int) -> Int {
            var start = end
            while start > 0, Money.isPart(text.glyphs[start - 1]) {
                if text.startsCell(start), text.row(start) == text.row(start - 1) { return start }
                if text.startsCell(start), !goesOnFromAbove(start) { return end }
                start -= 1
            }
            return start
        }

        private static let sumLeads: Set<Unicode.Scalar> = ["币", "款", "计", "额", "价", "值", "得", "失", "金", "约", "共", "赃"]

        /// A long line breaks anywhere: 人民币526 / 92元. It goes on below where both are whole rows, no mark stands at the break, and
        /// the number above is a sum by the word before it: a telephone number may end a line, too.
        private func goesOnFromAbove(_ at: Int) -> Bool {
            guard text.row(at) == text.row(at - 1) + 1, text.isSentence(at - 1), text.isWholeRow(at - 1), text.isWholeRow(at) else { return false }
            guard ("0"..."9").contains(text.glyphs[at - 1].halfWidth) else { return false }
            var start = at
            while start > 0, Money.isPart(text.glyphs[start - 1]) { start -= 1 }
            return start > 0 && Self.sumLeads.contains(text.glyphs[start - 1])
        }
    }
}

/// 罪名 behind 涉嫌.
enum ChargeName {
    /// Glyphs of the longest names: 非法制造、买卖、运输、邮寄、储存枪支、弹药、爆炸物罪.
    private static let reach = 30
    private static let stops: Set<Unicode.Scalar> = ["，", ",", "。", "；", ";", "？", "?", "：", ":", "被", "（", "("]
    private static let lead = ["罪名", "犯有", "犯", ":", "："].map(\.compacted)
    private static let joints = ["、", "和", "及", "与"].map(\.compacted)
    private static let conduct = ["构成", "触犯", "行为已", "嫌疑人"].map(\.compacted)
    /// What a law says of charges in general.
    private static let general = ["数罪", "主罪", "余罪", "漏罪", "新罪", "他罪", "何罪", "该罪", "此罪", "本罪", "重罪", "轻罪", "某罪", "两罪", "其他罪", "同种罪"].map(\.compacted)

    /// As written, with the final 罪 where there is one. A name ends at the last 罪 that 犯罪 does not claim, before a stop or a
    /// joint behind a 罪; else before 一案 or 案.
    static func range(in glyphs: Glyphs, from: Int, isBorder: (Int) -> Bool) -> Range<Int>? {
        let start = begin(in: glyphs, from: from)
        let limit = min(glyphs.count, start + reach)
        var (at, end) = (start, nil as Int?)
        while at < limit, !stops.contains(glyphs[at]), !glyphs[at...].starts(with: "一案".unicodeScalars) {
            if let end, end == at, isBorder(at) || joints.contains(where: { glyphs[at...].starts(with: $0) }) { break }
            if isFinal(glyphs, at) { end = at + 1 }
            at += 1
        }
        if let end { return isName(glyphs[start..<end]) ? start..<end : nil }
        guard let file = (start..<at).first(where: { glyphs[$0] == "案" }) ?? (at < limit && glyphs[at] == "一" ? at : nil) else { return nil }
        let name = glyphs[start..<file]
        return isName(name) && !name.contains("的") && !name.contains("犯") ? start..<file : nil
    }

    /// Where the next name begins that a joint binds to one that ended with 罪.
    static func next(in glyphs: Glyphs, after range: Range<Int>) -> Int? {
        guard glyphs[range].last == "罪" else { return nil }
        return joints.first { glyphs[range.upperBound...].starts(with: $0) }.map { range.upperBound + $0.count }
    }

    /// The name as it is compared: offices write it with and without the final 罪.
    static func key(_ name: String) -> String { name.count > 1 && name.last == "罪" ? String(name.dropLast()) : name }

    private static func begin(in glyphs: Glyphs, from: Int) -> Int {
        var start = from
        while let word = lead.first(where: { glyphs[min(start, glyphs.count)...].starts(with: $0) }) { start += word.count }
        return min(start, glyphs.count)
    }

    /// 犯罪 ends no name, and 罪 does not end one in 罪名 or 罪行.
    private static func isFinal(_ glyphs: Glyphs, _ at: Int) -> Bool {
        guard glyphs[at] == "罪", at > 0, glyphs[at - 1] != "犯" else { return false }
        return at + 1 >= glyphs.count || !["名", "行", "犯"].contains(glyphs[at + 1])
    }

    private static func isName(_ glyphs: ArraySlice<Unicode.Scalar>) -> Bool {
        let name = Array(glyphs)
        return name.count >= 2 && name.allSatisfy { $0.isHan || $0 == "、" } && !["的", "、", "罪"].contains(name[0]) && !general.contains(name) && !conduct.contains(where: name.holds)
    }
}

/// Sums of money as written.
enum Money {
    private static let units: [Unicode.Scalar: Int] = ["万": 10_000, "亿": 100_000_000, "千": 1000, "百": 100]

    /// A digit, a point, a comma between digits or a unit. “，” ends a clause and is no part of a number.
    static func isPart(_ glyph: Unicode.Scalar) -> Bool { isNumeral(glyph) || units[glyph] != nil }

    private static func isNumeral(_ glyph: Unicode.Scalar) -> Bool { ("0"..."9").contains(glyph.halfWidth) || glyph == "," || glyph.halfWidth == "." }

    /// Yuan without separators and without needless zeros behind the point; nil for what is no number.
    static func value(_ written: some Sequence<Unicode.Scalar>) -> String? {
        var (total, rest, ceiling) = (Decimals(whole: 0), Array(written.drop { $0 == "," || $0.halfWidth == "." })[...], Int.max)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix(while: isNumeral)
            rest = rest.dropFirst(digits.count)
            let factor = rest.first.flatMap { units[$0] } ?? 1
            rest = rest.dropFirst(factor == 1 ? 0 : 1)
            // 3万5000: every part is less than the unit before it.
            guard let part = Decimals(digits).flatMap({ $0.times(factor) }), part.isLess(than: ceiling), let sum = total.plus(part) else { return nil }
            (total, ceiling) = (sum, factor)
        }
        return total.text
    }

    /// A number with what stands behind its point.
    private struct Decimals {
        var whole: Int
        /// In units of 10⁻⁹.
        var fraction = 0
        private static let unit = 1_000_000_000

        init(whole: Int) { self.whole = whole }

        /// Separators stand between groups of three digits, or nowhere.
        init?(_ written: some Sequence<Unicode.Scalar>) {
            let plain = String(written.map(\.halfWidth))
            let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count) else { return nil }
            let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
            guard groups.count == 1 || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }), let whole = Int(groups.joined()) else { return nil }
            self.whole = whole
            guard parts.count == 2 else { return }
            guard (1...9).contains(parts[1].count), let fraction = Int(parts[1] + String(repeating: "0", count: 9 - parts[1].count)) else { return nil }
            self.fraction = fraction
        }

        func times(_ factor: Int) -> Decimals? {
            let (product, isTooLarge) = whole.multipliedReportingOverflow(by: factor)
            return Decimals(whole: product).with(fraction: fraction * factor, unless: isTooLarge)
        }

        func plus(_ other: Decimals) -> Decimals? {
            let (sum, isTooLarge) = whole.addingReportingOverflow(other.whole)
            return Decimals(whole: sum).with(fraction: fraction + other.fraction, unless: isTooLarge)
        }

        private func with(fraction: Int, unless isTooLarge: Bool) -> Decimals? {
            let (sum, overflow) = whole.addingReportingOverflow(fraction / Self.unit)
            guard !isTooLarge, !overflow else { return nil }
            var result = Decimals(whole: sum)
            result.fraction = fraction % Self.unit
            return result
        }

        func isLess(than limit: Int) -> Bool { whole < limit }

        var text: String {
            guard fraction > 0 else { return "\(whole)" }
            var digits = String(String(fraction + Self.unit).dropFirst())
            while digits.last == "0" { digits.removeLast() }
            return "\(whole).\(digits)"
        }
    }
}

/// 公民身份号码: six digits of place, eight of birth, three of order, one check digit (GB 11643-1999 §3).
struct IdentityNumber {
    let isSound: Bool
    let birth: CalendarDate
    /// 男 or 女: the last digit of the order is odd for men (GB 11643-1999 §3.3).
    let sex: String

    /// nil for what has not its form, or no possible day of birth.
    init?(_ number: String) {
        guard let isSound = CitizenNumber.isSound(number) else { return nil }
        let digits = number.dropLast().compactMap(\.wholeNumberValue)
        let value = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + $1 } }
        guard let birth = CalendarDate(year: value(6..<10), month: value(10..<12), day: value(12..<14)) else { return nil }
        self.birth = birth
        sex = digits[16] % 2 == 1 ? "男" : "女"
        self.isSound = isSound
    }
}
