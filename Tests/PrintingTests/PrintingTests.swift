import DossierModel
import Foundation
import Hashing
import TestTools
import Testing

@testable import Printing

/// Not a page anybody could print: what counts is that the printer gets these bytes and no others.
private func document(pages: Int = 4) -> [UInt8] {
    Array("%PDF-1.7\n".utf8) + (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) } + Array("\n% \(pages) pages\n%%EOF\n".utf8)
}

@Suite struct PrintingTests {
    private let quick = PrintOptions(timeout: 60, patience: 5)

    @Test func thePrinterReceivesExactlyTheBytesSent() throws {
        guard let process = try PrinterProcess() else { return }
        let pdf = document()
        let outcome = try Printer(uri: process.uri).print(pdf: pdf, jobName: "批准逮捕决定书 海检批捕〔2024〕12号", options: quick)
        #expect(outcome.state == .completed)
        #expect(outcome.jobID != nil && outcome.printerURI == process.uri && outcome.printerName == "Test 打印机")
        #expect(outcome.document == SHA256Digest(of: pdf))
        #expect(try process.received() == [Data(pdf)])
    }

    @Test func theJobCarriesItsNameItsPaperAndOneCopy() throws {
        guard let process = try PrinterProcess(command: "env > \"${0%print.sh}job.env\"", options: ["-2"]) else { return }
        var options = quick
        options.sides = .twoSidedLongEdge
        let outcome = try Printer(uri: process.uri).print(pdf: document(), jobName: "起诉书〔2024〕7号 𠮷", options: options)
        #expect(outcome.state == .completed)
        let job = try String(contentsOfFile: process.file("job.env"), encoding: .utf8).split(separator: "\n")
        for line in [
            "IPP_JOB_NAME=起诉书〔2024〕7号 𠮷", "IPP_SIDES=two-sided-long-edge", "IPP_MEDIA=iso_a4_210x297mm", "IPP_COPIES=1",
            "CONTENT_TYPE=application/pdf",
        ] {
            #expect(job.contains { $0 == line }, "\(line) is not among \(job)")
        }
    }

    @Test func sidesPrintedAreCounted() throws {
        guard let process = try PrinterProcess(command: "echo 'ATTR: job-impressions=4 job-impressions-completed=4' >&2") else { return }
        let outcome = try Printer(uri: process.uri).print(pdf: document(), jobName: "四联", options: quick)
        #expect(outcome.state == .completed)
        #expect(outcome.impressionsCompleted == 4)
    }

