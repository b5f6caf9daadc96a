import DossierModel

/// The PDF a scanner writes: each page one JPEG (ISO 32000-1 §7.4.8), nothing else.
struct ImageOnlyPDF {
    private var pages: [(jpeg: [UInt8], size: PixelSize, dpi: Resolution, mode: ColourMode)] = []

    mutating func append(_ jpeg: [UInt8], raster: Raster, dpi: Resolution) {
        pages.append((jpeg, PixelSize(width: raster.width, height: raster.height), dpi, raster.mode))
    }

    func bytes() -> [UInt8] {
        var file = Array("%PDF-1.4\n%\u{e2}\u{e3}\u{cf}\u{d3}\n".utf8)
        var offsets: [Int] = []
        for (index, object) in objects().enumerated() {
            offsets.append(file.count)
            file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let start = file.count
        let rows = offsets.map { offset in String(repeating: "0", count: 10 - String(offset).count) + "\(offset) 00000 n \n" }
        let count = offsets.count + 1
        file += Array(("xref\n0 \(count)\n0000000000 65535 f \n" + rows.joined()).utf8)
        return file + Array("trailer\n<< /Size \(count) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8)
    }

    /// Catalog, page tree, then page, contents and image of each page.
    private func objects() -> [[UInt8]] {
        let kids = pages.indices.map { "\(3 + $0 * 3) 0 R" }.joined(separator: " ")
        return [
            Array("<< /Type /Catalog /Pages 2 0 R >>".utf8), Array("<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>".utf8),
        ] + pages.indices.flatMap { pageObjects($0) }
    }

    private func pageObjects(_ index: Int) -> [[UInt8]] {
        let (jpeg, size, dpi, mode) = pages[index]
        let first = 3 + index * 3
        let (width, height) = (points(size.width, dpi.x), points(size.height, dpi.y))
        let contents = "q \(width) 0 0 \(height) 0 0 cm /Im0 Do Q"
        let space = mode == .colour ? "/DeviceRGB" : "/DeviceGray"
        let page =
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(width) \(height)] /Contents \(first + 1) 0 R"
            + " /Resources << /XObject << /Im0 \(first + 2) 0 R >> >> >>"
        let image =
            "<< /Type /XObject /Subtype /Image /Width \(size.width) /Height \(size.height) /ColorSpace \(space)"
            + " /BitsPerComponent 8 /Filter /DCTDecode /Length \(jpeg.count) >>"
        return [Array(page.utf8), stream("<< /Length \(contents.utf8.count) >>", Array(contents.utf8)), stream(image, jpeg)]
    }

    private func stream(_ dictionary: String, _ bytes: [UInt8]) -> [UInt8] {
        Array("\(dictionary)\nstream\n".utf8) + bytes + Array("\nendstream".utf8)
    }

    /// 1/72 inch, two decimals.
    private func points(_ pixels: Int, _ dpi: Double) -> String {
        let hundredths = Int((Double(pixels) / dpi * 7200).rounded())
        return "\(hundredths / 100).\(Day.two(hundredths % 100))"
    }
}
