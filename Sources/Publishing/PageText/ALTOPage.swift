internal import DossierModel
import Foundation

/// ALTO 4.2, namespace `http://www.loc.gov/standards/alto/ns-v4#`: one `TextBlock` that holds the lines in reading order.
struct ALTOPage {
    let page: PlacedPage
    let engine: String
    let software: String

    var text: String {
        let markup: Markup = """
            <?xml version="1.0" encoding="UTF-8"?>
            <alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" SCHEMAVERSION="4.2">
            <Description><MeasurementUnit>pixel</MeasurementUnit>\
            <sourceImageInformation><fileName>\(page.record.file)</fileName>\
            <fileIdentifier fileIdentifierLocation="SHA-256">\(page.record.fileSHA256.hex)</fileIdentifier></sourceImageInformation>
            <Processing ID="turned"><processingCategory>preOperation</processingCategory>\
            <processingStepDescription>frame \(page.record.frame) turned clockwise by \(page.record.rotation.rawValue) degrees, then by \(Self.number(-page.record.skew)) degrees about its centre</processingStepDescription></Processing>
            <Processing ID="read"><processingCategory>contentGeneration</processingCategory><processingStepDescription>\(engine)</processingStepDescription>\
            <processingSoftware><softwareName>Dossier</softwareName><softwareVersion>\(software)</softwareVersion></processingSoftware></Processing>
            </Description>
            <Layout><Page ID="page" PHYSICAL_IMG_NR="\(page.record.image)"\(folio) WIDTH="\(page.size.width)" HEIGHT="\(page.size.height)" PROCESSINGREFS="turned read">
            <PrintSpace\(Self.place(page.printSpace))>
            \(block)</PrintSpace></Page></Layout>
            </alto>

            """
        return markup.html
    }

    private var folio: Markup { page.record.folio.map { " PRINTED_IMG_NR=\"\($0)\"" } ?? "" }

    private var block: Markup {
        guard !page.lines.isEmpty else { return "" }
        return "<TextBlock ID=\"text\"\(Self.place(page.printSpace))>\n\(page.lines.map(Self.line))</TextBlock>\n"
    }

    private static func line(_ line: PlacedPage.Line) -> Markup {
        let words = line.words.enumerated().map { index, word -> Markup in
            "\(index == 0 ? "" : "<SP/>" as Markup)\(string(word, line))"
        }
        return "<TextLine\(place(line.box))>\(words)</TextLine>\n"
    }

    private static func string(_ word: PlacedPage.Word, _ line: PlacedPage.Line) -> Markup {
        "<String CONTENT=\"\(word.text)\"\(word.box.map(place) ?? "") WC=\"\(number(line.confidence))\">\(glyphs(word))</String>"
    }

    /// The schema's glyph is one character of XML; a word with a longer one has none, since they go by position.
    private static func glyphs(_ word: PlacedPage.Word) -> [Markup] {
        guard word.characters.allSatisfy({ $0.box != nil && $0.text.unicodeScalars.count == 1 }) else { return [] }
        return word.characters.map { "<Glyph CONTENT=\"\($0.text)\"\(place($0.box!))/>" }
    }

    private static func place(_ box: PlacedPage.Box) -> Markup {
        " HPOS=\"\(box.left)\" VPOS=\"\(box.top)\" WIDTH=\"\(box.width)\" HEIGHT=\"\(box.height)\""
    }

    private static func number(_ value: Double) -> String { "\(value.published(decimals: 4))" }
}