    @Test func aPrinterWithoutPDFIsRefusedBeforeAnythingIsSent() throws {
        guard let process = try PrinterProcess(formats: "image/pwg-raster") else { return }
        let printer = try Printer(uri: process.uri)
        #expect(try !printer.status().acceptsPDF)
        do {
            _ = try printer.print(pdf: document(), jobName: "x", options: quick)
            Issue.record("the printer took a PDF")
        } catch {
            #expect(error.code == .unsupported)
            #expect(error.message.contains("image/pwg-raster"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: process.spool).isEmpty)
    }

    @Test func anAbsentPrinterIsAnErrorThatSaysSo() throws {
        for uri in ["ipp://localhost:\(PrinterProcess.freePort())/ipp/print", "ipp://no-such-printer.invalid/ipp/print"] {
            do {
                _ = try Printer(uri: uri).print(pdf: document(), jobName: "x", options: quick)
                Issue.record("a printer answered at \(uri)")
            } catch {
                #expect(error.code == .unavailable && error.location == uri)
                #expect(error.message.contains("switched on") && error.cause?.isEmpty == false)
            }
        }
    }

    @Test func aPrinterThatGoesAwayLeavesTheOutcomeUnknown() throws {
        guard let process = try PrinterProcess(command: "sleep 8") else { return }
        let options = PrintOptions(timeout: 60, patience: 1)
        let outcome = try Printer(uri: process.uri).print(pdf: document(), jobName: "x", options: options, progress: { if $0.isPrinting { process.kill() } })
        #expect(outcome.state == .unknown && outcome.jobID != nil)
        #expect(outcome.words.contains("look at the tray before printing again"))
    }

    @Test func aJobThatFailsIsAborted() throws {
        guard let process = try PrinterProcess(command: "exit 1") else { return }
        let outcome = try Printer(uri: process.uri).print(pdf: document(), jobName: "x", options: quick)
        #expect(outcome.state == .aborted)
        #expect(outcome.words.contains("打印机中止"))
    }

    @Test func aCancelledJobIsCancelledInThePrinter() throws {
        guard let process = try PrinterProcess(command: "sleep 2") else { return }
        nonisolated(unsafe) var hasBegun = false
        let outcome = try Printer(uri: process.uri).print(
            pdf: document(), jobName: "x", options: quick, isCancelled: { hasBegun }, progress: { _ in hasBegun = true })
        #expect(outcome.state == .cancelled)
    }

    @Test func aJobCancelledAtOnceIsNeverSent() throws {
        guard let process = try PrinterProcess() else { return }
        let outcome = try Printer(uri: process.uri).print(pdf: document(), jobName: "x", options: quick, isCancelled: { true })
        #expect(outcome.state == .cancelled && outcome.jobID == nil)
        #expect(try process.received().isEmpty)
    }

    @Test func aJobThatTakesTooLongIsSaidToBeUnfinished() throws {
        guard let process = try PrinterProcess(command: "sleep 5") else { return }
        let outcome = try Printer(uri: process.uri).print(pdf: document(), jobName: "x", options: PrintOptions(timeout: 0.5))
        #expect(outcome.state == .unfinished)
        #expect(outcome.words.contains("do not print again"))
    }

    @Test func aSecondJobWaitsForTheFirst() throws {
        guard let process = try PrinterProcess(command: "sleep 1") else { return }
        let printer = try Printer(uri: process.uri)
        let early = try printer.print(pdf: document(), jobName: "first", options: PrintOptions(timeout: 0))
        let late = try printer.print(pdf: document(pages: 1), jobName: "second", options: quick)
        #expect(early.state == .unfinished && late.state == .completed)
        #expect(try Set(process.received()) == [Data(document()), Data(document(pages: 1))])
    }

    @Test func paperAndSidesThePrinterLacksAreRefused() throws {
        guard let process = try PrinterProcess() else { return }
        let printer = try Printer(uri: process.uri)
        for options in [PrintOptions(sides: .twoSidedLongEdge), PrintOptions(media: "iso_a3_297x420mm")] {
            #expect(throws: DossierError(.unsupported, "")) { try printer.print(pdf: document(), jobName: "x", options: options) }
        }
    }

    @Test func aWrongPathIsSaidToBeWrong() throws {
        guard let process = try PrinterProcess() else { return }
        let printer = try Printer(uri: process.uri.replacingOccurrences(of: "/ipp/print", with: "/printers/none"))
        #expect(throws: DossierError.self) { try printer.status() }
    }

    @Test func somethingThatIsNoPrinterIsAnError() throws {
        // The scheduler of a web server's kind: it answers, but not in IPP.
        let listener = Process()
        listener.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        let port = PrinterProcess.freePort()
        listener.arguments = ["-m", "http.server", "--bind", "127.0.0.1", "\(port)"]
        listener.standardOutput = FileHandle.nullDevice
        listener.standardError = FileHandle.nullDevice
        try listener.run()
        defer {
            // Not SIGTERM: it may be blocked in the thread that started the process, and so in the process.
            kill(listener.processIdentifier, SIGKILL)
            listener.waitUntilExit()
        }
        Thread.sleep(forTimeInterval: 0.5)
        #expect(throws: DossierError(.unavailable, "")) { try Printer(uri: "ipp://127.0.0.1:\(port)").status(patience: 5) }
    }

    @Test func addressesAreCheckedAndCompleted() throws {
        #expect(try Printer(uri: "ipp://192.0.2.7").uri == "ipp://192.0.2.7/ipp/print")
        #expect(try Printer(uri: "ipps://[2001:db8::7]:8631/printers/a%20b").address.host == "2001:db8::7")
        #expect(try Printer(uri: "ipps://[2001:db8::7]:8631/printers/a%20b").resource == "/printers/a%20b")
        #expect(try Printer(uri: "ipp://printer").address.port == 631)
        for bad in ["lpd://192.0.2.7", "ipp://", "ipp://host:99999/", "192.0.2.7", "ipp://ho st/"] {
            #expect(throws: DossierError(.badUsage, ""), "\(bad)") { try Printer(uri: bad) }
        }
    }

    @Test func aQueueThatIsNotThereIsNotFound() {
        #expect(throws: DossierError(.notFound, "")) { try Printer("no such queue") }
    }

    @Test func jobNamesAreCutBetweenCharacters() {
        let name = Printer.ippName(String(repeating: "起", count: 100) + "\u{7}")
        #expect(name == String(repeating: "起", count: 85))
        #expect(Printer.ippName("\n") == "Dossier")
        #expect(Printer.ippName("一\u{0}二") == "一二")
    }

    @Test func reasonsAreSaidInWords() {
        #expect(StateReason.words("media-empty-error") == "缺纸 out of paper")
        #expect(StateReason.words("com.example.odd-report") == "com.example.odd")
    }

    @Test func anOutcomeSurvivesTheLedger() throws {
        let outcome = PrintOutcome(
            state: .stopped, jobID: 7, jobName: "起诉书", printerName: "三楼", printerURI: "ipp://192.0.2.7/ipp/print",
            document: SHA256Digest(of: "x"), stateReasons: ["media-empty"], message: nil, impressionsCompleted: 2, sheetsCompleted: nil)
        #expect(try JSONDecoder().decode(PrintOutcome.self, from: JSONEncoder().encode(outcome)) == outcome)
        #expect(outcome.words.contains("缺纸"))
    }

    @Test func aPasswordInTheAddressIsRefusedAndNotRepeated() {
        do {
            _ = try Printer(uri: "ipp://user:geheim@127.0.0.1/ipp/print")
            Issue.record("an address with a password was taken")
        } catch {
            #expect(error.code == .badUsage)
            #expect(!"\(error)".contains("geheim"))
        }
    }

}
