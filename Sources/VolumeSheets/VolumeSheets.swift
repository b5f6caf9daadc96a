public import DossierModel
public import Typesetting

/// The sheets that bind a volume: cover (卷宗封面) with a further sheet (封面续页) for what has no room on it, catalogue
/// (卷内文件目录), docket sheet (卷内备考表).
///
/// They stand beside those of the paper, never in their place, and each says on its foot that it was made.
public struct VolumeSheets: Hashable, Sendable {
    /// Before the scanned pages.
    public var front: [VolumeSheet]
    /// After them.
    public var back: [VolumeSheet]

    /// - Parameter root: Over the volume's pages; stands on the docket sheet.
    public init(_ volume: VolumeDescription, root: SHA256Digest) {
        front = CoverSheets(volume: volume).sheets() + CatalogueSheets(volume: volume).sheets()
        back = DocketSheets(volume: volume, root: root).sheets()
    }

    /// With 〓, the printer's mark for type that is not at hand, in the place of characters that no font has. The
    /// volume's outline and `index.json` have them as they are.
    ///
    /// #### Errors
    /// `library` when a font cannot be opened.
    public func drawable(by typesetter: inout Typesetter) throws(DossierError) -> VolumeSheets {
        let layouts = try typesetter.marking(missingIn: layouts)
        var sheets = self
        for index in front.indices { sheets.front[index].layout = layouts[index] }
        for index in back.indices { sheets.back[index].layout = layouts[front.count + index] }
        return sheets
    }

    /// Front, then back.
    public var layouts: [PageLayout] { (front + back).map(\.layout) }
}
