internal import DossierModel
internal import Hashing
internal import PDFObjects

/// PDF files: one frame per page. A page that shows one image gives that image; others are drawn.
enum PDFFrame {
    static func survey(path: String, settings: Settings.Intake) throws(DossierError) -> FileSurvey {
        let file = try PDFFile(path: path)
        guard file.pageCount > 0 else {
            throw DossierError(.damaged, "the PDF has no pages; export it again from its source")
        }
        guard file.pageCount <= settings.maxFramesPerFile else {
            let frames = (1...file.pageCount).map { FrameSurvey(frame: $0, size: nil) }
            return FileSurvey(format: FileFormat.pdf.rawValue, frames: frames)
        }
        var frames: [FrameSurvey] = []
        for page in 1...file.pageCount { frames.append(FrameSurvey(frame: page, size: declaredSize(file, page, settings))) }
        return FileSurvey(format: FileFormat.pdf.rawValue, frames: frames)
    }

    private static func declaredSize(_ file: borrowing PDFFile, _ page: Int, _ settings: Settings.Intake) -> PixelSize? {
        if let size = try? file.soleImageSize(onPage: page) { return size }
        return (try? file.layout(ofPage: page)).map { DrawingPlan($0, settings: settings).size }
    }

    static func decode(_ job: FrameJob) throws(DossierError) -> DecodedFrame {
        let file = try PDFFile(path: job.path)
        guard job.frame >= 1, job.frame <= file.pageCount else {
            throw DossierError(.notFound, "the PDF has \(file.pageCount) pages")
        }
        let layout: PDFPageLayout
        do throws(DossierError) {
            layout = try file.layout(ofPage: job.frame)
        } catch {
            throw DossierError(.damaged, "the page cannot be read; export the PDF again from its source", cause: error.message)
        }
        guard layout.largestImage <= Double(job.settings.maxPixels) else {
            throw DossierError(
                .limitExceeded, "the page shows an image of \(Int(min(layout.largestImage, 1e18))) pixels, "
                    + "more than the limit of \(job.settings.maxPixels); check the file, or raise intake.maxPixels")
        }
        if layout.showsSoleImage, let image = try? file.soleImage(onPage: job.frame),
            let frame = try? SoleImageDecoder(job: job, image: image).frame(file)
        {
            return frame
        }
        return try drawn(job, layout)
    }

    private static func drawn(_ job: FrameJob, _ layout: PDFPageLayout) throws(DossierError) -> DecodedFrame {
        let plan = DrawingPlan(layout, settings: job.settings)
        try job.admit(plan.size)
        let raster = try Poppler(path: job.path).draw(page: job.frame, size: plan.size).simplified()
        let why = layout.reason.isEmpty ? "its image cannot be taken over" : layout.reason
        let findings = [Finding.drawn(job, dpi: plan.dpi, why: why)]
        let dpi = Resolution(x: plan.dpi, y: plan.dpi)
        return try FrameBuilder(job: job, raster: raster, dpi: dpi, findings: findings).finished(origin: .rendered)
    }
}

/// At which resolution and size a page is drawn.
struct DrawingPlan {
    let dpi: Double
    let size: PixelSize

    init(_ layout: PDFPageLayout, settings: Settings.Intake) {
        dpi = Self.resolution(layout, settings)
        let scale = dpi / 72
        func pixels(_ points: Double) -> Int { max(1, Int(min(1e9, (points * scale).rounded()))) }
        let upright = PixelSize(width: pixels(layout.width), height: pixels(layout.height))
        size = layout.rotation.swapsSides ? PixelSize(width: upright.height, height: upright.width) : upright
    }

    /// A page of images only is drawn as fine as its finest image lies on it, so that no pixel is lost; a mixed page
    /// at the settings' resolution, or up to twice that where an image is finer.
    private static func resolution(_ layout: PDFPageLayout, _ settings: Settings.Intake) -> Double {
        guard layout.imageDPI >= 50 else { return settings.renderDPI }
        let native = layout.imageDPI.rounded()
        let wanted = layout.showsMoreThanImages ? min(max(settings.renderDPI, native), 2 * settings.renderDPI) : native
        let area = layout.width * layout.height / (72 * 72) * wanted * wanted
        return area <= Double(settings.maxPixels) ? wanted : settings.renderDPI
    }
}

/// Takes over the one image of a page.
struct SoleImageDecoder {
    let job: FrameJob
    let image: PDFSoleImage

    /// - Throws: whatever keeps the image from being taken over; the page is drawn then.
    func frame(_ file: borrowing PDFFile) throws(DossierError) -> DecodedFrame {
        try job.admit(image.size)
        switch image.filter {
        case .dct: return try jpeg()
        case .ccitt: return try fax()
        case .flate, .other: return try samples(file)
        case .jbig2: return try drawn(jbig2, mode: .bitonal, keeps: true)
        case .jpx: return try jpx()
        }
    }

    /// Under an outer filter, as a base-85 text, the coded bytes are not those of the file.
    private var origin: PageImage.Origin { image.isDelivered ? .delivered : .rewrapped }

    private func builder(_ raster: Raster) -> FrameBuilder {
        let size = PixelSize(width: raster.width, height: raster.height)
        let (dpi, findings) = DeclaredResolution.judged(image.dpi, size: size, job: job)
        var frame = FrameBuilder(job: job, raster: raster, dpi: dpi, findings: findings)
        frame.orientation.turn = image.turn
        return frame
    }

    private func unfit(_ why: String) -> DossierError { DossierError(.unsupported, why) }

