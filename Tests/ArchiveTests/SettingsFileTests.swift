@testable import Archive
import DossierModel
import Foundation
import Testing

@Suite struct SettingsFileTests {
    @Test func theTemplateShowsEveryKeyAndMeansTheDefaults() throws {
        #expect(try SettingsFile.parse(SettingsFile.template) == Settings())
        for key in SettingsKey.all {
            let entry = "  # \(key.meaning)\n  #\(key.name): \(key.spelled(in: Settings()))\n"
            #expect(SettingsFile.template.contains(entry), "\(key.name)")
        }
    }

    @Test func everySettingHasAKey() throws {
        let defaults = try JSONSerialization.jsonObject(with: JSONEncoder().encode(Settings())) as? [String: [String: Any]]
        let inModel = (defaults ?? [:]).flatMap { section, keys in keys.keys.map { "\(section).\($0)" } }
        #expect(inModel.sorted() == SettingsKey.all.map { "\($0.section).\($0.name)" }.sorted())
        #expect(Set(SettingsKey.all.map(\.section)).isSubset(of: SettingsKey.sections.map(\.name)))
    }

    @Test func uncommentedDefaultsAreValid() throws {
        for key in SettingsKey.all {
            let text = "\(key.section):\n  \(key.name): \(key.spelled(in: Settings()))\n"
            #expect(try SettingsFile.parse(text) == Settings(), "\(text)")
        }
    }

    @Test func givenKeysTakeThePlaceOfDefaults() throws {
        let settings = try SettingsFile.parse(
            """
            clean:
              blanks: deliver
              minimumSkew: 0.1
            recognise: {engine: tesseract}
            intake:
              maxPixels: 400_000_000
            workers:
            """)
        var expected = Settings()
        expected.clean.blanks = .deliver
        expected.clean.minimumSkew = 0.1
        expected.recognise.engine = .tesseract
        expected.intake.maxPixels = 400_000_000
        #expect(settings == expected)
    }

    @Test(arguments: [
        ("clean:\n  blank: omit\n", "2", "“blanks”"),
        ("claen:\n  blanks: omit\n", "1", "“clean”"),
        ("clean:\n  engine: ppocr\n", "2", "belongs under “recognise:”"),
        ("engine: ppocr\n", "1", "“recognise:”"),
        ("clean:\n\tblanks: omit\n", "2", "tab"),
        ("clean:\n  blanks: keep\n", "2", "omit or deliver"),
        ("# a\n\nworkers:\n  count: many\n", "4", "a whole number"),
        ("workers:\n  count: 2.5\n", "2", "a whole number"),
        ("workers:\n  count: -1\n", "2", "0 to 1024"),
        ("workers:\n  pageTimeout: .nan\n", "2", "a number"),
        ("clean:\n  straighten: perhaps\n", "2", "true or false"),
        ("clean:\n  straighten: [true]\n", "2", "a list"),
        ("separate:\n  documentPattern: 'TAG:(.+'\n", "2", "separate.documentPattern is no regular expression"),
        ("separate:\n  sheets: omit\n  documentPatches: T 5\n", "3", "“5” is no patch code"),
        ("- clean\n", "1", "section"),
        ("clean: yes\n", "1", "indented"),
        ("clean:\n  blanks: omit\n  blanks: deliver\n", "2", "valid YAML"),
        ("clean:\n  blanks: \"omit\n", "3", "valid YAML"),
    ])
    func aMistakeIsNamedWithItsLineAndRemedy(_ text: String, _ line: String, _ part: String) {
        let error = failure { _ = try SettingsFile.parse(text) }
        #expect(error?.code == .badUsage)
        #expect(error?.location == line)
        #expect(error?.message.contains(part) == true, "\(error?.description ?? "no error")")
    }

    @Test func theFileIsNamedToo() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        try scratch.write("clean:\n  blank: omit\n", to: "workspace/dossier.yaml")
        let error = failure { _ = try Workspace.open(at: scratch.workspace, for: .readOnly) }
        #expect(error?.location == scratch.workspace + "/dossier.yaml:2")
        try Data([0x63, 0xC0, 0xAF]).write(to: URL(fileURLWithPath: scratch.workspace + "/dossier.yaml"))
        #expect(failure { _ = try Workspace.open(at: scratch.workspace, for: .readOnly) }?.message.contains("UTF-8") == true)
    }

    @Test func distanceBetweenWordsCountsChanges() {
        #expect(EditDistance.between("blank", "blanks") == 1)
        #expect(EditDistance.between("kitten", "sitting") == 3)
        #expect(EditDistance.between("", "abc") == 3)
        #expect(EditDistance.within(3, Array("kitten"), Array("sitting")) == 3)
        #expect(EditDistance.within(2, Array("kitten"), Array("sitting")) == nil)
        #expect(EditDistance.within(1, Array("甲"), Array("甲乙丙")) == nil)
        #expect(EditDistance.between("DPI", "dpi") == 0)
    }
}
