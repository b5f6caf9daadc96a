public import DossierModel
import Foundation
import Typesetting

/// Running text from a folder of laws (UTF-8 files), so that large cases do not repeat themselves.
/// Never used for the committed sample.
public struct LawTexts: Sendable {
    private let files: [String]

    /// - Parameter folder: searched in all depths for `.md` and `.txt`.
    ///
    /// #### Errors
    /// `unusableInput` when there is no such file.
    public init(folder: String) throws(DossierError) {
        let names = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
        files = names.filter { $0.hasSuffix(".md") || $0.hasSuffix(".txt") }.map { folder + "/" + $0 }
        guard !files.isEmpty else {
            throw DossierError(.unusableInput, "the folder holds no .md or .txt text; name another one", location: folder)
        }
    }

    /// A piece of 1–8 pages as an annex to the case.
    func annex(_ facts: CaseFacts, index: Int, random: inout SplitMix64) -> DraftDocument {
        let lines = random.integer(1...10)
        let body = paragraphs(index: index, wanted: 200 + lines * 400)
        let foot = Composer.Foot(organ: facts.place.police, day: facts.detained.adding(index % 60), tilt: random.between(-9, 9))
        return Composer.letter(style: facts.style, organ: facts.place.police, title: "办案依据摘录", body: body.map { Paragraph($0) }, foot: foot)
    }

    private func paragraphs(index: Int, wanted: Int) -> [String] {
        let text = (try? String(contentsOfFile: files[(index * 37) % files.count], encoding: .utf8)) ?? ""
        var taken: [String] = []
        var count = 0
        for line in text.split(separator: "\n").map({ $0.drop { "#　 \t>-*".contains($0) } }) where line.count > 12 && count < wanted {
            taken.append(String(line))
            count += line.count
        }
        return taken.isEmpty ? ["（无摘录内容）"] : taken
    }
}
