public import Archive
import Cataloguing
public import DossierModel
import Foundation
import Publishing
import Recognition
import Search

/// Takes a delivery from the scanner's folder to the published case. The only caller of the stages and the only
/// writer of the workspace.
public struct Runner {
    public struct Request: Sendable {
        /// A folder or files; empty: what came before is published again, with what people decided since.
        public var inputs: [String]
        public var caseNumber: String?
        /// nil: the name of the folder the scans lie in.
        public var batchName: String?
        /// The delivery takes the place of an earlier one of the same name, of which files may be missing or changed.
        public var replacesBatch: Bool
        /// nil: the settings' engine, with Tesseract standing in where it cannot run.
        public var engine: Settings.EngineName?
        /// The other engine reads every page as well; nil: as the settings say.
        public var comparesEngines: Bool?
        /// nil: the settings' profile.
        public var profile: ImageProfile?
        /// nil: the settings' count, where 0 means one per core, fewer where memory is short.
        public var jobs: Int?
        /// What a person may give to name the case, for the message where nothing does.
        public var namingCase: String
        /// A file name that is no scan: the sign by which a scanner says that a batch is complete.
        public var ignoring: String?
        /// The worker's command line without engine and settings; first the binary.
        public var workerCommand: [String]

        public init(
            inputs: [String], caseNumber: String? = nil, batchName: String? = nil, replacesBatch: Bool = false,
            engine: Settings.EngineName? = nil, comparesEngines: Bool? = nil,
            profile: ImageProfile? = nil, jobs: Int? = nil, namingCase: String = "--case NUMBER", ignoring: String? = nil, workerCommand: [String]
        ) {
            self.inputs = inputs
            self.caseNumber = caseNumber
            self.batchName = batchName
            self.replacesBatch = replacesBatch
            self.engine = engine
            self.comparesEngines = comparesEngines
            self.profile = profile
            self.jobs = jobs
            self.namingCase = namingCase
            self.ignoring = ignoring
            self.workerCommand = workerCommand
        }
    }

    let workspace: Workspace
    private let cancellation: Cancellation
    let report: (RunEvent) -> Void

    public init(workspace: Workspace, cancellation: Cancellation, report: @escaping (RunEvent) -> Void) {
        self.workspace = workspace
        self.cancellation = cancellation
        self.report = report
    }

    /// Runs every stage; what was done before is not done again.
    ///
    /// #### Errors
    /// `notFound`, `badUsage` for the request, also when an earlier batch of the same name would lose files; `unusableInput` when it would
    /// lose them because they cannot be read now, or nothing of the delivery can be taken; `nothingToDo` for a folder without scans; `missingComponent` when no
    /// engine can run; `interrupted`; `fileSystem` when the workspace cannot be written.
    public func run(_ request: Request) throws(DossierError) -> RunSummary {
        let clock = Stopwatch()
        let delivery = request.inputs.isEmpty ? nil : try Delivery(of: request.inputs, ignoring: request.ignoring)
        if let delivery { try demandScans(delivery, request) }
        let (caseNumber, known) = try caseNumber(of: delivery, request)
        _ = try workspace.caseFolder(caseNumber)
        if delivery == nil { try demandBatches(ofCase: caseNumber) }
        let request = delivery == nil ? try remembered(request, caseNumber) : request
        let setup: EngineSetup
        if let known { setup = known } else { setup = try engineSetup(request) }
        let office = OfficeFiles(workspace: workspace.path)
        let titles = try office.titleKnowledge()
        let rules = try office.completenessRules(titles)
        let separators = try SeparatorRules(setup.settings.separate)
        let edits = try OfficeFiles.catalogueEdits(ofCase: caseNumber, in: workspace)
        let untaken = try delivery.map { (delivery) throws(DossierError) in try takeIn(delivery, caseNumber: caseNumber, request) } ?? []
        let decisions = try workspace.journal.decisions(ofCase: caseNumber)
        let review = PageReview(of: decisions)
        let run = try workspace.journal.beginRun(
            case: caseNumber, choices: .init(engine: request.engine, comparesEngines: request.comparesEngines, profile: request.profile))
        clock.lap(.intake)
        let (images, originals, read) = try readImages(of: caseNumber, setup, review, clock)
        let (caseFile, volumes) = try built(caseNumber, images, originals, setup, titles, rules, edits.inForce, review, separators)
        clock.lap(.catalogue)
        clock.read = (read, images.count)
        let publication = try CasePublisher(workspace: workspace, settings: setup.settings, cancellation: cancellation, report: report)
            .publish(caseFile, images: images, volumes: volumes, clock: clock)
        var summary = summary(of: publication, volumes: volumes, read: read, engine: setup.identity.name, seconds: clock.total)
        summary.untaken = untaken
        try workspace.journal.finishRun(run, outcome: "done", counts: ["images": summary.images, "read": read].merging(WaitingDecisions.known(decisions, edits)) { own, _ in own })
        return summary
    }

