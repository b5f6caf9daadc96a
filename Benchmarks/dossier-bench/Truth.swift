import DossierModel

/// What the bench needs of the generator's `truth.json`.
struct Truth: Decodable {
    struct Line: Decodable {
        var text: String
        var box: PixelRect
    }

    /// A seal, fingerprint or signature on the paper.
    struct Mark: Decodable {
        var kind: String
        var box: PixelRect
    }

    struct Image: Decodable {
        var image: Int
        var mode: ColourMode?
        var file: String
        var disposition: Disposition
        var rotation: QuarterTurn
        var skew: Double
        var volume: Int
        var dpi: Resolution
        var size: PixelSize
        var folio: String?
        var lines: [Line]?
        var marks: [Mark]?

        /// The printed text in reading order, without line ends.
        var text: String { (lines ?? []).map(\.text).joined() }
    }

    struct Document: Decodable {
        var volume: Int
        var title: String
        var documentNumber: String?
        var author: String?
        var date: String?
        var firstImage: Int
        var firstFolio: String?
        var lastFolio: String?
    }

    var images: [Image]
    var documents: [Document]

    var pages: [Image] { images.filter { $0.disposition == .page } }
}
