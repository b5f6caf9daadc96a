internal import DossierModel

/// The smallest PDF around one page image, one point per pixel: what an image's coded bytes are drawn from.
enum SinglePagePDF {
    static func bytes(_ coded: CodedImage) -> [UInt8] {
        var objects: [[UInt8]] = []
        let size = coded.image.size
        var contents = "", names = ""
        var streams: [[UInt8]] = []
        var top = 0
        for (index, part) in coded.image.parts.enumerated() {
            let own = 5 + streams.count
            var place = PixelRect(x: 0, y: top, width: part.width, height: part.height)
            if let layer = part.layer { place = layer.place } else { top += part.height }
            if part.layer?.role != .mask {
                let ink = part.layer?.ink.map { $0.map { "\(Double($0) / 255) " }.joined() + "rg " } ?? ""
                contents += "q \(ink)\(place.width) 0 0 \(place.height) \(place.x) \(size.height - place.y - place.height) cm /I\(index) Do Q\n"
                names += "/I\(index) \(own) 0 R "
            }
            let globals = part.globals.map { _ in own + 1 }
            let isMasked = index + 1 < coded.image.parts.count && coded.image.parts[index + 1].layer?.role == .mask
            let mask = isMasked ? own + 1 + (part.globals == nil ? 0 : 1) : nil
            streams.append(stream(dictionary(part, globals: globals, mask: mask), coded.parts[part.digest] ?? []))
            if let digest = part.globals { streams.append(stream("", coded.parts[digest] ?? [])) }
        }
        objects.append(Array("<< /Type /Catalog /Pages 2 0 R >>".utf8))
        objects.append(Array("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".utf8))
        objects.append(
            Array(
                ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(size.width) \(size.height)] /Contents 4 0 R "
                    + "/Resources << /XObject << \(names)>> >> >>").utf8))
        objects.append(stream("", Array(contents.utf8)))
        return file(objects + streams)
    }

    static func dictionary(_ part: PageImage.Part, globals: Int?, mask: Int? = nil) -> String {
        var text = "/Type /XObject /Subtype /Image /Width \(part.width) /Height \(part.height) /Filter /\(part.filter)"
        if let globals { text += " /DecodeParms << /JBIG2Globals \(globals) 0 R >>" }
        if let parms = part.decodeParms { text += " /DecodeParms \(parms)" }
        if let mask { text += " /Mask \(mask) 0 R" }
        if part.layer?.role == .mask || part.layer?.role == .stencil {
            text += " /ImageMask true"
        } else if let space = part.colourSpace {
            text += " /ColorSpace \(space)"
        }
        if let bits = part.bitsPerComponent { text += " /BitsPerComponent \(bits)" }
        if let decode = part.decode { text += " /Decode \(decode)" }
        return text
    }

    /// A PDF without pages to which a stream is attached in its coded form (ISO 32000-1 §7.11.4).
    static func attaching(_ filter: String, _ bytes: [UInt8]) -> [UInt8] {
        file([
            Array("<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(picture) 3 0 R] >> >> >>".utf8),
            Array("<< /Type /Pages /Kids [] /Count 0 >>".utf8), Array("<< /Type /Filespec /F (picture) /EF << /F 4 0 R >> >>".utf8),
            stream("/Type /EmbeddedFile /Filter /\(filter)", bytes),
        ])
    }

    private static func stream(_ dictionary: String, _ bytes: [UInt8]) -> [UInt8] {
        Array("<< \(dictionary) /Length \(bytes.count) >>\nstream\n".utf8) + bytes + Array("\nendstream".utf8)
    }

    private static func file(_ objects: [[UInt8]]) -> [UInt8] {
        var file = Array("%PDF-1.7\n".utf8)
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(file.count)
            file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let table = file.count
        file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
        for offset in offsets {
            let digits = "\(offset)"
            file += Array((String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8)
        }
        return file + Array("trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n".utf8)
    }
}

extension CodedImage {
    /// As poppler draws it, pixel for pixel.
    func drawn() throws(DossierError) -> Raster {
        try Poppler(bytes: SinglePagePDF.bytes(self)).draw(page: 1, size: image.size)
    }

    /// One black-and-white picture as poppler's filter decodes it: a raster without a page around it, and nothing drawn.
    func decodedBitonal() throws(DossierError) -> Raster {
        var raster = Raster(whiteWidth: image.size.width, height: image.size.height, mode: .bitonal)
        let decoded = try Poppler(bytes: SinglePagePDF.attaching(image.parts[0].filter, parts[image.parts[0].digest] ?? [])).attachment()
        guard decoded.count == raster.bytes.count else { throw DossierError(.damaged, "the picture has too few or too many rows") }
        // In PDF ones are white (ISO 32000-1 §7.4.7), and bits beyond the width mean nothing.
        let spare = UInt8(truncatingIfNeeded: 0xFF00 >> ((raster.width - 1) % 8 + 1))
        for i in decoded.indices { raster.bytes[i] = ~decoded[i] }
        for last in stride(from: raster.bytesPerRow - 1, to: decoded.count, by: raster.bytesPerRow) { raster.bytes[last] &= spare }
        return raster
    }
}
