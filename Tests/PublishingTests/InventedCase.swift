import DossierModel
import Hashing
@testable import Publishing

/// A small invented case: two batches, two volumes, one of each disposition, a placeholder, awkward texts.
enum InventedCase {
    static let file = make()

    static func digest(_ text: String) -> SHA256Digest { SHA256Digest(of: text) }

    private static func make() -> CaseFile {
        let batches = [
            CaseFile.Batch(name: "2024-03-05 上午", files: [original("0002.tif", frames: 7), original("0010.jpg", frames: 1)]),
            CaseFile.Batch(name: "2024-03-06", files: [original("补/0001.tif", frames: 3), original("通知.tif", frames: 0)]),
        ]
        return CaseFile(
            caseNumber: "青禾检刑诉〔2024〕17号", cause: "盗窃案",
            parties: [.init(name: "林小满", role: "犯罪嫌疑人"), .init(name: "周平", role: "被害人")], batches: batches,
            records: records, index: index, boundVolumes: bound,
            volumeFindings: [
                .init(volume: 2, finding: Finding(id: "volume.folio.gap", severity: .warn, message: "页号 1 之后缺 2", remedy: "核对纸质卷"))
            ],
            engine: "ppocr 2026.4.1 [det, rec]", stageVersions: ["intake 1", "clean 1", "recognise 1"],
            settingsDigest: digest("settings"))
    }

    private static func original(_ name: String, frames: Int) -> Original {
        Original(ScannerFile(name: name, digest: digest(name), byteCount: name.utf8.count), frames: frames)
    }

    static let records: [PageRecord] = [
        record(1, "0002.tif", 1, .separator, volume: 1),
        record(2, "0002.tif", 2, .page, volume: 1, document: 1, folio: "1", lines: ["立 案 决 定 书", "青公(刑)立字〔2024〕33号"]),
        record(3, "0002.tif", 3, .blank, volume: 1),
        record(
            4, "0002.tif", 4, .page, volume: 1, document: 2, folio: "2",
            findings: [.init(id: "page.skew.large", severity: .warn, message: "0002.tif 第 4 帧倾斜 3.2°", remedy: "重新扫描")]),
        record(5, "0002.tif", 5, .page, volume: 1, document: 2, folio: nil),
        record(6, "0002.tif", 6, .page, volume: 1, document: 2, folio: "4"),
        record(
            7, "0002.tif", 7, .page, volume: 1, document: 2, folio: "5", decoded: false,
            findings: [.init(id: "frame.truncated", severity: .block, message: "0002.tif frame 7 ends early", remedy: "scan the sheet again")]),
        record(8, "0010.jpg", 1, .page, volume: 2, document: 1, folio: "1", lines: ["=1+1", "他说:“不,\"不\"”\u{2028}😀"]),
        record(9, "补/0001.tif", 1, .page, volume: 2, document: nil),
        record(10, "补/0001.tif", 2, .page, volume: 2, document: 2, folio: "3"),
        record(11, "补/0001.tif", 3, .blank, volume: 2),
        record(
            12, "通知.tif", 1, .rejected, volume: nil, decoded: false,
            findings: [.init(id: "file.unreadable", severity: .block, message: "通知.tif is text, not TIFF", remedy: "deliver the scan")]),
    ]

    static func record(
        _ image: Int, _ file: String, _ frame: Int, _ disposition: Disposition, volume: Int?, document: Int? = nil,
        folio: String? = nil, decoded: Bool = true, lines: [String] = [], findings: [Finding] = []
    ) -> PageRecord {
        PageRecord(
            image: image, file: file, frame: frame, fileSHA256: digest(file), rasterSHA256: decoded ? digest("\(file)#\(frame)") : nil,
            disposition: disposition, score: 0.1 + 0.2 + Double(image) / 1000, rotation: decoded ? .clockwise90 : .none,
            skew: decoded ? -1.32 + 0.000_000_1 : 0, dpi: decoded ? Resolution(x: 300, y: 299.999_4) : nil,
            size: decoded ? PixelSize(width: 2480, height: 3508) : nil, mode: decoded ? .bitonal : nil, volume: volume,
            document: document, folio: folio,
            lines: lines.map { .init(text: $0, box: PixelRect(x: 10, y: 20, width: 300, height: 40), confidence: 0.97 + 1e-12) },
            findings: findings)
    }

