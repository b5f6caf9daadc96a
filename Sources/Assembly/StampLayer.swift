import DossierModel
internal import PDFObjects
import Typesetting

/// Stamps on scanned pages as optional content (ISO 32000-1 §8.11): a reader can hide them, a printer prints them, and
/// what speaks passes them by.
struct StampLayer {
    private let stamps: VolumePlan.Stamps
    private let writer: TypesetPageWriter
    private let group: PDFBuilder.Object

    /// What goes into a page.
    struct Stamp {
        var operators = ""
        /// Entries of the page's font resources.
        var fonts = ""
        /// Entry of its resources; empty without a stamp.
        var properties = ""
    }

    init(_ stamps: VolumePlan.Stamps, in document: borrowing PDFBuilder) throws(DossierError) {
        self.stamps = stamps
        writer = try TypesetPageWriter(stamps.pages, fonts: stamps.fonts, prefix: "S", in: document)
        group = try document.add("<< /Type /OCG /Name \(PDFSyntax.text(stamps.name)) >>")
    }

    /// - Parameter index: of the page. One whose unit is not the point is too large for a stamp to be read on it.
    func stamp(page index: Int, box: PageBox) -> Stamp {
        guard stamps.pages.indices.contains(index), !stamps.pages[index].marks.isEmpty, box.userUnit == 1 else { return Stamp() }
        let (content, fonts) = writer.operators(of: stamps.pages[index])
        // The text layer before it is invisible, and left so.
        let operators = "/Artifact BMC\n/OC /Stamp BDC\nq\n0 Tr\n" + String(decoding: content, as: UTF8.self) + "Q\nEMC\nEMC\n"
        return Stamp(operators: operators, fonts: fonts, properties: " /Properties << /Stamp \(group) >>")
    }

    /// Entry of the document catalogue. ISO 19005-2 §6.9: the configuration has a name, and its order lists every layer.
    var catalogueEntry: String {
        "/OCProperties << /OCGs [\(group)] /D << /Name \(PDFSyntax.text(stamps.name)) /Order [\(group)] /ON [\(group)] >> >>"
    }
}
