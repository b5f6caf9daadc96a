import ArgumentParser
import DossierModel
import Pipeline

/// The exit codes; above 60 they are those of sysexits(3).
enum ExitStatus: Int32 {
    case done = 0
    case doneWithFindings = 1
    case nothingToDo = 3
    case badUsage = 64
    case unusableInput = 65
    case missingComponent = 69
    case failed = 70
    case cannotWrite = 74
    case busy = 75
    case interrupted = 130

    static let table = """
        Exit codes:
          0  done                           1  done, with findings to look at
          3  nothing to do or to bind      64  bad usage
         65  unusable input, or verify found a difference
         69  a component or printer missing
         70  internal error
         74  cannot read or write
         75  workspace or port in use, or a scan still being written
        130  interrupted (run again to continue)
        """

    init(of error: DossierError) {
        self =
            switch error.code {
            case .badUsage: .badUsage
            case .nothingToDo: .nothingToDo
            case .unusableInput, .damaged, .encrypted, .unsupported, .limitExceeded, .notFound, .integrity: .unusableInput
            case .missingComponent, .unavailable: .missingComponent
            case .fileSystem: .cannotWrite
            case .busy: .busy
            case .interrupted: .interrupted
            default: .failed
            }
    }

    /// Of a run: a case of blanks and separators alone is as much as an empty folder, unless something of the delivery is missing.
    init(of summary: RunSummary) {
        if summary.findings.block > 0 { self = .doneWithFindings; return }
        if summary.pages + summary.rejected == 0 { self = .nothingToDo } else { self = summary.findings.warn > 0 ? .doneWithFindings : .done }
    }

    var exitCode: ExitCode { ExitCode(rawValue) }

    func throwUnlessDone() throws { if self != .done { throw exitCode } }
}
