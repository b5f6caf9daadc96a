public import DossierModel

/// What lies between a page of a volume and the scanner's file.
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
    public private(set) var isIntact: Bool
    /// In words, Chinese and English.
    public private(set) var words: String

    private init(_ page: VolumeRecord.Page, number: Int, isIntact: Bool) {
        self.page = number
        folio = page.folio
        file = page.file
        frame = page.frame
        fileSHA256 = page.fileSHA256
        self.isIntact = isIntact
        words = isIntact ? page.words : Self.otherWords
    }

    private static let otherWords = "与装订时不符 it is not as it was bound"

    /// Takes back that the page is as it was bound.
    mutating func disown() { (isIntact, words) = (false, Self.otherWords) }

    /// One for each scanned page of which something is recorded.
    ///
    /// - Parameters:
    ///   - pages: Every scanned page, in the order of the file; nil where nothing is recorded.
    ///   - sheets: Pages of the file before the first scanned one.
    ///   - found: The pages as they stand in the file.
    static func all(_ pages: [VolumeRecord.Page?], behind sheets: Int, _ found: [StoredCase.Page]) -> [PageStatement] {
        pages.enumerated().compactMap { index, page in
            guard let page else { return nil }
            let place = sheets + index
            return PageStatement(page, number: place + 1, isIntact: found.indices.contains(place) && page.bound.isIntact(as: found[place]))
        }
    }

    /// As it is told: `12  页号 9  上午/0003.tif 第 1 帧  …`.
    public var line: String { "\(page)  \(folio.map { "页号 \($0)" } ?? "无页号")  \(file) 第 \(frame) 帧  \(words)" }
}

extension VolumeRecord.Page {
    /// What was done to the page, in words.
    var words: String {
        let source =
            switch bound.origin {
            case .delivered: "影像与扫描文件逐位相同 the scanner's bytes, bit for bit"
            case .rewrapped: "影像编码与扫描文件逐位相同，仅重新封装 the scanner's coded picture, bit for bit, with headers of its own"
            case .recoded: "影像经无损重新编码（\(coding)），像素不变 the scanner's pixels, coded anew without loss (\(coding))"
            case .layered: layers
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

    /// In both languages.
    private var layers: String {
        guard let layering = bound.layering else { return "影像经分层编码，有损 taken apart into layers, with loss" }
        let texts = layering.regions.count { $0.cause == .text }
        let marks = layering.regions.count - texts
        var (chinese, english): ([String], [String]) = ([], [])
        if let background = layering.background {
            chinese.append("纸底 \(background.dpi) dpi JPEG 质量 \(background.quality)")
            english.append("paper at \(background.dpi) dpi, JPEG quality \(background.quality)")
        }
        if layering.text != nil {
            chinese.append("文字无损轮廓")
            english.append("print as a lossless mask")
        }
        if marks > 0 {
            chinese.append("印章、手印、签名、照片等 \(marks) 处按原分辨率保留")
            english.append("\(marks) seals, fingerprints, signatures, pictures at full resolution")
        }
        if texts > 0 {
            chinese.append("文字、笔迹 \(texts) 处按原分辨率保留")
            english.append("\(texts) places of text or writing at full resolution")
        }
        return "影像经分层编码，有损：" + chinese.joined(separator: "，") + " taken apart into layers, with loss: " + english.joined(separator: "; ")
    }

    private var coding: String { Set(bound.filters).sorted().joined(separator: ", ") }
}
