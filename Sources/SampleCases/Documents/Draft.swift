import Typesetting

/// A mark that is not printed: it lies over the text and hides none of it in the truth.
enum Mark: Hashable {
    /// A round seal, 42 mm wide (the size of a public security organ's seal). Degrees clockwise.
    case seal(organ: String, centre: PaperPoint, tilt: Double)
    /// A red fingerprint.
    case fingerprint(PaperPoint, tilt: Double)
    /// Ball-point strokes standing for a signature; millimetres wide.
    case signature(seed: UInt64, PaperPoint, width: Double)

    /// Marks in red, which only a colour scan keeps.
    var isRed: Bool {
        if case .signature = self { false } else { true }
    }
}

/// One printed side before it is scanned.
struct DraftPage {
    var layout: PageLayout
    var marks: [Mark] = []

    var isRed: Bool {
        marks.contains(where: \.isRed)
            || layout.elements.contains { if case .text(let line) = $0 { line.ink == .red } else { false } }
    }
}

/// One row of the catalogue, with its pages.
struct DraftDocument {
    var title: String
    var number: String?
    /// The organ that issued it, or the person who signs a statement.
    var author: String?
    var day: Day?
    var pages: [DraftPage]
    /// Cover, catalogue and docket sheet carry no 页号.
    var hasFolio = true
}

extension String {
    /// “立案决定书” → “立 案 决 定 书”, as short titles are set.
    var spaced: String { map(String.init).joined(separator: " ") }
}