    static let index = CaseIndex(
        case: "青禾检刑诉〔2024〕17号",
        volumes: [
            .init(
                number: 1, kind: .proceedings, pdf: "第1册.pdf",
                documents: [
                    document("立案决定书", "青公(刑)立字〔2024〕33号", "青禾市公安局", "2024-03-02", ("1", "1"), (2, 2)),
                    document("讯问笔录, \"第1次\"\n续页", nil, nil, "2024-03", ("2", "5"), (4, 7), remark: "复印件"),
                ]),
            .init(
                number: 2, kind: .evidence, pdf: "第2册.pdf",
                documents: [
                    document("=SUM(A1) <script>alert('&')</script>", "-1", "@周平", nil, ("1", "1"), (8, 8)),
                    document("现场照片 😀", nil, nil, "2024-02-29", ("3", "3"), (10, 11)),
                ]),
        ])

    /// With its first volume in two PDFs.
    static var dividedIndex: CaseIndex {
        var divided = index
        divided.volumes[0].parts = [
            .init(pdf: "第1册.pdf", firstImage: 2, lastImage: 4), .init(pdf: "第1册第2分册.pdf", firstImage: 5, lastImage: 7),
        ]
        return divided
    }

    static func document(
        _ title: String, _ number: String?, _ author: String?, _ date: String?, _ folios: (String?, String?), _ images: (Int, Int),
        remark: String? = nil
    ) -> CaseIndex.Document {
        .init(
            title: title, documentNumber: number, author: author, date: date, firstFolio: folios.0, lastFolio: folios.1,
            firstImage: images.0, lastImage: images.1, score: 0.987_654_3, remark: remark)
    }

    /// For every digest of the case another one, told from it.
    static var digests: DigestTable {
        func sm3(_ digest: SHA256Digest) -> SM3Digest { SM3Digest(of: Array(digest.hex.utf8)) }
        let originals = file.batches.flatMap(\.files).map { DigestTable.Entry(kind: .original, sha256: $0.sha256, sm3: sm3($0.sha256)) }
        let rasters = records.compactMap(\.rasterSHA256).map { DigestTable.Entry(kind: .raster, sha256: $0, sm3: sm3($0)) }
        let streams = bound.flatMap(\.pages).flatMap(\.streams).map { DigestTable.Entry(kind: .stream, sha256: $0, sm3: sm3($0)) }
        return DigestTable(case: file.caseNumber, entries: originals + rasters + streams)
    }

    static let bound = [
        CaseFile.BoundVolume(number: 1, pdf: "第1册.pdf", pages: [2, 4, 5, 6, 7].map(boundPage), front: [digest("cover"), digest("list")], back: [digest("docket")],
            binding: digest("binding 1")),
        CaseFile.BoundVolume(number: 2, pdf: "第2册.pdf", pages: [8, 9, 10].map(boundPage), binding: digest("binding 2")),
    ]

    /// A bound page as it is read again.
    static func found(_ page: CaseFile.BoundPage) -> StoredCase.Page {
        .init(streams: page.streams, streamsSM3: page.streams.map { SM3Digest(of: Array($0.hex.utf8)) }, content: page.content, form: page.form)
    }

    private static func boundPage(_ image: Int) -> CaseFile.BoundPage {
        .init(
            image: image, origin: image == 7 ? .rendered : .delivered, filters: [image == 7 ? "JBIG2Decode" : "DCTDecode"],
            streams: [digest("stream \(image)")], content: digest("content \(image)"), form: digest("form \(image)"))
    }
}
