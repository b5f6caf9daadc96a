import Foundation
import TestTools
import Testing

@Suite struct ExitCodeTests {
    @Test func wrongUseHasItsOwnExitCodes() throws {
        let empty = Program.scratch(), workspace = Program.scratch()
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        #expect(try Program.dossier("run", empty, "--case", "甲", "--workspace", workspace).status == 3)
        // Without a scan there is nothing to do, whatever the case; with one and no number the call is incomplete.
        #expect(try Program.dossier("run", empty, "--workspace", workspace).status == 3)
        try Data("no picture".utf8).write(to: URL(fileURLWithPath: empty + "/1.tif"))
        #expect(try Program.dossier("run", empty, "--workspace", workspace).status == 64)
        #expect(try Program.dossier("run", "/nonexistent", "--case", "甲", "--workspace", workspace).status == 65)
        #expect(try Program.dossier("run").status == 64)
        #expect(try Program.dossier("verify", "乙", "--workspace", workspace).status == 65)
        #expect(try Program.dossier("search", "，", "--workspace", workspace).status != 0)
        #expect(try Program.dossier("search", "甲", "--limit", "0", "--workspace", workspace).status == 64)
        #expect(try Program.dossier("--help").status == 0)
    }
}
