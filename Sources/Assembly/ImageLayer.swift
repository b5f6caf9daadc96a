import DossierModel
internal import PDFObjects

/// The image of a page: its parts as image XObjects, and the operators that draw them.
///
/// The pixels stay as they are; the matrix turns and straightens them (ISO 32000-1 §8.9.5).
struct ImageLayer {
    let page: VolumePlan.Page
    let box: PageBox

    /// One `cm … Do` for every part that is drawn by itself: `/I0`, `/I1`, … by its index. Strips come top to bottom,
    /// layers from the paper up.
    func operators() -> String {
        var top = 0
        var text = ""
        for (index, part) in page.image.parts.enumerated() {
            guard let layer = part.layer else {
                text += drawn(index, in: PixelRect(x: 0, y: top, width: part.width, height: part.height))
                top += part.height
                continue
            }
            if layer.role != .mask { text += drawn(index, in: layer.place, ink: layer.ink) }
        }
        return text
    }

    private func drawn(_ index: Int, in place: PixelRect, ink: [UInt8]? = nil) -> String {
        let colour = ink.map { PDFSyntax.numbers($0.map { Double($0) / 255 }, decimals: 4) + " rg " } ?? ""
        return "q \(colour)\(matrix(place)) cm /I\(index) Do Q\n"
    }

    /// Maps the unit square, whose origin is the bottom left corner of `place`.
    private func matrix(_ place: PixelRect) -> String {
        let origin = corner(x: place.x, y: place.y + place.height)
        let right = corner(x: place.x + place.width, y: place.y + place.height)
        let up = corner(x: place.x, y: place.y)
        return PDFSyntax.numbers(
            [right.x - origin.x, right.y - origin.y, up.x - origin.x, up.y - origin.y, origin.x, origin.y], decimals: 5)
    }

    private func corner(x: Int, y: Int) -> PageBox.Point {
        box.point(page.geometry.uprightPoint(ofSource: PixelPoint(x: Double(x), y: Double(y))))
    }
}

extension PageImage.Part {
    /// The image dictionary (ISO 32000-1 §8.9.5.1), without `/Length`. A part that says where another is painted has no
    /// colour space (§8.9.6.2).
    func dictionary(globals object: PDFBuilder.Object?, mask: PDFBuilder.Object? = nil) -> String {
        var entries = ["/Type /XObject /Subtype /Image /Width \(width) /Height \(height) /Filter /\(filter)"]
        if layer?.role == .mask || layer?.role == .stencil {
            entries.append("/ImageMask true")
        } else if let colourSpace {
            entries.append("/ColorSpace \(colourSpace)")
        }
        if let mask { entries.append("/Mask \(mask)") }
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
