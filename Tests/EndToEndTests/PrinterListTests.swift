import Foundation
import TestTools
import Testing

@Suite struct PrinterListTests {
    @Test func listingPrintersIsNeverAFailure() throws {
        let listed = try Program.run(Program.built("dossier"), ["printer", "list", "--json"])
        #expect(listed.status == 0 && listed.output.hasPrefix("["))
    }

    @Test func aPrinterThatDoesNotAnswerIsListedAsSuch() throws {
        // Port 9 (discard) is closed on a machine of today.
        let uri = "ipp://127.0.0.1:9/ipp/print"
        let listed = try Program.run(Program.built("dossier"), ["printer", "list", uri])
        #expect(listed.status == 0)
        #expect(listed.output.contains(uri) && listed.output.contains("无应答"))
        let wrong = try Program.run(Program.built("dossier"), ["printer", "list", "lpd://x"])
        #expect(wrong.status == 64 && wrong.complaints.contains("ipp://HOST"))
    }
}
