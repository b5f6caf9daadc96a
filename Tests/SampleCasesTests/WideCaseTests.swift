import DossierModel
import Testing
import Typesetting

@testable import SampleCases

@Suite struct WideCaseTests {
    private let plan = CasePlan.wide(seed: 5, pages: 1000, texts: nil)

    /// 张某甲第二次讯问笔录 and 李某乙询问笔录 are two kinds.
    private func kind(of title: String) -> String {
        for record in ["讯问笔录", "询问笔录", "辨认笔录"] where title.hasSuffix(record) { return record }
        return title
    }

    @Test func aLargeCaseHoldsEveryKindOfPaperAndVolume() {
        let documents = plan.volumes.flatMap(\.documents)
        #expect(Set(documents.map { kind(of: $0.title) }).count >= 90)
        #expect(Set(plan.volumes.map(\.kind)) == [.proceedings, .evidence, .supplementary, .procuratorial, .internal])
        #expect((1000...1100).contains(documents.reduce(0) { $0 + $1.pages.count }))
        #expect(documents.contains { $0.title == "卷内文件目录" } && documents.contains { $0.title == "卷内文书目录" })
        #expect(documents.filter { $0.pages.count >= 3 }.count >= 50)
    }

    @Test func nothingIsPrintedBesideThePaper() {
        for document in plan.volumes.flatMap(\.documents) {
            for (number, page) in document.pages.enumerated() {
                for line in page.layout.textLines {
                    let inside = line.left >= 0 && line.left + line.width <= 210.5 && line.top >= 0 && line.top + line.height <= 297
                    #expect(inside, "\(document.title), page \(number + 1): \(line.text) at \(line.left), \(line.top)")
                }
            }
        }
    }

    @Test func theSameKindComesInSeveralLayouts() {
        let arrests = (UInt64(1)...8).flatMap { CasePlan.wide(seed: $0, pages: 420, texts: nil).volumes[0].documents }.filter { $0.title == "拘传证" }
        let heads = Set(arrests.map { $0.pages[0].layout.textLines.prefix(3).map { "\($0.size) \($0.top)" }.joined(separator: "|") })
        #expect(heads.count >= 3)
    }
}
