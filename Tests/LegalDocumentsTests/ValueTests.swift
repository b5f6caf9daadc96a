import DossierModel
import LegalDocuments
import Testing
import Typesetting

@Suite struct ValueTests {
    private let fields = """
        名: text
        日子: date
        次: number
        款: money
        性别: {type: choice, choices: [男, 女]}
        人: person
        行: {type: list, fields: {甲: text, 乙: {type: date, optional: true}}}
        """

    @Test func everyProblemIsNamedAtOnce() throws {
        let template = try template("文", fields: fields)
        let found = problems(template, "日子: 2024-02-30\n次: 三\n款: 12.345\n性别: 未知\n人: {性别: 男, 证件号码: 990102198805170010}\n行: [{甲: 子, 乙: 昨天}, {丙: 丑}]\n名子: 甲")
        let expected: [(String, ValueProblem.Kind)] = [
            ("名子", .unknown), ("名", .missing), ("日子", .invalid), ("次", .invalid), ("款", .invalid), ("性别", .invalid), ("人.姓名", .missing),
            ("人.证件号码", .invalid), ("行[1].乙", .invalid), ("行[2].丙", .unknown), ("行[2].甲", .missing),
        ]
        #expect(found.map(\.field) == expected.map(\.0))
        #expect(found.map(\.kind) == expected.map(\.1))
        #expect(found[0].message.contains("did you mean “名”"))
        #expect(found[2].message.contains("“2024-02-30”") && found[2].message.contains("such as 2024-03-02"))
    }

    @Test func valuesComeFromTheDataThenTheCaseThenTheDefault() throws {
        let template = try template("甲{{由}}乙{{号}}丙{{人.姓名}}丁{{默}}", fields: "由: {type: text, from: case.cause}\n号: {type: text, from: case.number}\n人: {type: person, from: \"case.parties[犯罪嫌疑人]\"}\n默: {type: text, default: 定}")
        #expect(text(try pages(template, "由: 抢夺", facts: catalogue(1))).contains("甲抢夺乙测试1号丙张某甲丁定"))
        #expect(problems(template, "由: 抢夺").map(\.field) == ["号", "人"])
        var two = catalogue(1)
        two.parties.append(.init(name: "李某乙", role: "犯罪嫌疑人"))
        #expect(problems(template, "", facts: two).map(\.field) == ["人"])
    }

    @Test func linesAndControlCharactersAreRefusedWhereTheyDoNotBelong() throws {
        let template = try template("{{名}}")
        #expect(problems(template, "名: \"甲\\n乙\"").first?.message.contains("line break") == true)
        #expect(problems(template, "名: \"甲\\u0007\"").first?.message.contains("U+7") == true)
        #expect(problems(template, "名: \"甲\\u202e\"").first?.message.contains("U+202E") == true)
    }

    @Test func jsonAndYamlAreTheSame() throws {
        let template = try template("{{名}}", fields: "名: text\n款: money\n人: person")
        let yaml = try values(template, "名: 甲\n款: 12.50\n人: {姓名: 乙}")
        #expect(try values(template, "{\"名\": \"\\u7532\", \"款\": 12.5,\n\t\"人\": {\"姓名\":\"乙\"}}") == yaml)
        #expect(try values(template, "名: 丙\n款: 12.50\n人: {姓名: 乙}").canonicalText != yaml.canonicalText)
    }

    @Test(arguments: [("名: 甲\n\t次: 1", "2:1"), ("名: [甲", "1:"), ("名: 甲\n名: 乙", "2:1"), ("甲", "data.yaml")])
    func faultyDataFilesAreNamedWithTheirPlace(_ text: String, _ place: String) {
        #expect(throws: DossierError.self) { try DataFile.read(Array(text.utf8), location: "data.yaml") }
        do { _ = try DataFile.read(Array(text.utf8), location: "data.yaml") } catch { #expect("\(error)".contains(place), "\(error)") }
    }

    /// What a value holds can never be taken for markup.
    @Test(arguments: ["*张*", "**张**", "{{x}}", "{{{名}}}", "<b>张</b>", "# 张", "1. 张", "- 张", "> 张", "`张`", "[张](李)", "张\\李", "&amp;", "---", "===", "a|b", "__", "    张"])
    func valuesComeOutAsTyped(_ value: String) throws {
        let template = try template("甲{{名}}乙\n\n{{名}}\n\n``` table\n头\n1\n{{名}}\n```\n")
        let quoted = "名: \"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        let lines = try pages(template, quoted).pages.flatMap(\.textLines).map(\.text)
        #expect(lines.contains("甲" + value + "乙"))
        #expect(lines.filter { $0 == value }.count == 2)
    }
}
