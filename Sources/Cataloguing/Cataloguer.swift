public import DossierModel

/// Recognised pages in, catalogue out. Pure: the same pages give the same catalogue.
///
/// Every `.page` of the volume ends up in exactly one document; pages before the first title make one called
/// 未识别文书. Documents follow one another in scan order. Blank and rejected images belong to none and end none;
/// a separator ends one. A page without text goes on with the document before it.
///
/// Scores of documents are three-way: 0.8 and above, taken; 0.4 to 0.8, taken, but with the finding
/// `document.start.ask` on the first page; a beginning below 0.4 is not taken. A document whose title could not be
/// read has at most 0.4 and the finding `document.title.unknown`.
///
/// Titles are given as they stand in the title table; statements are called after the person and the time (“张三第二次讯问笔录”),
/// and that person is their author. Document numbers have six-corner brackets round the year and full-width round
/// brackets elsewhere.
///
/// Page numbers are those stamped at the upper corners as long as they form one sequence; what is missing between them
/// is inferred, and without such a sequence the delivered pages are counted from 1. Cover, catalogue, docket sheet and
/// back cover carry none.
public enum Cataloguer {
    /// - Parameters:
    ///   - edits: what people changed; it holds over everything the pages say.
    ///   - parties: names of the persons of the case as the batch sheet gives them; titles are held against them, never
    ///     rewritten after them.
    public static func catalogue(
        _ volume: CatalogueVolume, titles: TitleKnowledge = .standard, edits: CatalogueEdits = CatalogueEdits(), parties: [String] = []
    ) -> VolumeCatalogue {
        VolumeCataloguing(VolumeReading(volume, titles, parties: parties), titles, edits).catalogue
    }
}