    /// A case is published again as it was made: with the engine and profile that were asked for then.
    private func remembered(_ request: Request, _ caseNumber: String) throws(DossierError) -> Request {
        let last = try workspace.journal.lastChoices(ofCase: caseNumber)
        var request = request
        request.engine = request.engine ?? last.engine
        request.comparesEngines = request.comparesEngines ?? last.comparesEngines
        request.profile = request.profile ?? last.profile
        return request
    }

    private func demandScans(_ delivery: Delivery, _ request: Request) throws(DossierError) {
        guard !delivery.files.isEmpty else {
            if let first = delivery.refusals.first { throw .nothingTaken(first, request.inputs) }
            throw DossierError(.nothingToDo, "there is no scan in it; put the scanner's TIFF, PNG, JPEG or PDF files there", location: request.inputs.joined(separator: ", "))
        }
        for name in delivery.ignored where name != BatchSheetDraft.fileName { report(.notice("left aside, no scan by its name: \(name)")) }
    }

    private func demandBatches(ofCase number: String) throws(DossierError) {
        guard try !workspace.journal.batches(ofCase: number).isEmpty else {
            throw DossierError(.notFound, "there is no case “\(number)” to publish again; “dossier status” lists the cases")
        }
    }

    /// The batch sheet and the request have to agree; where both are silent a separator sheet on top names the case, for which the
    /// engine had to be set up.
    private func caseNumber(of delivery: Delivery?, _ request: Request) throws(DossierError) -> (number: String, setup: EngineSetup?) {
        let given = try request.caseNumber.map(Self.named)
        switch (delivery?.sheet?.caseNumber, given) {
        case (let sheet?, let given?) where sheet != given:
            throw DossierError(.badUsage, "batch.yaml names case “\(sheet)” but --case says “\(given)”; leave one out or make them agree")
        case (let number?, _), (nil, let number?): return (number, nil)
        case (nil, nil):
            let setup = try engineSetup(request)
            var why = ""
            if let first = delivery?.files.first {
                switch try caseOnTop(first, setup) {
                case .named(let number): return (number, setup)
                case .silent(let reason): why = " (“\(first.name)”, the first scan: \(reason))"
                }
            }
            throw DossierError(
                .badUsage, "no case number; give \(request.namingCase), a line “case: NUMBER” in batch.yaml beside the scans, or a separator sheet of the case on top of them\(why)")
        }
    }

    /// What the scan on top says of the case.
    private enum Top {
        case named(String)
        /// Why it says nothing.
        case silent(String)
    }

    /// The case that the first scan names by its code, read as every page is: the run finds it in the journal.
    private func caseOnTop(_ first: Delivery.File, _ setup: EngineSetup) throws(DossierError) -> Top {
        let rules = try SeparatorRules(setup.settings.separate)
        guard setup.settings.separate.barcodes else { return .silent("codes are not looked for, since separate.barcodes is off") }
        let (files, refusals) = try OriginalsTaker(workspace: workspace, report: { _ in }).take([first], cancellation: cancellation)
        guard !files.isEmpty else { return .silent(refusals.first?.message ?? "it cannot be read") }
        let reader = PageReader(
            workspace: workspace, pool: WorkerPool(setup.pool, cancellation: cancellation), engine: setup.identity, settings: setup.settings,
            report: { _ in })
        guard let survey = try reader.surveys(of: files).first, !survey.frames.isEmpty else { return .silent("it cannot be read") }
        let place = try reader.products(of: [.init(file: files[0], frame: 1, hands: PageHands())]).values[0]
        let marks = rules.verdict(on: try PageShelf(workspace: workspace).product(at: place)).marks
        if let number = marks.lazy.compactMap(\.order.caseNumber).first { return .named(try Self.named(number)) }
        return .silent(marks.isEmpty ? "no code was read on it" : "its codes name no case")
    }

    /// Spaces around a number are no part of it.
    private static func named(_ given: String) throws(DossierError) -> String {
        let number = given.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !number.isEmpty else { throw DossierError(.badUsage, "the case number is empty; write it after --case, or leave --case out where batch.yaml names it") }
        return number
    }

    /// What may be scans and could not be taken.
    private func takeIn(_ delivery: Delivery, caseNumber: String, _ request: Request) throws(DossierError) -> [Finding] {
        let name = request.batchName ?? delivery.name
        let (files, refusals) = try OriginalsTaker(workspace: workspace, report: report).take(delivery.files, cancellation: cancellation)
        if files.isEmpty, let first = refusals.first { throw .nothingTaken(first, request.inputs) }
        let draft = delivery.sheet ?? .empty
        let sheet = BatchSheet(
            caseNumber: caseNumber, cause: draft.cause, parties: draft.parties, volumes: draft.volumes, duplex: draft.duplex,
            expectedImages: draft.expectedImages)
        let all = delivery.refusals + refusals
        let dropped = try workspace.journal.files(droppedBy: files, fromBatch: name, ofCase: caseNumber)
        if let reason = all.first(where: { refusal in dropped.contains { refusal.isLacking($0.name) } }) { throw .takenBefore(reason, batch: name) }
        if request.replacesBatch {
            for file in dropped {
                report(.notice("no longer part of batch “\(name)”: \(file.name) (its original stays in the store)"))
            }
        }
        try workspace.journal.recordBatch(
            case: caseNumber, name: name, sheet: sheet, files: files, refusals: all, replacing: request.replacesBatch)
        return all.filter { $0.severity == .block }
    }

