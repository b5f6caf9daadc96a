import DossierModel

import Foundation

/// Figures side by side, as a Markdown table; with a peer, its figures as multiples of the first column's.
struct ResultTable {
    struct Column {
        var name: String
        var figures: [Figure] = []
    }

    let heading: String
    let columns: [Column]
    /// The further columns are other programs on the same pages, not other pages.
    var comparesPeers = true

    var text: String {
        let hasPeer = columns.count > 1 && comparesPeers
        var rows = [["", "aim"] + columns.map(\.name) + (hasPeer ? ["ratio"] : [])]
        for figure in columns[0].figures {
            let peers = columns.dropFirst().map { column in column.figures.first { $0.name == figure.name } }
            let ratio = hasPeer ? [peers.first.flatMap { $0 }.flatMap { figure.ratio(to: $0) } ?? "–"] : []
            rows.append([figure.name, figure.aim ?? "", figure.text] + peers.map { $0?.text ?? "–" } + ratio)
        }
        rows.insert(rows[0].map { _ in "---" }, at: 1)
        return heading + "\n\n" + rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}

/// One measured value.
struct Figure {
    let name: String
    let text: String
    /// For ratios; nil where none makes sense.
    let value: Double?
    var aim: String?

    init(_ name: String, _ text: String, value: Double? = nil, aim: String? = nil) {
        self.name = name
        self.text = text
        self.value = value
        self.aim = aim
    }

    /// The peer's value divided by this one.
    func ratio(to peer: Figure) -> String? {
        guard let value, let other = peer.value, value > 0 else { return nil }
        return "× " + Self.short(other / value)
    }

    static func short(_ value: Double) -> String { String(format: "%.2f", value) }
    static func percent(_ rate: Double) -> String { String(format: "%.2f %%", 100 * rate) }
    static func megabytes(_ bytes: Int) -> String { "\(bytes >> 20) MB" }
}

extension ResultTable.Column {
    mutating func addRun(_ trial: Trial, _ outcome: MeasuredProcess.Outcome, bytesOut: Int) {
        let count = Double(trial.truth.images.count)
        let perImage = outcome.seconds / count
        figures += [
            Figure("seconds per image, whole pipeline", Figure.short(perImage), value: perImage, aim: "≤ 1.2"),
            Figure("images per minute", Figure.short(60 / perImage), value: 60 / perImage),
            Figure("bytes per image in", "\(trial.bytesIn / Int(count))"),
            Figure("bytes per image out", "\(bytesOut / Int(count))", value: Double(bytesOut)),
            Figure("output bytes / input bytes", Figure.short(Double(bytesOut) / Double(trial.bytesIn)), value: Double(bytesOut), aim: "≤ 1.1"),
            Figure("peak memory, coordinating process", Figure.megabytes(outcome.ownPeak), value: Double(outcome.ownPeak)),
            Figure("peak memory, largest other process", Figure.megabytes(outcome.childPeak), value: Double(outcome.childPeak)),
            Figure("peak memory, all processes at once", Figure.megabytes(outcome.treePeak), value: Double(outcome.treePeak)),
        ]
    }

    mutating func addText(_ score: TextScore) {
        figures += [
            Figure("CER ignoring spaces", Figure.percent(score.spaceless.rate), value: score.spaceless.rate, aim: "≤ 3 %"),
            Figure("CER strict", Figure.percent(score.strict.rate), value: score.strict.rate),
            Figure(
                "characters under seals read, pages in colour", score.underSeals.characters == 0 ? "–" : "\(score.underSeals.characters - score.underSeals.errors) of \(score.underSeals.characters)",
                aim: "≥ 90 %"),
        ]
    }

    mutating func add(_ score: PageScore) {
        figures += [
            Figure("written pages not delivered", score.pages.text, aim: "0"),
            Figure("blanks not sorted out", score.blanks.text),
            Figure("separators not sorted out", score.separators.text),
            Figure("pages turned wrongly", score.turns.text, aim: "0"),
            Figure("pages straight to worse than 0.2°", "\(score.skews.text), worst \(Figure.short(score.worstSkew))°"),
            Figure("folios wrong", score.folios.text),
        ]
    }

    mutating func add(_ score: CatalogueScore) {
        let rates = [score.precision, score.recall, score.f1].map { String(format: "%.3f", $0) }.joined(separator: " / ")
        figures.append(Figure("document starts: precision / recall / F1", rates))
        for field in score.fields { figures.append(Figure("\(field.name) wrong", field.share.text)) }
    }
}
