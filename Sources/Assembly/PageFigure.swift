import DossierModel

/// What the image of a page shows and its lines do not say, in words: its alternative text (ISO 14289-1 §7.3).
struct PageFigure {
    let page: VolumePlan.Page
    /// Those that are written.
    let lines: [RecognisedLine]

    /// Share of a page that its lines cover: less of them leave room for a picture. Of 4,277 pages of invented cases that
    /// were read, all 327 with photographs, screenshots or sketches lie below, and every ninth of the others.
    private static let fullOfText = 0.05

    /// nil where the lines say all that is known of.
    var words: String? {
        let told = [amount, picture].compactMap(\.self) + seals + [ink].compactMap(\.self)
        return told.isEmpty ? nil : told.joined(separator: "；")
    }

    private var amount: String? {
        if lines.isEmpty { return "未识别出文字" }
        let size = page.geometry.upright
        let covered = lines.reduce(0) { $0 + $1.quad.area }
        return covered < Self.fullOfText * Double(size.width) * Double(size.height) ? "文字很少" : nil
    }

    private var picture: String? {
        guard let layering = page.layering else { return nil }
        if layering.outcome == .pictureFillsPage { return "照片或图像占满全页" }
        return layering.regions.contains { $0.cause == .tone } ? "有照片或其他图像" : nil
    }

    private var seals: [String] {
        page.seals.map { ($0.colour == .red ? "红色印章" : "蓝色印章") + ($0.legend.map { "：\($0)" } ?? "") }
    }

    /// Signatures, fingerprints and stamps; the round seals are told by themselves.
    private var ink: String? {
        let marks = page.layering?.regions.filter { region in
            region.cause == .ink && !page.seals.contains { $0.box.overlaps(region.box) }
        }
        return marks?.isEmpty == false ? "有红色或蓝色的笔迹、指印或印记" : nil
    }
}

extension Quad {
    /// Square pixels (the shoelace formula).
    fileprivate var area: Double {
        let doubled = zip(corners, corners.dropFirst() + corners.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
        return abs(doubled) / 2
    }
}

extension PixelRect {
    fileprivate func overlaps(_ other: PixelRect) -> Bool {
        x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }
}
