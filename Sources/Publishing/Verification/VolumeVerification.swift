public import DossierModel

/// One volume's PDF, checked by the record that it carries: without workspace and without the rest of the case.
public struct VolumeVerification: Hashable, Sendable {
    /// What lies between a page and the scanner's file.
    public struct PageStatement: Hashable, Sendable, Codable {
        /// Number of the page in the file, from 1.
        public var page: Int
        /// 页号
        public var folio: String?
        /// Path of the scanner's file in its batch, and the frame in it, from 1.
        public var file: String
        public var frame: Int
        public var fileSHA256: SHA256Digest
        /// Whether the page is as it was bound.
        public var isIntact: Bool
        /// In words, Chinese and English.
        public var words: String
    }

    public var record: VolumeRecord?
    public var pages: [PageStatement]
    public var differences: [Difference]

    /// - Parameters:
    ///   - bytes: The record in the PDF; empty where it has none.
    ///   - found: Its pages as they stand in the file.
    ///   - name: What to call the file in differences.
    public init(record bytes: [UInt8], pages found: [StoredCase.Page], name: String) {
        var differences = Differences()
        pages = []
        record = Self.record(bytes, name, &differences)
        if var volume = record?.volume, let record {
            volume.pdf = name
            differences.check(found, of: volume)
            if record.recalculatedRoot != record.root { differences.add(.disagrees, name, "the root in its record is not that of its pages") }
            pages = Self.statements(record, found)
        }
        self.differences = differences.list
    }

    private static func record(_ bytes: [UInt8], _ name: String, _ differences: inout Differences) -> VolumeRecord? {
        guard !bytes.isEmpty else {
            differences.add(.unreadable, name, "it carries no record of its pages; only volumes made by Dossier do, from assemble/3 on")
            return nil
        }
        guard let record = differences.decode(VolumeRecord.self, from: bytes, of: "\(name): its record") else { return nil }
        if record.bytes != bytes { differences.add(.changed, name, "its record is not spelled as Dossier writes it") }
        return record
    }

    private static func statements(_ record: VolumeRecord, _ found: [StoredCase.Page]) -> [PageStatement] {
        record.pages.enumerated().map { index, page in
            let place = record.front.count + index
            let isIntact = found.indices.contains(place) && found[place].streams == page.bound.streams && found[place].content == page.bound.content
            return PageStatement(
                page: place + 1, folio: page.folio, file: page.file, frame: page.frame, fileSHA256: page.fileSHA256,
                isIntact: isIntact, words: isIntact ? page.words : "与装订时不符 it is not as it was bound")
        }
    }

    /// Says that the file is not as it was written, though its pages may be.
    public mutating func addBrokenSeal(_ name: String) {
        differences.append(
            Difference(
                .changed, name,
                differences.isEmpty
                    ? "every page is as it was bound, but the file as a whole is not: outline, tags, fonts or metadata were changed, or another program wrote it anew"
                    : "the seal over the whole file does not fit"))
    }

    /// Compares with the manifest of the case, whose signature vouches for it.
    ///
    /// - Parameter measure: nil for a copy that differs from the published file outside its pages: files are attached to it.
    public mutating func compare(with manifest: Manifest, measure: StoredCase.Measure?, name: String) {
        guard let record else { return }
        guard manifest.case == record.case, let place = manifest.volumes.firstIndex(where: { $0.pdf == record.pdf }) else {
            return differences.append(Difference(.disagrees, name, "the manifest is of another case, or does not name \(record.pdf)"))
        }
        if manifest.hashTree.volumes.indices.contains(place), manifest.hashTree.volumes[place].root != record.root {
            differences.append(Difference(.disagrees, name, "its root is \(record.root), the manifest's \(manifest.hashTree.volumes[place].root)"))
        }
        if let measure, let product = manifest.products.first(where: { $0.name == record.pdf }), product.sha256 != measure.sha256 {
            differences.append(
                Difference(
                    .changed, name,
                    differences.isEmpty
                        ? "every page is as it was bound, but the file as a whole is not: outline, tags, fonts or metadata were changed"
                        : "its SHA-256 is \(measure.sha256), the manifest says \(product.sha256)"))
        }
    }
}

extension VolumeRecord.Page {
    /// What was done to the page, in words.
    var words: String {
        let source =
            switch bound.origin {
            case .delivered: "影像与扫描文件逐位相同 the scanner's bytes, bit for bit"
            case .rewrapped: "影像编码与扫描文件逐位相同，仅重新封装 the scanner's coded picture, bit for bit, with headers of its own"
            case .recoded: "影像经无损重新编码（\(coding)），像素不变 the scanner's pixels, coded anew without loss (\(coding))"
            case .layered: "影像经分层编码，有损：\(layers) taken apart into layers, with loss"
            case .rendered:
                rasterSHA256 == nil
                    ? "占位页，影像未能读取 a placeholder, the image could not be read"
                    : "由 PDF 页面绘制 drawn from a page of a PDF"
            }
        var shown: [String] = []
        if rotation != .none { shown.append("显示时转正 \(rotation.rawValue)° shown turned") }
        if skew != 0 { shown.append("校斜 \(skew)° shown straightened") }
        return ([source] + shown).joined(separator: "；")
    }

    private var layers: String {
        guard let layering = bound.layering else { return "" }
        var parts: [String] = []
        if let background = layering.background { parts.append("纸底 \(background.dpi) dpi JPEG 质量 \(background.quality)") }
        if layering.text != nil { parts.append("文字无损轮廓") }
        if !layering.regions.isEmpty { parts.append("印章、手印、签名、照片等 \(layering.regions.count) 处按原分辨率保留") }
        return parts.joined(separator: "，")
    }

    private var coding: String { Set(bound.filters).sorted().joined(separator: ", ") }
}
