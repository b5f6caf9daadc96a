import DossierModel
import Foundation
import Publishing

/// `GET /api/cases/<case>`: everything the index tree and the page frames need, once per opening. Pages are columns,
/// not objects: a case of 3,000 pages takes about 150 KB.
struct CaseOverview: Encodable {
    struct Volume: Encodable {
        var number: Int
        var kind: VolumeKind
        var files: [File]
        var documents: [CaseIndex.Document]
        var pages: Pages
    }

    /// A PDF of the volume.
    struct File: Encodable {
        var name: String
        var bytes: Int?
        /// Number of the image on its last page; nil for the volume's only file.
        var lastImage: Int?
    }

    /// One entry for each page, in reading order, in every column.
    struct Pages: Encodable {
        var image: [Int] = []
        /// 1-based position in `documents`; 0 for none.
        var document: [Int] = []
        var folio: [String?] = []
        /// Upright, as shown: a fax's oblong pixels are made square. Pixels; 0 where there is no picture.
        var width: [Int] = []
        var height: [Int] = []
        /// Part of the picture's address; nil where there is none.
        var rendition: [String?] = []
        var disposition: [Disposition] = []
    }

    var `case`: String
    var cause: String?
    var parties: [BatchSheet.Party]
    var state: CaseShelf.Summary.State
    var counts: Reconciliation
    var volumes: [Volume]
    /// Blank sheets, separators and what was refused: in no volume, but never out of sight.
    var setAside: Pages

    init(_ open: OpenCase, cause: String?, parties: [BatchSheet.Party], state: CaseShelf.Summary.State) {
        `case` = open.number
        self.cause = cause
        self.parties = parties
        self.state = state
        counts = open.counts
        let inVolumes = Dictionary(grouping: open.pages.entries.filter { $0.volume != nil }) { $0.volume! }
        volumes = open.index.volumes.map { volume in
            Volume(
                number: volume.number, kind: volume.kind, files: Self.files(of: volume, open),
                documents: volume.documents, pages: Pages(inVolumes[volume.number] ?? []))
        }
        let known = Set(open.index.volumes.map(\.number))
        setAside = Pages(open.pages.entries.filter { $0.volume.map { !known.contains($0) } ?? true })
    }

    private static func files(of volume: CaseIndex.Volume, _ open: OpenCase) -> [File] {
        func file(_ name: String, _ lastImage: Int?) -> File { File(name: name, bytes: open.products[name]?.bytes, lastImage: lastImage) }
        return volume.parts.isEmpty ? [file(volume.pdf, nil)] : volume.parts.map { file($0.pdf, $0.lastImage) }
    }
}

extension CaseOverview.Pages {
    init(_ entries: [PageTable.Entry]) {
        for entry in entries { append(entry) }
    }

    private mutating func append(_ entry: PageTable.Entry) {
        let shown = entry.shownSize
        image.append(entry.image)
        document.append(entry.document ?? 0)
        folio.append(entry.folio)
        width.append(shown?.width ?? 0)
        height.append(shown?.height ?? 0)
        rendition.append(RenditionPlan(entry)?.name)
        disposition.append(entry.disposition)
    }
}

extension PageTable.Entry {
    /// Size of the upright page with square pixels: the coarser direction is stretched.
    var shownSize: PixelSize? {
        guard let upright = geometry?.upright else { return nil }
        let (x, y) = stretch
        return PixelSize(width: Int((Double(upright.width) * x).rounded()), height: Int((Double(upright.height) * y).rounded()))
    }

    /// From pixels of the upright page to pixels as shown. 1 for all but fax modes.
    var stretch: (x: Double, y: Double) {
        guard let dpi, dpi.x > 0, dpi.y > 0 else { return (1, 1) }
        let (x, y) = rotation.swapsSides ? (dpi.y, dpi.x) : (dpi.x, dpi.y)
        let finest = max(x, y)
        return max(finest / x, finest / y) < 8 ? (finest / x, finest / y) : (1, 1)
    }
}
