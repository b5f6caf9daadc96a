public import DossierModel
import Foundation
import Hashing

extension Printer {
    /// Prints a PDF once, unscaled, and follows the job to its end. Blocks until then.
    ///
    /// - Parameters:
    ///   - pdf: The whole document with all its counterparts; what the printer gets are exactly these bytes.
    ///   - jobName: What the printer shows; cut to the 255 bytes of an IPP name.
    ///   - isCancelled: Asked again and again; once true, the job is cancelled.
    ///   - progress: Told how far the job has come.
    /// - Returns: How the job ended, as far as it is known. A job that aborts, or whose printer goes away, is an
    ///   outcome, not an error.
    ///
    /// #### Errors
    /// Nothing has been printed when this throws. `unavailable` when the printer does not answer, is stopped, takes no
    /// jobs or refuses this one; `unsupported` when it does not print PDF, on the paper, or on both sides;
    /// `notFound` when there is no printer at the address.
    public func print(
        pdf: [UInt8], jobName: String, options: PrintOptions = PrintOptions(), isCancelled: @escaping () -> Bool = { false },
        progress: @escaping (PrintProgress) -> Void = { _ in }
    ) throws(DossierError) -> PrintOutcome {
        guard !pdf.isEmpty else { throw DossierError(.badUsage, "there is nothing to print: the document is empty") }
        let status = try status(patience: options.patience)
        try check(status, options)
        let outcome = PrintOutcome(
            state: .unknown, jobID: nil, jobName: Self.ippName(jobName), printerName: status.name ?? name, printerURI: uri,
            document: SHA256Digest(of: pdf), stateReasons: [], message: nil, impressionsCompleted: nil, sheetsCompleted: nil)
        var job = PrintJob(
            printer: self, status: status, options: options, outcome: outcome, isCancelled: isCancelled, progress: progress)
        if try job.send(pdf) { job.follow() }
        return job.outcome
    }

    private func check(_ status: PrinterStatus, _ options: PrintOptions) throws(DossierError) {
        guard status.acceptsPDF else {
            let formats = status.formats.isEmpty ? "nothing it names" : status.formats.joined(separator: ", ")
            throw refusal(.unsupported, "the printer does not print PDF, only \(formats); use another printer, or set it up as a queue of the print scheduler, which converts")
        }
        guard status.state != .stopped, status.isAcceptingJobs else {
            throw refusal(.unavailable, "the printer takes no job now (\(status.words)); put it right or resume it, then print again")
        }
        guard status.media.isEmpty || status.media.contains(options.media) else {
            throw refusal(.unsupported, "the printer has no paper \(options.media); use one of \(status.media.joined(separator: ", ")) or another printer")
        }
        guard status.sides.isEmpty || status.sides.contains(options.sides.rawValue) else {
            throw refusal(.unsupported, "the printer does not print \(options.sides.rawValue), only \(status.sides.joined(separator: ", ")); choose one of these or another printer")
        }
    }

    private func refusal(_ code: DossierError.Code, _ message: String) -> DossierError {
        DossierError(code, message, location: name)
    }

    /// RFC 8011 §5.1.3: at most 255 octets, and no control characters.
    static func ippName(_ text: String) -> String {
        var name = ""
        for character in text where !character.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            if name.utf8.count + character.utf8.count > 255 { break }
            name.append(character)
        }
        return name.isEmpty ? "Dossier" : name
    }
}
