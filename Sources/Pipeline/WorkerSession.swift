import Archive
public import DossierModel
import Foundation

/// The worker's side of the conversation: orders in on standard input, answers out on standard output, one JSON
/// value per line. The same command serves the local pool and a cluster's job array.
public struct WorkerSession {
    private let stages: PageStages

    public init(engine: any OCREngine, settings: Settings) {
        stages = PageStages(engine: engine, settings: settings)
    }

    /// Answers orders until standard input ends.
    ///
    /// #### Errors
    /// `library` when an order is not understood: then coordinator and worker are not of the same version.
    public func serve() throws(DossierError) {
        Self.endWithParent()
        Self.send(.ready)
        while let line = readLine(strippingNewline: true) {
            guard let order = try? JSONDecoder().decode(WorkOrder.self, from: Data(line.utf8)) else {
                throw DossierError(.library, "the worker does not understand its order; coordinator and worker differ in version")
            }
            Self.send(answer(order))
        }
    }

    /// Says why the worker cannot start. The coordinator decides what to do.
    public static func decline(_ error: DossierError) { send(.unavailable(message: "\(error)")) }

    private func answer(_ order: WorkOrder) -> WorkAnswer {
        switch order {
        case .survey(let source): .surveyed(stages.survey(source))
        case .page(let source, let frame, let scratch, let hands): kept(stages.read(source, frame: frame, hands: hands ?? PageHands()), in: scratch)
        }
    }

    private func kept(_ output: PageStages.Output, in scratch: String) -> WorkAnswer {
        do throws(DossierError) {
            for (digest, bytes) in output.blobs { try Workspace.leave(bytes, as: digest.hex, in: scratch) }
        } catch {
            return .notStored(message: error.message)
        }
        return .page(output.product)
    }

    private static func send(_ answer: WorkAnswer) {
        var line = canonicalData(answer)
        line.append(0x0A)
        try? FileHandle.standardOutput.write(contentsOf: line)
    }

    /// A worker must not outlive a killed coordinator, even when it hangs in a page: the parent's end is watched.
    private static func endWithParent() {
        let parent = getppid()
        Thread.detachNewThread {
            while getppid() == parent { Thread.sleep(forTimeInterval: 0.5) }
            _exit(0)
        }
    }
}
