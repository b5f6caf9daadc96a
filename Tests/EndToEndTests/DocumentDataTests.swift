import Foundation
import TestTools
import Testing

/// From the facts of a case to an issued document, by way of the file a person completes.
@Suite(.serialized) struct DocumentDataTests {
    private let scans: ScanFolder
    private let workspace: String

    init() throws {
        scans = try ScanFolder()
        workspace = scans.path + "-w"
        try scans.addPages(["1.png", "2.png"])
        try #require(try Program.run(Program.built("fault-worker"), ["run", scans.path, workspace]).status == 0)
        try publish(name: ["张某甲"])
    }

    /// Facts as a case with readable pages would have them.
    private func publish(name: [String]) throws {
        let readings = name.map { "{\"isGiven\":false,\"isSound\":null,\"value\":\"\($0)\",\"sources\":[{\"box\":null,\"document\":1,\"folio\":\"3\",\"image\":1,\"origin\":\"page\",\"score\":0.97,\"text\":null,\"volume\":1}]}" }
        let fact = "{\"isConflict\":\(name.count > 1),\"kind\":\"name\",\"measure\":null,\"readings\":[\(readings.joined(separator: ","))]}"
        let text = "{\"case\":\"甲\",\"documents\":[],\"facts\":[],\"persons\":[{\"facts\":[\(fact)],\"role\":\"犯罪嫌疑人\"}]}\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: workspace + "/cases/甲/facts.json"))
    }

    private func data(_ more: String..., template: String = "讯问笔录", caseNumber: String = "甲") throws -> Program.Outcome {
        try Program(starting: Program.built("dossier"), ["document", "data", template, "--case", caseNumber, "--workspace", workspace] + more).finish()
    }

    private func issue(_ path: String) throws -> Program.Outcome {
        try Program.dossier("document", "new", "讯问笔录", "--case", "甲", "--data", path, "--workspace", workspace, "--draft", "-o", scans.path + "/草稿.pdf", "--json")
    }

    @Test func thePersonCompletesTheFileAndTheDocumentIsMade() throws {
        let path = scans.path + "/data.yaml"
        let written = try data("-o", path)
        #expect(written.status == 0 && written.complaints.contains("1 of "), "\(written.complaints)")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("  姓名: \"张某甲\"  # 第1册3页（image 1）, 97 %"))
        let early = try issue(path)
        #expect(early.status == 65 && early.complaints.contains("次数: is missing") && early.complaints.contains("问答: is missing"), "\(early.complaints)")
        let given = ["院名": "海州市人民检察院", "院代字": "海", "权利告知": "是", "次数": "1", "开始": "2024-03-05 09:30", "结束": "2024-03-05 10:45", "地点": "讯问室", "讯问人": "冯某丙", "记录人": "陈某丁", "问答": "[{问: 你是否认罪？, 答: 我认罪。}]"]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: ":").first.flatMap { key in given[String(key)].map { "\(key): \($0)" } } ?? String(line)
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
        let made = try issue(path)
        #expect(made.status == 0, "\(made.complaints)")
    }

    @Test func namesThatContradictOneAnotherAreNotChosenFrom() throws {
        try publish(name: ["张某甲", "张某申"])
        let outcome = try data()
        #expect(outcome.output.contains("# 张某甲: 第1册3页") && outcome.output.contains("# 张某申: 第1册3页") && outcome.output.contains("  姓名:  #"), "\(outcome.output)")
    }

    @Test func nothingIsOverwrittenAndWhatIsNotThereIsNamed() throws {
        let path = scans.path + "/data.yaml"
        try Data("甲".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try data("-o", path).status == 64)
        #expect(try data("-o", path, "--force").status == 0)
        let template = try data(template: "讯问"), number = try data(caseNumber: "乙")
        #expect(template.status == 65 && template.complaints.contains("讯问笔录"))
        #expect(number.status == 65 && number.complaints.contains("甲"))
    }
}
