public import DossierModel

/// Turns a finished case into the bytes that are published. Pure: the same case gives the same bytes.
///
/// ## Topics
/// - ``indexJSON(_:)``, ``catalogueCSV(_:)``, ``pagesJSONL(_:)``, ``report(_:thumbnails:)``, ``manifestJSON(_:products:)``: products,
///   named in the manifest.
/// - ``timings(_:of:)``: depends on a clock and is therefore outside the manifest.
public enum Publisher {
    /// The names the texts are published under.
    public enum FileName {
        public static let index = "index.json"
        public static let catalogue = "catalogue.csv"
        public static let pages = "pages.jsonl"
        public static let manifest = "manifest.json"
        public static let signature = "manifest.json.sig"
        public static let report = "report.html"
        public static let timings = "timings.html"
    }

    /// `index.json`, UTF-8, one line, `Schemas/index.schema.json`.
    public static func indexJSON(_ index: CaseIndex) -> [UInt8] { CanonicalJSON.line(index) }

    /// `pages.jsonl`, UTF-8, one line per image in scan order, each as `Schemas/pages.schema.json` says.
    public static func pagesJSONL(_ records: [PageRecord]) -> [UInt8] {
        var bytes: [UInt8] = []
        for record in records { bytes += pageLine(record) }
        return bytes
    }

    /// One line of `pages.jsonl`, for who writes them one by one.
    public static func pageLine(_ record: PageRecord) -> [UInt8] { CanonicalJSON.line(record) }

    /// `catalogue.csv`, see ``CatalogueTable``.
    public static func catalogueCSV(_ index: CaseIndex) -> [UInt8] { CatalogueTable(index).csv }

    /// `manifest.json`, UTF-8, one line, `Schemas/manifest.schema.json`. `products` in the order they are to be checked.
    public static func manifestJSON(_ file: CaseFile, products: [Product]) -> [UInt8] {
        CanonicalJSON.line(Manifest(file, products: products))
    }

    /// `report.html`: one self-contained page, UTF-8, no script, nothing from the network.
    /// - Parameter thumbnails: JPEG bytes by `PageRecord.image`; images without one are shown by name only.
    public static func report(_ file: CaseFile, thumbnails: [Int: [UInt8]]) -> [UInt8] {
        Array(Report(file: file, thumbnails: thumbnails).page.html.utf8)
    }

    /// `timings.html`: how long the run took that made the present state. No product: nothing compares it.
    public static func timings(_ timings: RunTimings, of caseNumber: String) -> [UInt8] {
        Array(TimingsPage(caseNumber: caseNumber, timings: timings).page.html.utf8)
    }
}
