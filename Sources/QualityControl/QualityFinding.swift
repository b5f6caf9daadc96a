internal import DossierModel

/// All findings of quality control: ids, words and remedies in one place.
enum QualityFinding {
    private static let rescan = "scan the sheet again"

    private static func millimetres(_ value: Double) -> String { "\((value * 10).rounded() / 10) mm" }
    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
    private static func degrees(_ value: Double) -> String { "\((value * 10).rounded() / 10)°" }

    static func lowResolution(_ dpi: Resolution, minimum: Double) -> Finding {
        let shown = dpi.x == dpi.y ? "\(Int(dpi.x.rounded()))" : "\(Int(dpi.x.rounded())) × \(Int(dpi.y.rounded()))"
        return Finding(
            id: "page.dpi.low", severity: .warn,
            message: "the page was scanned at \(shown) dpi; at least \(Int(minimum)) are asked for",
            remedy: "scan the sheet again at a higher resolution", score: 1)
    }

    static func impossibleSize(_ paper: (width: Double, height: Double)) -> Finding {
        Finding(
            id: "page.size", severity: .warn,
            message: "by its resolution the sheet would be \(Int(paper.width.rounded())) × \(Int(paper.height.rounded())) mm, which no paper of a case is",
            remedy: "check the resolution in the scanner profile", score: 1)
    }

    static func dark(_ score: Double, _ why: String) -> Finding {
        Finding(id: "page.dark", severity: .warn, message: "the page is too dark: \(why)", remedy: "\(rescan) with a brighter setting", score: score)
    }

    static func bright(_ score: Double, _ contrast: Double) -> Finding {
        Finding(
            id: "page.bright", severity: .warn, message: "the page is too bright; its print differs from the paper by \(percent(contrast)) only",
            remedy: "\(rescan) with a darker setting", score: score)
    }

    static let whiteBlank = Finding(
        id: "page.blank.white", severity: .warn,
        message: "the page was taken for blank and is whiter than the paper of the other pages, without a speck: too much light may have fallen on it",
        remedy: "look at the sheet; if something is written on it, \(rescan) with a darker setting", score: 0.5)

    static let washedOut = Finding(
        id: "page.bright", severity: .warn, message: "the page is whiter than the paper of this case and bears mere traces of print: too much light fell on it",
        remedy: "\(rescan) with a darker setting", score: 0.8)

    static func pale(_ score: Double, _ contrast: Double) -> Finding {
        Finding(
            id: "page.contrast", severity: .warn, message: "what is written is pale; it differs from the paper by \(percent(contrast)) only",
            remedy: "compare with the paper; if it reads better there, scan it again with more contrast", score: score)
    }

    static func showThrough(_ score: Double, _ strength: Double) -> Finding {
        Finding(
            id: "page.show-through", severity: .warn,
            message: "writing on the other side shines through with \(percent(strength)) of the paper's brightness",
            remedy: "\(rescan) with a black sheet behind it if the text is hard to read", score: score)
    }

    static func blurred(_ score: Double, _ width: Double) -> Finding {
        Finding(
            id: "page.blur", severity: .warn, message: "the page is blurred: its print rises over \((width * 100).rounded() / 100) mm",
            remedy: "clean the scanner's glass, lay the sheet flat and scan it again", score: score)
    }

    static func streak(_ share: Double, _ place: PixelRect) -> Finding {
        Finding(
            id: "page.streak", severity: .warn, message: "a line runs over the whole image in the direction of feed (\(percent(share)) of the way)",
            remedy: "clean the scanner's glass and scan the sheet again", score: share, box: place)
    }

    static func border(_ score: Double, _ depth: Double, _ sides: String) -> Finding {
        Finding(
            id: "page.border", severity: .warn, message: "a dark border of up to \(millimetres(depth)) lies along the image (\(sides))",
            remedy: "check that nothing of the sheet is hidden; set the scanner to the size of the paper", score: score)
    }

    static func cut(_ score: Double, pieces: Int, _ sides: String, isSure: Bool) -> Finding {
        Finding(
            id: "page.cut", severity: isSure ? .block : .warn, message: "writing is cut off at an edge of the image (\(sides), \(pieces) pieces)",
            remedy: "\(rescan) whole", score: score)
    }

    static func fold(_ place: PixelRect) -> Finding {
        Finding(
            id: "page.fold", severity: .warn, message: "a corner of the sheet lay folded over", remedy: "unfold the corner and scan the sheet again",
            score: 0.8, box: place)
    }

    static func tilted(_ score: Double, _ tilt: Double) -> Finding {
        Finding(
            id: "page.skew", severity: .warn, message: "the page still leans by \(degrees(tilt))",
            remedy: "scan the sheet again straight, or raise clean.maximumSkew", score: score)
    }

    static func perhapsTilted(_ tilt: Double) -> Finding {
        Finding(
            id: "page.skew.unsure", severity: .note, message: "the page may lean by \(degrees(tilt)), but has too few lines to tell; it was left as scanned",
            remedy: "look at the page; nothing to do if it stands straight", score: 0.5)
    }

    static func lostColour(_ share: Double, _ place: PixelRect, isSure: Bool) -> Finding {
        Finding(
            id: "page.colour.lost", severity: isSure ? .warn : .note,
            message: "the page seems to bear a round seal (\(percent(share)) of its ring), but was scanned without colour",
            remedy: "scan the sheet again in colour (DA/T 31-2017 §9.3); nothing to do where the paper has no seal in colour", score: share, box: place)
    }

    // MARK: Beside the others

    static func samePixels(as image: Int) -> Finding {
        Finding(
            id: "page.duplicate", severity: .warn, message: "the image is the same as image \(image), pixel for pixel",
            remedy: "look whether the sheet was delivered twice or another is missing in its place", score: 1)
    }

    /// - Parameter scan: file and frame of the other image, however images are counted.
    static func sameSheet(as image: Int, scan: String?, likeness: Double) -> Finding {
        Finding(
            id: "page.duplicate.ask", severity: .warn, message: "the page may be the sheet of image \(image), scanned twice (text alike by \(percent(likeness)))",
            remedy: "compare both images; leave one out if they show one sheet", subject: scan, score: likeness)
    }

    static func oddSize(_ paper: (width: Double, height: Double), usual: (width: Double, height: Double), isResolution: Bool) -> Finding {
        let sizes = "\(Int(paper.width.rounded())) × \(Int(paper.height.rounded())) mm, the others \(Int(usual.width.rounded())) × \(Int(usual.height.rounded())) mm"
        return Finding(
            id: "page.size", severity: isResolution ? .warn : .note, message: "the page is not as large as the others of its volume: \(sizes)",
            remedy: isResolution ? "the resolution in the file is probably wrong; check the scanner profile" : "nothing to do if the sheet has that size",
            score: isResolution ? 0.9 : 0.6)
    }

    static func odd(_ what: String, _ score: Double) -> Finding {
        Finding(
            id: "page.odd", severity: .note, message: "the page differs from the others of its volume: \(what)",
            remedy: "look whether it was meant to be scanned so", score: score)
    }
}