    private func readImages(
        of caseNumber: String, _ setup: EngineSetup, _ review: PageReview, _ clock: Stopwatch
    ) throws(DossierError) -> (images: [ScannedImage], originals: CaseOriginals, read: Int) {
        let batches = try workspace.journal.batches(ofCase: caseNumber)
        let reader = PageReader(
            workspace: workspace, pool: WorkerPool(setup.pool, cancellation: cancellation), engine: setup.identity,
            settings: setup.settings, report: report)
        let surveys = try reader.surveys(of: batches.flatMap(\.files))
        clock.lap(.survey)
        let originals = CaseOriginals(batches: batches, surveys: surveys, review: review)
        let frames = originals.frames
        let (products, read) = try reader.products(of: frames.map { .init(file: $0.file, frame: $0.frame, hands: $0.hands) })
        clock.lap(.pages)
        return (originals.images(with: products), originals, read)
    }

    private func built(
        _ caseNumber: String, _ images: [ScannedImage], _ originals: CaseOriginals, _ setup: EngineSetup, _ titles: TitleKnowledge,
        _ rules: CompletenessRules, _ edits: CatalogueEdits, _ review: PageReview, _ separators: SeparatorRules
    ) throws(DossierError) -> (CaseFile, [BoundVolume]) {
        report(.started(.catalogue, total: images.count))
        let sheets = originals.batches.map(\.sheet)
        let parties = sheets.lazy.map(\.parties).first { !$0.isEmpty } ?? []
        let builder = CaseBuilder(
            caseNumber: caseNumber, settings: setup.settings, titles: titles, edits: edits, parties: parties.map(\.name), rules: separators,
            shelf: PageShelf(workspace: workspace))
        let output = try builder.build(images)
        report(.finished(.catalogue, total: images.count))
        var findings = (originals.findings + output.findings + (setup.notice.map { [$0] } ?? [])).map { CaseFile.VolumeFinding(volume: nil, finding: $0) }
        for catalogue in output.catalogues { findings += catalogue.findings.map { .init(volume: catalogue.number, finding: $0) } }
        findings += output.lostEdits.map { .init(volume: nil, finding: $0.lostFinding) }
        findings += CaseCheck.findings(output.catalogues, titles: titles, rules: rules).map { .init(volume: $0.volume, finding: $0.finding) }
        let cause = sheets.lazy.compactMap(\.cause).first
        findings += CaseCheck.mismatch(output.catalogues, parties: parties, cause: cause).map { .init(volume: nil, finding: $0) }
        findings += review.lost(from: output.records).map { .init(volume: nil, finding: $0) }
        findings += DeliveryReview(originals: originals, images: images, catalogues: output.catalogues).findings
        findings = review.settled(findings)
        let file = CaseFile(
            caseNumber: caseNumber, cause: cause,
            parties: parties,
            batches: originals.manifestBatches, records: review.settled(output.records), index: output.index,
            boundVolumes: [], volumeFindings: findings, engine: setup.identity.description,
            stageVersions: Stages.all.map(\.description), settingsDigest: setup.settingsDigest)
        return (file, output.volumes)
    }

    private func summary(
        of publication: CasePublisher.Publication, volumes: [BoundVolume], read: Int, engine: String, seconds: Double
    ) -> RunSummary {
        let file = publication.caseFile
        let counts = Reconciliation(images: file.records.count, records: file.records)
        var findings = RunSummary.Findings()
        for finding in file.records.flatMap(\.findings) + file.volumeFindings.map(\.finding) {
            switch finding.severity {
            case .block: findings.block += 1
            case .warn: findings.warn += 1
            case .note: findings.note += 1
            }
        }
        return RunSummary(
            case: file.caseNumber, folder: publication.folder, images: counts.images, pages: counts.pages,
            blanks: counts.blanks, separators: counts.separators, rejected: counts.rejected,
            placeholders: counts.placeholders, documents: file.index.volumes.map(\.documents.count).reduce(0, +),
            findings: findings, volumes: volumes.map(\.pdfName), engine: engine, imagesRead: read,
            bytesIn: file.batches.flatMap(\.files).map(\.bytes).reduce(0, +), bytesOut: publication.volumeBytes,
            seconds: seconds)
    }
}

extension DossierError {
    /// A page that is published would leave the case, though its file is only out of reach.
    fileprivate static func takenBefore(_ reason: Finding, batch: String) -> DossierError {
        DossierError(
            .unusableInput,
            "\(reason.message); batch “\(batch)” has scans of it in the case already, so nothing was changed: \(reason.remedy). "
                + "A scan leaves the case only where its file is taken out of the folder and --replace is given")
    }

    fileprivate static func nothingTaken(_ first: Finding, _ inputs: [String]) -> DossierError {
        DossierError(.unusableInput, "nothing in it can be taken: \(first.message); \(first.remedy)", location: inputs.joined(separator: ", "))
    }
}
