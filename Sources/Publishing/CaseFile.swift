public import DossierModel

/// A finished case: everything the published texts are made from.
///
/// The records stand in scan order over all batches: those of the first file of the first batch, frame by frame, come first.
public struct CaseFile: Hashable, Sendable {
    /// A delivery, with its files in scan order.
    public struct Batch: Hashable, Sendable, Codable {
        public var name: String
        public var files: [Original]

        public init(name: String, files: [Original]) {
            self.name = name
            self.files = files
        }
    }

    /// A page as it stands in the PDF of its volume.
    public struct BoundPage: Hashable, Sendable, Codable {
        /// `PageRecord.image`.
        public var image: Int
        public var origin: PageImage.Origin
        /// How each image stream is coded, top to bottom, layers from the paper up: a PDF filter name, as `JBIG2Decode`.
        public var filters: [String]
        /// SHA-256 of the coded bytes of each image stream, in the same order.
        public var streams: [SHA256Digest]
        /// SHA-256 of the page's plain contents: where the image stands, and the text layer.
        public var content: SHA256Digest
        /// SHA-256 of the page's canonical form (docs/hash-tree.md): of all that is shown on it and found on it.
        public var form: SHA256Digest
        /// What was done to a grey or coloured page; nil where the profile leaves it as it is.
        public var layering: PageLayering?

        public init(
            image: Int, origin: PageImage.Origin, filters: [String], streams: [SHA256Digest], content: SHA256Digest,
            form: SHA256Digest, layering: PageLayering? = nil
        ) {
            self.image = image
            self.origin = origin
            self.filters = filters
            self.streams = streams
            self.content = content
            self.form = form
            self.layering = layering
        }
    }

    /// What stands in the PDF of one volume, page by page.
    public struct BoundVolume: Hashable, Sendable, Codable {
        public var number: Int
        /// File name beside `index.json`.
        public var pdf: String
        /// The scanned pages, in order.
        public var pages: [BoundPage]
        /// SHA-256 of the canonical forms of the sheets before the pages: cover, catalogue.
        public var front: [SHA256Digest]
        /// Of those after them: docket sheet.
        public var back: [SHA256Digest]
        /// SHA-256 of the canonical form of all that belongs to no page: outline, labels, tags, layers, metadata. nil while the PDF
        /// is being made.
        public var binding: SHA256Digest?

        public init(
            number: Int, pdf: String, pages: [BoundPage], front: [SHA256Digest] = [], back: [SHA256Digest] = [], binding: SHA256Digest? = nil
        ) {
            self.number = number
            self.pdf = pdf
            self.pages = pages
            self.front = front
            self.back = back
            self.binding = binding
        }
    }

    public typealias VolumeFinding = CaseIndex.VolumeFinding

    /// 案件编号
    public var caseNumber: String
    /// 案由
    public var cause: String?
    public var parties: [BatchSheet.Party]
    public var batches: [Batch]
    public var records: [PageRecord]
    public var index: CaseIndex
    public var boundVolumes: [BoundVolume]
    /// `EngineIdentity.description`.
    public var engine: String
    /// Stage ids with their versions, in the order of the pipeline.
    public var stageVersions: [String]
    public var settingsDigest: SHA256Digest

    public init(
        caseNumber: String, cause: String?, parties: [BatchSheet.Party], batches: [Batch], records: [PageRecord],
        index: CaseIndex, boundVolumes: [BoundVolume], volumeFindings: [VolumeFinding], engine: String,
        stageVersions: [String], settingsDigest: SHA256Digest
    ) {
        self.caseNumber = caseNumber
        self.cause = cause
        self.parties = parties
        self.batches = batches
        self.records = records
        self.index = index
        self.boundVolumes = boundVolumes
        self.index.findings = volumeFindings
        self.engine = engine
        self.stageVersions = stageVersions
        self.settingsDigest = settingsDigest
    }
}

extension CaseFile {
    public var volumeFindings: [VolumeFinding] { index.findings }

    var reconciliation: Reconciliation { Reconciliation(images: batches.map(\.imageCount).reduce(0, +), records: records) }

    /// The records of each batch, wherever people put the pages. A record that no file accounts for belongs to none.
    func recordsByBatch() -> [(batch: Batch, records: [PageRecord])] {
        var open = batches.map { batch in
            Dictionary(batch.files.map { (FileKey(name: $0.name, digest: $0.sha256), $0.imageCount) }, uniquingKeysWith: +)
        }
        var own = [[PageRecord]](repeating: [], count: batches.count)
        for record in records {
            let key = FileKey(name: record.file, digest: record.fileSHA256)
            guard let batch = open.firstIndex(where: { ($0[key] ?? 0) > 0 }) else { continue }
            open[batch][key]! -= 1
            own[batch].append(record)
        }
        return Array(zip(batches, own))
    }
}

private struct FileKey: Hashable {
    var name: String
    var digest: SHA256Digest
}

extension CaseFile.Batch {
    /// Images this delivery brings.
    public var imageCount: Int { files.map(\.imageCount).reduce(0, +) }
}
