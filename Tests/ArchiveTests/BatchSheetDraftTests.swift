import Archive
import DossierModel
import Testing

@Suite struct BatchSheetDraftTests {
    @Test func readsEveryPart() throws {
        let draft = try BatchSheetDraft(
            yaml: """
                case: 海检刑诉受〔2024〕123号
                cause: 盗窃
                parties:
                  - {name: 张某甲, role: 犯罪嫌疑人}
                volumes:
                  - {number: 1, kind: 诉讼文书卷, files: ["p*.tif"]}
                  - {number: 2, kind: evidence, files: ["e*.tif", "e/**"]}
                """, location: "batch.yaml")
        #expect(draft.caseNumber == "海检刑诉受〔2024〕123号")
        #expect(draft.parties == [.init(name: "张某甲", role: "犯罪嫌疑人")])
        #expect(draft.volumes.map(\.kind) == [.proceedings, .evidence])
        #expect(draft.volumes[1].files == ["e*.tif", "e/**"])
    }

    @Test func anEmptySheetSaysNothing() throws {
        #expect(try BatchSheetDraft(yaml: "", location: "batch.yaml").caseNumber == nil)
    }

    @Test func spacesAroundACaseNumberAreNoPartOfIt() throws {
        #expect(try BatchSheetDraft(yaml: "case: '\u{3000}测试1号 '", location: "batch.yaml").caseNumber == "测试1号")
    }

    @Test(arguments: [
        ("cause: 盗窃\ncase: ' '\n", "case number is empty", ":2"),
        ("case: a\ncaze: b\n", "caze", ":2"),
        ("volumes:\n  - {kind: evidence, files: [a]}\n", "number", ":2"),
        ("volumes:\n  - {number: 1, kind: novel, files: [a]}\n", "novel", ":2"),
        ("volumes:\n  - {number: 0, files: [a]}\n", "from 1", ":2"),
        ("volumes: 3\n", "list", ":1"),
        ("case:\n\t- x\n", "tabs", "batch.yaml"),
        ("- a\n- b\n", "case, cause", ":1"),
    ])
    func aWrongSheetIsNamedWithItsLine(yaml: String, word: String, place: String) {
        do {
            _ = try BatchSheetDraft(yaml: yaml, location: "batch.yaml")
            Issue.record("accepted \(yaml)")
        } catch {
            #expect(error.code == .badUsage)
            #expect(error.message.contains(word), "\(error)")
            #expect(error.location?.contains(place) == true, "\(error)")
        }
    }
}
