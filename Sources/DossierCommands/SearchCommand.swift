import Archive
import ArgumentParser
import DossierModel
import Foundation
import Search

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find every page with a word, a name, a number; exact from one Chinese character on.",
        discussion: """
            Parts separated by spaces must all stand on the page. Width and case of letters do not matter.

            Examples:
              dossier search 盗
              dossier search "张某甲 现金" --case 测试1号
              dossier search 〔2024〕123号 --json
            """)

    @Argument(help: "What to look for.") var term: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(name: [.customShort("c"), .customLong("case")], help: "Only in this case.") var caseNumber: String?
    @Option(help: "At most this many pages.") var limit = 50
    @Flag(help: "Print the result as one line of JSON.") var json = false

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is at least 1") }
    }

    func run() throws {
        let store = try workspace.reading()
        if let caseNumber { _ = try PublishedCase(caseNumber, in: store) }
        let result = try SearchIndex.open(at: store.searchIndexPath, readOnly: true)
            .search(term, case: caseNumber, limit: limit)
        if json { return try Terminal.json(result) }
        for hit in result.hits {
            Terminal.result("\(hit.case)\t第\(hit.volume)册\t页 \(hit.folio ?? "–")\t\(hit.title ?? "")\t\(marked(hit))")
        }
        Terminal.complain("\(result.total) 页 pages" + (result.total > result.hits.count ? ", \(result.hits.count) shown (--limit)" : ""))
    }

    /// The match is bold on a terminal and in brackets elsewhere.
    private func marked(_ hit: SearchIndex.Hit) -> String {
        let text = Array(hit.snippet)
        let (start, end) = (hit.highlight[0], hit.highlight[0] + hit.highlight[1])
        let (open, close) = isatty(STDOUT_FILENO) == 1 ? ("\u{1B}[1m", "\u{1B}[0m") : ("[", "]")
        return String(text[..<start]) + open + String(text[start..<end]) + close + String(text[end...])
    }
}