    private func jpeg() throws(DossierError) -> DecodedFrame {
        let header = try JPEGHeader(image.coded)
        guard header.isPassable, header.size == image.size, image.colourSpace == (header.mode == .grey ? .grey : .rgb),
            image.colourTransform == nil || header.adobeTransform != nil || image.colourTransform == (header.isRGB ? 0 : 1),
            header.components.count == 1 || image.colourTransform != nil || header.adobeTransform != nil || !header.isRGB
        else { throw unfit("the JPEG does not fit its dictionary") }
        let decoded = try JPEGCodec.decode(image.coded, header: header, reduction: job.reduction)
        var frame = builder(decoded.raster)
        if let complaint = decoded.complaint { frame.findings.append(.damagedSomewhere(job, cause: complaint)) }
        return frame.finished(image: .jpeg(image.coded, header: header, colourTransform: image.colourTransform, origin: origin))
    }

    private func fax() throws(DossierError) -> DecodedFrame {
        guard image.fax.columns == image.size.width, image.bitsPerComponent == 1, image.colourSpace == .grey else {
            throw unfit("the fax image does not fit its dictionary")
        }
        let coded = CodedImage.fax(
            image.coded, size: image.size, k: image.fax.k, blackIs1: image.fax.blackIs1, byteAlign: image.fax.encodedByteAlign,
            endOfLine: image.fax.endOfLine, endOfBlock: image.fax.endOfBlock, decode: image.isInverted ? "[1 0]" : nil, origin: origin)
        guard !image.fax.encodedByteAlign else { return try drawn(coded, mode: .bitonal, keeps: true) }
        let decoded = try Fax.decode(image.coded, size: image.size, coding: Fax.Coding(k: image.fax.k))
        let isNegative = image.fax.blackIs1 != image.isInverted
        var frame = builder(isNegative ? decoded.raster.negative() : decoded.raster)
        if !decoded.damage.isEmpty {
            frame.findings.append(.damaged(job, rows: decoded.damage, of: image.size.height, cause: decoded.message))
        }
        return frame.finished(image: coded)
    }

    private var space: SampleImage.Space? {
        switch image.colourSpace {
        case .grey: .grey
        case .rgb: .rgb
        case .indexedRGB: .indexed(image.palette)
        case .indexedGrey: .indexed(image.palette.flatMap { [$0, $0, $0] })
        case .own: nil
        }
    }

    /// Flate passes as it is when its rows fit; other filters are coded anew.
    private func samples(_ file: borrowing PDFFile) throws(DossierError) -> DecodedFrame {
        guard let space else { throw unfit("the colour space is unknown") }
        let shape = SampleImage.Shape(size: image.size, bits: image.bitsPerComponent, space: space)
        var pixels = SampleImage(shape)
        let bytes = try file.samplesOfSoleImage(onPage: job.frame, limit: pixels.bytes.count)
        guard !bytes.isEmpty else { throw DossierError(.damaged, "the image of the page is empty; export the PDF again") }
        pixels.bytes.replaceSubrange(..<bytes.count, with: bytes)
        let good = bytes.count / pixels.bytesPerRow
        if image.isInverted { pixels.invert() }
        if !space.isIndexed { for i in good * pixels.bytesPerRow..<pixels.bytes.count { pixels.bytes[i] = 255 } }
        var frame = builder(pixels.raster())
        frame.samples = pixels
        if good < image.size.height {
            frame.findings.append(.damaged(job, rows: [good..<image.size.height], of: image.size.height, cause: "the data end early"))
        }
        guard image.filter == .flate, good == image.size.height, let coded = passed(shape) else { return try frame.finished() }
        return frame.finished(image: coded)
    }

    private func passed(_ shape: SampleImage.Shape) -> CodedImage? {
        let predictor = image.predictor.predictor
        let perRow = SampleImage.bytesPerRow(width: shape.size.width, bits: shape.bits, components: shape.space.components)
        if predictor > 1 {
            guard image.predictor.columns == shape.size.width, image.predictor.bits == shape.bits,
                image.predictor.colours == shape.space.components
            else { return nil }
        }
        let expected = (perRow + (predictor >= 10 ? 1 : 0)) * shape.size.height
        guard Flate.holdsExactly(expected, image.coded) else { return nil }
        return .flate(image.coded, shape: shape, predictor: max(1, predictor), inverted: image.isInverted, origin: origin)
    }

    private var jbig2: CodedImage {
        .single(
            image.coded, size: image.size, mode: .bitonal, filter: "JBIG2Decode", decodeParms: nil, colourSpace: "/DeviceGray",
            bits: 1, decode: image.isInverted ? "[1 0]" : nil, globals: image.globals, origin: origin)
    }

    private func jpx() throws(DossierError) -> DecodedFrame {
        let header = try JPXHeader(image.coded)
        guard header.size == image.size, header.components == 1 || header.components == 3 else { throw unfit("an odd JPEG 2000") }
        let coded = CodedImage.single(
            image.coded, size: image.size, mode: header.components == 1 ? .grey : .colour, filter: "JPXDecode", decodeParms: nil,
            colourSpace: nil, bits: nil, origin: origin)
        return try drawn(coded, mode: header.components == 1 ? .grey : .colour, keeps: header.isPassable)
    }

    /// For codings only poppler decodes here. poppler leaves out what it cannot decode: an image that comes out
    /// uniformly blank is left to the drawing of the page.
    private func drawn(_ coded: CodedImage, mode: ColourMode, keeps: Bool) throws(DossierError) -> DecodedFrame {
        let frame = builder(try coded.drawn().reduced(to: mode))
        guard !keeps else { return frame.finished(image: coded) }
        return try frame.finished(recodedBecause: "PDF/A has no such JPEG 2000")
    }
}

extension Raster {
    /// Black and white exchanged; bitonal only.
    func negative() -> Raster {
        var result = Raster(width: width, height: height, mode: mode, bytes: bytes.map { ~$0 })
        result.clearSpareBits()
        return result
    }
}
