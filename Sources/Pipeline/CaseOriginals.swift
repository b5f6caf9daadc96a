import Archive
import DossierModel
import Publishing

/// The scanner files of a case with what the surveys found in them.
struct CaseOriginals {
    struct Frame {
        var file: ScannerFile
        var frame: Int
        var slot: VolumeAssignment.Slot
        /// Position of its batch among those of the case.
        var batch: Int
        /// Set when there is nothing to decode: the product is known already.
        var refusal: PageProduct?
        /// What people said of it.
        var hands = PageHands()
    }

    let batches: [RecordedBatch]
    let manifestBatches: [CaseFile.Batch]
    let findings: [Finding]
    private let allFrames: [Frame]

    /// Frames a worker has to read.
    var frames: [Frame] { allFrames.filter { $0.refusal == nil } }

    /// `surveys`: one per file, in the order of the batches' files.
    init(batches: [RecordedBatch], surveys: [FileSurvey], review: PageReview) {
        self.batches = batches
        var assignment = VolumeAssignment()
        var rest = surveys[...]
        var frames: [Frame] = [], singles: [Frame] = []
        manifestBatches = batches.enumerated().map { index, batch in
            // Single scans take no volume of their own, nor a number from those that come after them.
            let areSingle = batch.name == SingleScan.batch
            let slots = areSingle ? batch.files.map { _ in .init(number: 1, kind: nil) } : assignment.slots(for: batch.files.map(\.name), sheet: batch.sheet)
            var originals: [Original] = []
            for (file, slot) in zip(batch.files, slots) {
                let survey = rest.removeFirst()
                let ofFile = Self.frames(of: file, slot: slot, batch: index, survey)
                if areSingle { singles += ofFile } else { frames += ofFile }
                originals.append(Original(file, frames: survey.frames.isEmpty ? 0 : ofFile.count))
            }
            return CaseFile.Batch(name: batch.name, files: originals)
        }
        findings = batches.flatMap(\.refusals) + assignment.findings
        allFrames = review.applied(to: frames, singles: singles)
    }

    /// A file without any frame is one rejected image. A file that broke off after some frames has a placeholder for
    /// the rest, so that the volume shows that something is missing there.
    private static func frames(of file: ScannerFile, slot: VolumeAssignment.Slot, batch: Int, _ survey: FileSurvey) -> [Frame] {
        var frames = survey.frames.map { Frame(file: file, frame: $0.frame, slot: slot, batch: batch, refusal: nil) }
        // A frame's own findings come again when it is decoded; those of the file tell of frames nobody can reach.
        let blocking = survey.findings.filter { $0.severity == .block && $0.id.hasPrefix("file.") }
        if frames.isEmpty {
            let product = PageProduct(
                scanned: nil, clean: nil, recognised: nil, refusedAs: .rejected, findings: survey.findings)
            return [Frame(file: file, frame: 1, slot: slot, batch: batch, refusal: product)]
        }
        if !blocking.isEmpty {
            let product = PageProduct(scanned: nil, clean: nil, recognised: nil, refusedAs: .page, findings: blocking)
            frames.append(Frame(file: file, frame: frames.last!.frame + 1, slot: slot, batch: batch, refusal: product))
        }
        return frames
    }

    /// Every image in scan order; `products` belong to `frames`, in the same order.
    func images(with products: [ProductPlace]) -> [ScannedImage] {
        var rest = products[...]
        return allFrames.enumerated().map { index, frame in
            ScannedImage(
                number: index + 1, file: frame.file, frame: frame.frame, slot: frame.slot, batch: frame.batch,
                isWritten: frame.hands.disposition == .page,
                isSuperseded: frame.refusal?.findings.contains { ["page.superseded", "page.unplaced"].contains($0.id) } ?? false, place: frame.refusal.map(ProductPlace.held) ?? rest.removeFirst())
        }
    }
}
