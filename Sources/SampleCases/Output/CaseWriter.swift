public import DossierModel
import Foundation

/// Generates a case: scanner files with a batch sheet in one folder, and the truth.
///
/// The same request gives the same bytes on every machine with the same libraries. Memory is bounded by one page and
/// the truth; originals of earlier pages are not kept.
public struct CaseWriter: Sendable {
    public struct Request: Sendable {
        public var seed: UInt64
        /// Printed pages, at least 12; the case ends with the document that reaches the number.
        public var pages: Int
        public var difficulty: Difficulty
        /// Pages as drawn: upright, clean, one TIFF file to a volume.
        public var isPlain: Bool
        /// Long texts for large cases.
        public var texts: LawTexts?
        /// Every kind of paper in several layouts and volumes of five kinds, as large cases have them; otherwise a plain pair of
        /// volumes.
        public var isWide: Bool
        /// `truth.json` and `facts-truth.json` are written.
        public var writesTruth: Bool
        public var sealInk: SealInk

        public init(
            seed: UInt64, pages: Int, difficulty: Difficulty = .mixed, isPlain: Bool = false, texts: LawTexts? = nil, isWide: Bool = false,
            writesTruth: Bool = true, sealInk: SealInk = .red
        ) {
            self.seed = seed
            self.pages = pages
            self.difficulty = difficulty
            self.isPlain = isPlain
            self.texts = texts
            self.isWide = isWide
            self.writesTruth = writesTruth
            self.sealInk = sealInk
        }
    }

    private let folder: String

    /// - Parameter folder: made if need be; receives `scans/` (with `batch.yaml`), `truth.json` and `facts-truth.json`.
    public init(folder: String) { self.folder = folder }

    /// Writes the case and gives its truth.
    ///
    /// - Parameter progress: called after each image with images done and images in all.
    ///
    /// #### Errors
    /// `fileSystem` when the folder cannot be written; `missingComponent` without the Fandol fonts.
    @discardableResult
    public func write(_ request: Request, progress: (Int, Int) -> Void = { _, _ in }) throws(DossierError) -> CaseTruth {
        var random = SplitMix64(seed: request.seed).stream(4)
        var plan = request.isWide
            ? CasePlan.wide(seed: request.seed, pages: request.pages, texts: request.texts)
            : CasePlan(seed: request.seed, pages: request.pages, texts: request.texts)
        feed(&plan, request, random: &random)
        let files = plan.volumes.flatMap { volume in
            request.isPlain
                ? [FilePlan(name: "volume-\(volume.number)/scan1.tif", format: .tiff, images: volume.images)]
                : FilePlan.files(volume.images, volume: volume.number, random: &random)
        }
        let truth = try write(plan, files, seed: request.seed, writesTruth: request.writesTruth, sealInk: request.sealInk, random: &random, progress: progress)
        if request.writesTruth { try FileOutput.write(FactTruth(plan).json(), to: folder + "/facts-truth.json") }
        return truth
    }

    private func feed(_ plan: inout CasePlan, _ request: Request, random: inout SplitMix64) {
        var feeder = SheetFeeder(difficulty: request.difficulty, random: random.stream(5), duplex: request.isPlain ? 0 : 0.4)
        for index in plan.volumes.indices {
            plan.volumes[index].images = feeder.images(of: plan.volumes[index])
            if request.isPlain {
                for at in plan.volumes[index].images.indices { plan.volumes[index].images[at].condition = Self.plain }
            } else {
                insertSeparators(&plan.volumes[index], feeder: &feeder)
            }
        }
    }

    private static var plain: Condition {
        var condition = Condition()
        condition.mode = .grey
        condition.isCleaned = true
        return condition
    }

    /// One between two documents of every volume but the first.
    func insertSeparators(_ volume: inout PlannedVolume, feeder: inout SheetFeeder) {
        guard volume.number > 1 else { return }
        let starts = volume.images.indices.dropFirst().filter { at in
            volume.images[at].document != nil && volume.images[at].document != volume.images[at - 1].document && volume.images[at - 1].document != nil
        }
        guard !starts.isEmpty else { return }
        volume.images.insert(feeder.separator(volume: volume.number), at: starts[starts.count / 2])
    }

    func write(
        _ plan: CasePlan, _ files: [FilePlan], seed: UInt64, writesTruth: Bool, sealInk: SealInk, random: inout SplitMix64, progress: (Int, Int) -> Void
    ) throws(DossierError) -> CaseTruth {
        var scanner = try Scanner(sealInk: sealInk)
        var truth = TruthBuilder(plan: plan, seed: seed)
        let total = files.reduce(0) { $0 + $1.images.count }
        for file in files {
            let path = folder + "/scans/" + file.name
            try FileOutput.makeFolder(of: path)
            var output = try ScanFile(path: path, format: file.format)
            for (index, image) in file.images.enumerated() {
                let scan = try scanner.scan(image.side, image.condition, random: &random)
                try output.append(scan, isCleaned: image.condition.isCleaned, random: &random)
                truth.add(image, scan, file: file.name, frame: index + 1)
                progress(truth.images.count, total)
            }
            try output.finish()
        }
        let finished = truth.finished()
        try FileOutput.write(BatchSheetText.yaml(plan, images: finished), to: folder + "/scans/batch.yaml")
        if writesTruth { try FileOutput.write(try TruthText.json(finished), to: folder + "/truth.json") }
        return finished
    }
}
