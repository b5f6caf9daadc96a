import Foundation
import TestTools
import Testing

/// A workspace on a disk that fills up while a case is being made.
@Suite(.enabled(if: getuid() == 0, "a small disk can only be mounted as root"), .serialized)
struct FullDiskTests {
    @Test(arguments: [0.2, 0.5, 0.8])
    func aDiskThatFillsUpIsOneClearErrorAndTheNextRunFinishes(share: Double) throws {
        let scans = try ScanFolder()
        try scans.addPages((1...6).map { "\($0).png" })
        let roomy = Program.scratch()
        try #require(try run(scans, roomy).status <= 1)
        let disk = Program.scratch()
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let kilobytes = Int(Double(try size(of: roomy)) * share) / 1024
        guard try mount(["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", disk]) else {
            print("skipped: a small disk cannot be mounted here")
            return
        }
        defer { _ = try? Program.run("/usr/bin/umount", ["-l", disk]) }
        let outcome = try run(scans, disk + "/w")
        #expect(outcome.status == 74, "\(outcome.complaints)")
        let complaints = outcome.complaints.split(separator: "\n").filter { $0.hasPrefix("dossier:") }
        #expect(complaints.count == 1 && complaints[0].contains("full"), "\(outcome.complaints)")
        let expected = try CaseFolder(roomy + "/cases/甲").contents()
        let visible = (try? CaseFolder(disk + "/w/cases/甲").contents()) ?? [:]
        for (name, bytes) in visible { #expect(expected[name] == bytes, "\(name) is half written") }
        #expect(try mount(["-o", "remount,size=200m", disk]))
        #expect(try run(scans, disk + "/w").status <= 1)
        #expect(try CaseFolder(disk + "/w/cases/甲").contents() == expected)
    }

    private func run(_ scans: ScanFolder, _ workspace: String) throws -> Program.Outcome {
        try Program.dossier("run", scans.path, "--case", "甲", "--engine", "tesseract", "--workspace", workspace)
    }

    private func mount(_ arguments: [String]) throws -> Bool { try Program.run("/usr/bin/mount", arguments).status == 0 }

    private func size(of folder: String) throws -> Int {
        try FileManager.default.subpathsOfDirectory(atPath: folder).map { name in
            ((try? FileManager.default.attributesOfItem(atPath: folder + "/" + name))?[.size] as? Int) ?? 0
        }.reduce(0, +)
    }
}
