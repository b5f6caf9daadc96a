/// `index.json`: the case, its volumes and their documents. A public contract (`Schemas/index.schema.json`);
/// an absent value is written as `null`, never left out.
public struct CaseIndex: Hashable, Sendable, Codable {
    public struct Volume: Hashable, Sendable, Codable {
        public var number: Int
        public var kind: VolumeKind
        /// File name beside `index.json`.
        public var pdf: String
        /// Of a volume in several PDFs all of them, `pdf` being the first; none of a volume in one.
        public var parts: [Part]
        public var documents: [Document]

        public init(number: Int, kind: VolumeKind, pdf: String, parts: [Part] = [], documents: [Document]) {
            self.number = number
            self.kind = kind
            self.pdf = pdf
            self.parts = parts
            self.documents = documents
        }

        /// Every file of the volume, in order.
        public var pdfs: [String] { parts.isEmpty ? [pdf] : parts.map(\.pdf) }

        /// Reads also what was published before volumes had parts.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                number: try container.decode(Int.self, forKey: .number), kind: try container.decode(VolumeKind.self, forKey: .kind),
                pdf: try container.decode(String.self, forKey: .pdf),
                parts: try container.decodeIfPresent([Part].self, forKey: .parts) ?? [],
                documents: try container.decode([Document].self, forKey: .documents))
        }
    }

    /// One PDF of a volume that is in several.
    public struct Part: Hashable, Sendable, Codable {
        public var pdf: String
        /// Scan-order numbers of its first and last page.
        public var firstImage: Int
        public var lastImage: Int

        public init(pdf: String, firstImage: Int, lastImage: Int) {
            self.pdf = pdf
            self.firstImage = firstImage
            self.lastImage = lastImage
        }
    }

    /// One row of the 卷内文件目录.
    public struct Document: Hashable, Sendable, Codable {
        /// 题名
        public var title: String
        /// 文号
        public var documentNumber: String?
        /// 责任者
        public var author: String?
        /// ISO 8601 calendar date, `2024-03-02`.
        public var date: String?
        /// 页号 of the first page that carries one.
        public var firstFolio: String?
        public var lastFolio: String?
        /// Scan-order numbers (`PageRecord.image`).
        public var firstImage: Int
        public var lastImage: Int
        /// 0…1.
        public var score: Double
        /// 备注
        public var remark: String?

        public init(
            title: String, documentNumber: String?, author: String?, date: String?, firstFolio: String?, lastFolio: String?,
            firstImage: Int, lastImage: Int, score: Double, remark: String?
        ) {
            self.title = title
            self.documentNumber = documentNumber
            self.author = author
            self.date = date
            self.firstFolio = firstFolio
            self.lastFolio = lastFolio
            self.firstImage = firstImage
            self.lastImage = lastImage
            self.score = score
            self.remark = remark
        }

        /// Writes every key; the score has 4 decimals.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(title, forKey: .title)
            try container.encode(documentNumber, forKey: .documentNumber)
            try container.encode(author, forKey: .author)
            try container.encode(date, forKey: .date)
            try container.encode(firstFolio, forKey: .firstFolio)
            try container.encode(lastFolio, forKey: .lastFolio)
            try container.encode(firstImage, forKey: .firstImage)
            try container.encode(lastImage, forKey: .lastImage)
            try container.encode(score.published(decimals: 4), forKey: .score)
            try container.encode(remark, forKey: .remark)
        }
    }

    /// A finding about a volume as a whole, or about the case when `volume` is nil. Those about a page are in its record.
    public struct VolumeFinding: Hashable, Sendable {
        public var volume: Int?
        public var finding: Finding

        public init(volume: Int?, finding: Finding) {
            self.volume = volume
            self.finding = finding
        }
    }

    /// 案件编号
    public var `case`: String
    public var volumes: [Volume]
    public var findings: [VolumeFinding]

    public init(case number: String, volumes: [Volume], findings: [VolumeFinding] = []) {
        self.case = number
        self.volumes = volumes
        self.findings = findings
    }

    /// Reads also what was published before an index held findings.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            case: try container.decode(String.self, forKey: .case), volumes: try container.decode([Volume].self, forKey: .volumes),
            findings: try container.decodeIfPresent([VolumeFinding].self, forKey: .findings) ?? [])
    }
}

/// One flat object: the finding's keys and `volume`.
extension CaseIndex.VolumeFinding: Codable {
    private enum CodingKeys: String, CodingKey { case volume }

    public init(from decoder: any Decoder) throws {
        self.init(
            volume: try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(Int.self, forKey: .volume), finding: try Finding(from: decoder))
    }

    public func encode(to encoder: any Encoder) throws {
        try finding.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(volume, forKey: .volume)
    }
}
