import DossierModel
import Typesetting

/// A narrated paper told by its words alone: who writes to whom, and when.
struct LetterKind: Sendable {
    enum Sender: Sendable { case police, station, procuratorate, company(String), person(any Sendable & KeyPath<CaseFacts, Person>, signsAs: String) }

    var title: String
    /// What stands for this kind in its number; nil for papers without one.
    var code: String?
    var sender = Sender.police
    /// After the offence.
    var days: Int
    var addressee: (@Sendable (CaseFacts) -> String)?
    var body: @Sendable (CaseFacts) -> [String]
    /// Written by hand, as far as a typeface can be.
    var isHandwritten = false

    init(
        _ title: String, _ code: String?, _ sender: Sender = .police, days: Int, to addressee: (@Sendable (CaseFacts) -> String)? = nil,
        isHandwritten: Bool = false, body: @escaping @Sendable (CaseFacts) -> [String]
    ) {
        self.title = title
        self.code = code
        self.sender = sender
        self.days = days
        self.addressee = addressee
        self.isHandwritten = isHandwritten
        self.body = body
    }

    func document(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.offence.adding(days + random.integer(0...2))
        let face: Typeface = isHandwritten ? .kai : .fangSong
        var paragraphs = body(facts).map { Paragraph($0, typeface: face) }
        if case .person(let path, let role) = sender {
            paragraphs.append(Paragraph("\(role)：\(facts[keyPath: path].name)", typeface: face, indent: 14))
        }
        let foot = Composer.Foot(organ: organ(facts), day: day, tilt: random.between(-9, 9), isPersonal: isPersonal)
        if isPersonal { return personal(facts, paragraphs, day, foot, &random) }
        return Composer.letter(
            style: facts.style, organ: organ(facts), title: title, number: number(facts, &random), addressee: addressee?(facts), body: paragraphs,
            foot: foot, hasRedHead: isOfProcuratorate && facts.style.head == .twoLines)
    }

    private var isPersonal: Bool { if case .person = sender { true } else { false } }
    private var isOfProcuratorate: Bool { if case .procuratorate = sender { true } else { false } }

    private func organ(_ facts: CaseFacts) -> String {
        switch sender {
        case .police: facts.place.police
        case .station: facts.place.station
        case .procuratorate: facts.place.procuratorate
        case .company(let name): facts.place.city + name
        case .person(let path, _): facts[keyPath: path].name
        }
    }

    private func number(_ facts: CaseFacts, _ random: inout SplitMix64) -> String? {
        guard let code else { return nil }
        let offset = random.integer(1...60)
        return isOfProcuratorate ? facts.procuratorateNumber(code, offset) : facts.policeNumber(code, offset)
    }

    /// Nobody's letterhead; signed by hand with a fingerprint.
    private func personal(
        _ facts: CaseFacts, _ paragraphs: [Paragraph], _ day: Day, _ foot: Composer.Foot, _ random: inout SplitMix64
    ) -> DraftDocument {
        let face: Typeface = isHandwritten ? .kai : .fangSong
        let date = Paragraph(random.chance(0.5) ? day.text : day.chinese, typeface: face, indent: 0, alignment: .right, inset: 3)
        let texts = Composer.grid.pages(of: paragraphs + [date], firstRow: 3)
        let pages = texts.enumerated().map { index, lines in
            let head: [PageLayout.Element] = index == 0
                ? [.text(Composer.centred(title.count <= 6 ? title.spaced : title, isHandwritten ? .kai : .boldSong, facts.style.titleSize, top: 46))] : []
            let lines = isHandwritten ? lines.map { unsteady($0, &random) } : lines
            return DraftPage(layout: PageLayout(elements: head + lines.map { .text($0) }))
        }
        var document = DraftDocument(title: title, number: nil, author: foot.organ, day: day, pages: pages)
        if let last = texts.last?.last {
            document.pages[pages.count - 1].marks = [
                .signature(seed: random.next(), PaperPoint(last.left - 4, last.top - 14), width: 24), .fingerprint(PaperPoint(last.left + 26, last.top - 9), tilt: foot.tilt),
            ]
        }
        return document
    }

    /// A hand keeps no line.
    private func unsteady(_ line: TextLine, _ random: inout SplitMix64) -> TextLine {
        var line = line
        line.top += random.between(-0.8, 0.8)
        line.left += random.between(-0.7, 0.7)
        line.pitch *= random.between(0.97, 1.02)
        return line
    }
}
