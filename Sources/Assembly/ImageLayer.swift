import DossierModel
internal import PDFObjects

/// The scanned image of a page: its parts as image XObjects, and the operators that draw them.
///
/// The pixels stay as they are; the matrix turns and straightens them (ISO 32000-1 §8.9.5).
struct ImageLayer {
    let page: VolumePlan.Page
    let box: PageBox

    /// One `cm … Do` for every part, `/I0`, `/I1`, … from top to bottom.
    func operators() -> String {
        var top = 0
        var text = ""
        for (index, part) in page.image.parts.enumerated() {
            text += "q \(matrix(part, top: top)) cm /I\(index) Do Q\n"
            top += part.height
        }
        return text
    }

    /// Maps the unit square, whose origin is the part's bottom left corner.
    private func matrix(_ part: PageImage.Part, top: Int) -> String {
        let origin = corner(x: 0, y: top + part.height)
        let right = corner(x: part.width, y: top + part.height)
        let up = corner(x: 0, y: top)
        return PDFSyntax.numbers(
            [right.x - origin.x, right.y - origin.y, up.x - origin.x, up.y - origin.y, origin.x, origin.y], decimals: 5)
    }

    private func corner(x: Int, y: Int) -> PageBox.Point {
        box.point(page.geometry.uprightPoint(ofSource: PixelPoint(x: Double(x), y: Double(y))))
    }
}

extension PageImage.Part {
    /// The image dictionary (ISO 32000-1 §8.9.5.1), without `/Length`.
    func dictionary(globals object: PDFBuilder.Object?) -> String {
        var entries = ["/Type /XObject /Subtype /Image /Width \(width) /Height \(height) /Filter /\(filter)"]
        if let colourSpace { entries.append("/ColorSpace \(colourSpace)") }
        if let bitsPerComponent { entries.append("/BitsPerComponent \(bitsPerComponent)") }
        if let decode { entries.append("/Decode \(decode)") }
        if let object {
            entries.append("/DecodeParms << /JBIG2Globals \(object) >>")
        } else if let decodeParms {
            entries.append("/DecodeParms \(decodeParms)")
        }
        return "<< " + entries.joined(separator: " ") + " >>"
    }
}
