import Foundation
import Testing
import TestTools

/// The built binary as a server.
@Suite struct ServeTests {
    private func workspace() throws -> String {
        let path = Program.scratch()
        let outcome = try Program.run(Program.built("dossier"), ["init", "--workspace", path])
        try #require(outcome.status == 0, "\(outcome.complaints)")
        return path
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func itPrintsItsAddressAnswersAndEndsCleanlyWhenTold(signal: Int32) throws {
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.built("dossier"))
        process.arguments = ["serve", "--workspace", try workspace(), "--port", "0"]
        process.standardOutput = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let address = try #require(said.firstMatch(of: /^http:\/\/127\.0\.0\.1:\d+\/\n$/)).output.dropLast()
        let page = try Program.run("/usr/bin/env", ["curl", "-s", "-i", String(address)])
        #expect(page.output.hasPrefix("HTTP/1.1 200"))
        #expect(page.output.contains("dossier run"))
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
    }

    @Test(arguments: ["0.0.0.0", "192.168.0.1", "::", "example.org"])
    func anAddressOthersCouldReachIsRefused(host: String) throws {
        let outcome = try Program.run(Program.built("dossier"), ["serve", "--workspace", try workspace(), "--host", host])
        #expect(outcome.status == 64)
        #expect(outcome.complaints.contains("127.0.0.1"))
    }

    @Test func withoutAWorkspaceItSaysSo() throws {
        let outcome = try Program.run(Program.built("dossier"), ["serve", "--workspace", "/nonexistent", "--port", "0"])
        #expect(outcome.status == 65)
        #expect(outcome.complaints.contains("dossier init"))
    }
}
