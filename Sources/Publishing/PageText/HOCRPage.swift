internal import DossierModel
import Foundation

/// hOCR 1.2 as XHTML. Confidence is per line: every word has that of its line, 0…100.
struct HOCRPage {
    let page: PlacedPage
    let engine: String
    let software: String

    var text: String {
        let markup: Markup = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="zh-CN" lang="zh-CN">
            <head><title>\(page.record.file)</title><meta charset="utf-8"/>
            <meta name="ocr-system" content="Dossier \(software), \(engine)"/>
            <meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_line ocrx_word ocrx_cinfo"/></head>
            <body>
            <div class="ocr_page" id="page" title="image \(quoted(page.record.file)); bbox 0 0 \(page.size.width) \(page.size.height); ppageno \(page.record.image - 1)\(folio)">
            \(area)</div>
            </body>
            </html>

            """
        return markup.html
    }

    /// The folio is the page's number in the logical order.
    private var folio: String { page.record.folio.map { "; lpageno " + quoted($0) } ?? "" }

    /// A delimited string of the property grammar; a quote would end it.
    private func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "'") + "\"" }

    private var area: Markup {
        guard !page.lines.isEmpty else { return "" }
        return "<div class=\"ocr_carea\" id=\"text\" title=\"\(Self.box(page.printSpace))\">\n\(page.lines.enumerated().map(Self.line))</div>\n"
    }

    private static func line(_ number: Int, _ line: PlacedPage.Line) -> Markup {
        let confidence = Int((100 * line.confidence).published(decimals: 0))
        let words = line.words.enumerated().map { index, word -> Markup in
            let box = word.box ?? line.box
            return "\(index == 0 ? "" : " ")<span class=\"ocrx_word\" title=\"\(Self.box(box)); x_wconf \(confidence)\">\(characters(word))</span>"
        }
        return "<span class=\"ocr_line\" id=\"line\(number + 1)\" title=\"\(box(line.box))\">\(words)</span><br/>\n"
    }

    private static func characters(_ word: PlacedPage.Word) -> [Markup] {
        word.characters.map { text, place -> Markup in
            guard let place else { return "\(text)" }
            return "<span class=\"ocrx_cinfo\" title=\"x_bboxes \(place.left) \(place.top) \(place.right) \(place.bottom)\">\(text)</span>"
        }
    }

    private static func box(_ box: PlacedPage.Box) -> String { "bbox \(box.left) \(box.top) \(box.right) \(box.bottom)" }
}
