import Archive
import DossierModel
import Foundation

/// Gets surveys and pages read by the workers, or from the journal when they were read before.
struct PageReader {
    let workspace: Workspace
    let pool: WorkerPool
    let engine: EngineIdentity
    let settings: Settings
    let report: (RunEvent) -> Void

    /// One survey per file, in the same order.
    func surveys(of files: [ScannerFile]) throws(DossierError) -> [FileSurvey] {
        let keys = files.map { ProductKeys(ofFile: surveyKey($0)) }
        return try cachedOrDone(
            .survey, keys: keys,
            order: { .survey(source(files[$0])) },
            value: { index, outcome in
                switch outcome {
                case .answered(.surveyed(let survey)): (survey, true)
                case .answered: (Self.failedSurvey(files[index], WorkerFailureReport(.garbled)), false)
                case .failed(let failure): (Self.failedSurvey(files[index], failure), false)
                }
            },
            kept: { survey, _, _ in survey }
        ).values
    }

    struct FrameReference {
        var file: ScannerFile
        var frame: Int
        var hands: PageHands
    }

    /// Where the product of each frame lies, in the same order, and how many of them were not known before.
    func products(of frames: [FrameReference]) throws(DossierError) -> (values: [ProductPlace], read: Int) {
        let scratch = try workspace.temporaryFolder()
        return try cachedOrDone(
            .pages, keys: frames.map(pageKeys),
            order: { .page(source(frames[$0].file), frame: frames[$0].frame, scratch: scratch, hands: frames[$0].hands.isEmpty ? nil : frames[$0].hands) },
            value: { index, outcome in
                switch outcome {
                case .answered(.page(let product)): (product, !product.ranOutOfTime)
                case .answered: (Self.failedPage(frames[index], WorkerFailureReport(.garbled)), false)
                case .failed(let failure): (Self.failedPage(frames[index], failure), false)
                }
            },
            kept: { product, key, isStored in isStored ? .journal(key: key) : .held(product) },
            blobs: \.blobs, scratch: scratch, isOfBytes: { product, index in !product.mentions(frames[index].file.name) })
    }

    private func source(_ file: ScannerFile) -> ScanSource {
        ScanSource(path: workspace.blobs.path(of: file.digest), name: file.name)
    }

    /// Messages name the file, so the name is an input like the bytes.
    private func surveyKey(_ file: ScannerFile) -> String {
        StageKey(Stages.intake).over("survey").over(file.digest.hex).over(file.name).with(settings.intake).digest.hex
    }

    /// The same scan under another name is not read again, unless a message names it.
    private func pageKeys(_ reference: FrameReference) -> ProductKeys {
        func key(_ name: String?) -> String {
            let bytes = StageKey(Stages.intake, Stages.clean, Stages.separate, Stages.recognise, Stages.layer).over(reference.file.digest.hex)
            let key = (name.map(bytes.over) ?? bytes).over(String(reference.frame))
                .over(engine.description).with(settings.intake).with(settings.clean).with(settings.recognise)
                .with(settings.images).with(settings.separate.barcodes)
            return (reference.hands.isEmpty ? key : key.with(reference.hands)).digest.hex
        }
        return ProductKeys(ofBytes: key(nil), ofFile: key(reference.file.name))
    }
}

/// Under which keys the journal may hold a product.
private struct ProductKeys {
    /// Of the scan whatever its file is called; nil where the name is always part of the product.
    var ofBytes: String?
    var ofFile: String

    var all: [String] { [ofBytes, ofFile].compactMap(\.self) }
}

extension PageReader {
    /// Values from the journal where they are known, else from the workers. What a worker failed at is not kept, so
    /// that the next run tries again.
    ///
    /// - Parameter kept: What the caller gets for a value, its key, and whether the journal has it.
    private func cachedOrDone<Value: Codable, Kept>(
        _ stage: RunStage, keys: [ProductKeys], order: (Int) -> WorkOrder,
        value: (Int, WorkerPool.Outcome) -> (Value, keep: Bool), kept: (Value, String, Bool) -> Kept,
        blobs: (Value) -> [SHA256Digest] = { _ in [] }, scratch: String = "", isOfBytes: (Value, Int) -> Bool = { _, _ in false }
    ) throws(DossierError) -> (values: [Kept], read: Int) {
        var values: [Kept?] = []
        for key in keys { values.append(try known(key, blobs: blobs).map { kept($0.value, $0.key, true) }) }
        let open = values.indices.filter { values[$0] == nil }
        var done = keys.count - open.count
        report(.started(stage, total: keys.count))
        report(.advanced(stage, done: done, total: keys.count))
        try pool.perform(open.map(order)) { (index, outcome) throws(DossierError) in
            let (result, keep) = value(open[index], outcome)
            for digest in blobs(result) where !workspace.blobs.contains(digest) {
                try workspace.blobs.adopt(fileAt: scratch + "/" + digest.hex)
            }
            let names = keys[open[index]]
            let key = isOfBytes(result, open[index]) ? names.ofBytes ?? names.ofFile : names.ofFile
            if keep { try workspace.journal.store(canonicalData(result), key: key) }
            values[open[index]] = kept(result, key, keep)
            done += 1
            report(.advanced(stage, done: done, total: keys.count))
        }
        report(.finished(stage, total: keys.count))
        return (values.map { $0! }, open.count)
    }

    private func known<Value: Codable>(
        _ keys: ProductKeys, blobs: (Value) -> [SHA256Digest]
    ) throws(DossierError) -> (value: Value, key: String)? {
        for key in keys.all {
            guard let data = try workspace.journal.product(key), let value = try? JSONDecoder().decode(Value.self, from: data),
                blobs(value).allSatisfy(workspace.blobs.contains)
            else { continue }
            return (value, key)
        }
        return nil
    }

    private static func failedSurvey(_ file: ScannerFile, _ failure: WorkerFailureReport) -> FileSurvey {
        FileSurvey(
            format: "unknown", frames: [],
            findings: [
                Finding(
                    id: failure.id, severity: .block, message: "\(file.name) could not be opened: \(failure.reason)",
                    remedy: "check the file with the program that made it, or scan the sheets again")
            ])
    }

    private static func failedPage(_ reference: FrameReference, _ failure: WorkerFailureReport) -> PageProduct {
        .refused(
            as: .page,
            Finding(
                id: failure.id, severity: .block,
                message: "\(reference.file.name), frame \(reference.frame) could not be read: \(failure.reason); a placeholder stands in its place",
                remedy: "run again; if it repeats, scan the sheet again or raise workers.pageTimeout or workers.memoryLimit in dossier.yaml"))
    }
}

extension PageProduct {
    /// Whether a message names the file.
    fileprivate func mentions(_ name: String) -> Bool { allFindings.contains { $0.message.contains(name) || $0.remedy.contains(name) } }

    /// The engine gave a reading up in time: on a quieter machine the next run may read the page.
    fileprivate var ranOutOfTime: Bool { allFindings.contains { $0.id == Finding.readingTimeout } }
}
