import Foundation
import TestTools
import Testing

/// The unit that runs the inbox as a service.
@Suite struct ServiceUnitTests {
    private static let folder = Program.repository + "/packaging/systemd"

    @Test(.enabled(if: Program.installed("systemd-analyze") != nil, "systemd-analyze is not installed"))
    func systemdTakesTheUnitAsItIs() throws {
        let scratch = Program.scratch()
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        // The program is not installed where tests run; everything else stays as shipped.
        let unit = try String(contentsOfFile: Self.folder + "/dossier-watch.service", encoding: .utf8)
        #expect(unit.contains("ExecStart=/usr/local/bin/dossier watch "))
        let path = scratch + "/dossier-watch.service"
        try Data(unit.replacing("/usr/local/bin/dossier", with: Program.built("dossier")).utf8).write(to: URL(fileURLWithPath: path))
        let check = try Program.run(try #require(Program.installed("systemd-analyze")), ["verify", path])
        #expect(check.status == 0 && check.complaints.isEmpty, "\(check.complaints)")
    }

    @Test func theUnitGivesOnlyOptionsThatTheCommandKnowsAndSettingsThatTheFileHas() throws {
        let unit = try String(contentsOfFile: Self.folder + "/dossier-watch.service", encoding: .utf8)
        let settings = try String(contentsOfFile: Self.folder + "/dossier-watch.conf", encoding: .utf8)
        let help = try Program.dossier("watch", "--help").output
        let start = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
        for option in start.matches(of: /--[a-z-]+/) { #expect(help.contains(option.output), "\(option.output)") }
        for name in start.matches(of: /\$\{?([A-Z]+)/) { #expect(settings.contains("\n\(name.output.1)=") , "\(name.output.1)") }
        for option in settings.matches(of: /--[a-z-]+/) { #expect(help.contains(option.output), "\(option.output)") }
    }
}
