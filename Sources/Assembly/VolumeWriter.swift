public import DossierModel
internal import PDFObjects

/// Writes volumes as linearized PDF/A-2u (ISO 19005-2, level U).
public enum VolumeWriter {
    /// Writes one volume.
    ///
    /// Every page has the true size of its upright image, which is drawn turned and straightened but not coded anew,
    /// and an invisible text layer; text extracted in content order equals `PageText.written(_:)`. Equal plans over
    /// equal parts give equal bytes. The parts are read while writing, so memory does not grow with them.
    ///
    /// - Parameters:
    ///   - path: Where the PDF goes; removed again on failure.
    ///   - lines: Gives the lines of a page, asked for when the page's turn comes; those of the plan where it is left out.
    ///   - part: Gives the path of the file that holds exactly a coded part's bytes.
    ///
    /// #### Errors
    /// `badUsage` for a plan without pages or with a resolution that is none, `fileSystem` when a part cannot be read
    /// or `path` not be written, `library` when QPDF refuses a part's dictionary; what `lines` and `part` throw.
    public static func write(
        _ plan: VolumePlan, to path: String,
        lines: (VolumePlan.Page) throws(DossierError) -> [RecognisedLine] = { (page) throws(DossierError) in page.lines },
        part: (SHA256Digest) throws(DossierError) -> String
    ) throws(DossierError) {
        try write(plan, to: path, showingText: false, lines: lines, part: part)
    }

    /// As above; `showingText` frames every character in red, for looking at the text layer.
    static func write(
        _ plan: VolumePlan, to path: String, showingText: Bool,
        lines: (VolumePlan.Page) throws(DossierError) -> [RecognisedLine] = { (page) throws(DossierError) in page.lines },
        part: (SHA256Digest) throws(DossierError) -> String
    ) throws(DossierError) {
        guard !plan.pages.isEmpty else { throw DossierError(.badUsage, "a volume has at least one page", location: path) }
        var assembly = try VolumeAssembly(showsText: showingText)
        for page in plan.pages { try assembly.add(page, lines: lines(page), part: part) }
        try assembly.finish(plan)
        try assembly.document.write(to: path, linearized: true)
    }
}
