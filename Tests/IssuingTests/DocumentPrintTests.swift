import Archive
import DossierModel
import Foundation
import Hashing
import TestTools
import Testing

/// The built program and a real IPP printer.
@Suite(.serialized) struct DocumentPrintTests {
    private func issue(_ place: Place, printer: String) throws -> Program.Outcome {
        try Program.run(
            Program.built("dossier"),
            [
                "document", "new", "批准逮捕决定书", "--case", "甲", "--unscanned", "--data", Program.repository + "/samples/documents/批准逮捕决定书.yaml",
                "--workspace", place.path, "--printer", printer,
            ])
    }

    private func ledger(_ place: Place) throws -> [PrintEntry] {
        try Workspace.open(at: place.path, for: .readOnly).journal.printings()
    }

    @Test func thePrinterGetsExactlyTheStoredBytesAndTheLedgerSaysSo() throws {
        guard let printer = try PrinterProcess() else { return }
        let place = try Place()
        let outcome = try issue(place, printer: printer.uri)
        #expect(outcome.status == 0, "\(outcome.complaints)")
        let row = try #require(try place.rows().first)
        let again = try Program.run(Program.built("dossier"), ["document", "print", row.number, "-w", place.path, "--printer", printer.uri])
        #expect(again.status == 0, "\(again.complaints)")
        let digest = try #require(row.file).digest
        #expect(try printer.received().map { SHA256Digest(of: Array($0)) } == [digest, digest])
        let entries = try ledger(place)
        #expect(entries.map(\.outcome) == [.completed, .completed])
        #expect(entries.allSatisfy { $0.document == digest && $0.job != nil && $0.finished != nil && $0.copies == 1 && $0.sides == "one-sided" })
        #expect(try Program.run(Program.built("dossier"), ["document", "ledger", "-w", place.path]).output.split(separator: "\n").count == 2)
    }

    @Test func aPrinterThatFailsOrIsAbsentLeavesATrueTraceAndAnIssuedDocument() throws {
        let place = try Place()
        let absent = try issue(place, printer: "ipp://localhost:9/ipp/print")
        #expect(absent.status == 69)
        #expect(absent.complaints.contains("dossier document print"), "\(absent.complaints)")
        #expect(try ledger(place).map(\.outcome) == [.refused])
        guard let printer = try PrinterProcess(command: "exit 1") else { return }
        #expect(try issue(place, printer: printer.uri).status == 69)
        #expect(try ledger(place).map(\.outcome) == [.refused, .aborted])
        #expect(try place.rows().map(\.isVoid) == [false, false])
    }

    @Test func aWrongPrinterIsFoundBeforeANumberIsTaken() throws {
        let place = try Place()
        #expect(try issue(place, printer: "ftp://nowhere").status == 64)
        #expect(try place.rows().isEmpty)
    }
}
