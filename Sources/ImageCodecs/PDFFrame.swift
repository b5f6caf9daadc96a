internal import DossierModel
internal import PDFObjects

/// A page of a PDF: its one image as it lies in the file, or the page drawn.
enum PDFFrame {
    /// Images finer than this are drawn at this, dots per inch.
    private static let finestDrawing = 600.0

    static func survey(path: String, settings: Settings.Intake) throws(DossierError) -> FileSurvey {
        let file = try PDFFile(path: path)
        guard file.pageCount > 0 else { throw DossierError(.damaged, "the PDF has no pages; export it again from its source") }
        var frames: [FrameSurvey] = []
        for page in 1...file.pageCount { frames.append(FrameSurvey(frame: page, size: size(of: page, in: file, settings))) }
        return FileSurvey(format: FileFormat.pdf.rawValue, frames: frames)
    }

    /// nil for a page whose contents cannot be read; decoding it then says why.
    private static func size(of page: Int, in file: borrowing PDFFile, _ settings: Settings.Intake) -> PixelSize? {
        if let size = try? file.soleImageSize(onPage: page) { return size }
        return (try? file.layout(ofPage: page)).map { drawing(of: $0, settings).size }
    }

    static func decode(_ job: FrameJob) throws(DossierError) -> DecodedFrame {
        let file = try PDFFile(path: job.path)
        if let size = try file.soleImageSize(onPage: job.frame) {
            try job.admit(size)
            if let image = try file.soleImage(onPage: job.frame), let frame = try taken(image, from: file, job) { return frame }
        }
        return try drawn(job, try file.layout(ofPage: job.frame))
    }

    // MARK: Drawing

    private static func drawing(of layout: PDFPageLayout, _ settings: Settings.Intake) -> (size: PixelSize, dpi: Double) {
        let dpi = min(max(settings.renderDPI, layout.imageDPI), max(settings.renderDPI, finestDrawing))
        let (width, height) = layout.rotation.swapsSides ? (layout.height, layout.width) : (layout.width, layout.height)
        func pixels(_ points: Double) -> Int { max(1, Int(min((points * dpi / 72).rounded(), 1e9))) }
        return (PixelSize(width: pixels(width), height: pixels(height)), dpi)
    }

    private static func drawn(_ job: FrameJob, _ layout: PDFPageLayout) throws(DossierError) -> DecodedFrame {
        let (size, dpi) = drawing(of: layout, job.settings)
        try job.admit(size)
        let raster = try Poppler(path: job.path).draw(page: job.frame, size: size).simplified()
        let why = layout.reason.isEmpty ? "its image cannot be taken over as it is" : layout.reason
        let frame = FrameBuilder(
            job: job, raster: raster, dpi: Resolution(x: dpi, y: dpi), findings: [.drawn(job, dpi: dpi, why: why)])
        return try frame.finished(origin: .rendered)
    }

    // MARK: Taking over

    /// nil when the image has to be drawn after all.
    private static func taken(_ image: PDFSoleImage, from file: borrowing PDFFile, _ job: FrameJob) throws(DossierError) -> DecodedFrame? {
        switch image.filter {
        case .dct: try jpeg(image, job)
        case .ccitt: try fax(image, job)
        case .jbig2, .jpx: try foreign(image, job)
        case .flate, .other: try samples(image, from: file, job)
        }
    }

    private static func builder(_ image: PDFSoleImage, _ raster: Raster, _ job: FrameJob) -> FrameBuilder {
        let (dpi, findings) = DeclaredResolution.judged(image.dpi, size: image.size, job: job)
        var frame = FrameBuilder(job: job, raster: raster, dpi: dpi, findings: findings)
        frame.orientation = Orientation(turning: image.turn)
        return frame
    }

    private static func jpeg(_ image: PDFSoleImage, _ job: FrameJob) throws(DossierError) -> DecodedFrame? {
        guard !image.isInverted, !image.colourSpace.isIndexed, let header = try? JPEGHeader(image.coded), header.isPassable,
            header.size == image.size, header.components.count == (image.colourSpace == .grey ? 1 : 3)
        else { return nil }
        let decoded = try JPEGCodec.decode(image.coded, header: header)
        var frame = builder(image, decoded.raster, job)
        if let complaint = decoded.complaint { frame.findings.append(.damagedSomewhere(job, cause: complaint)) }
        return frame.finished(
            image: .jpeg(image.coded, header: header, colourTransform: image.colourTransform, origin: image.origin))
    }

    private static func fax(_ image: PDFSoleImage, _ job: FrameJob) throws(DossierError) -> DecodedFrame? {
        guard image.fax.columns == image.size.width, !image.fax.encodedByteAlign, !image.colourSpace.isIndexed else { return nil }
        let decoded = try Fax.decode(image.coded, size: image.size, coding: .init(k: image.fax.k))
        var raster = decoded.raster
        // Coded black is black unless BlackIs1 or the Decode array says otherwise (ISO 32000-1 table 11, §8.9.5.2).
        if image.fax.blackIs1 != image.isInverted {
            for i in raster.bytes.indices { raster.bytes[i] = ~raster.bytes[i] }
            raster.clearSpareBits()
        }
        var frame = builder(image, raster, job)
        if !decoded.damage.isEmpty {
            frame.findings.append(.damaged(job, rows: decoded.damage, of: image.size.height, cause: decoded.message))
        }
        let coded = CodedImage.fax(
            image.coded, size: image.size, k: image.fax.k, blackIs1: image.fax.blackIs1, byteAlign: false,
            endOfLine: image.fax.endOfLine, endOfBlock: image.fax.endOfBlock, decode: image.isInverted ? "[1 0]" : nil,
            origin: image.origin)
        return frame.finished(image: coded)
    }

    /// JBIG2 and JPEG 2000: the coded bytes go on as they are, poppler shows the pixels.
    private static func foreign(_ image: PDFSoleImage, _ job: FrameJob) throws(DossierError) -> DecodedFrame? {
        let isJBIG2 = image.filter == .jbig2
        guard !image.colourSpace.isIndexed, isJBIG2 || !image.isInverted else { return nil }
        func coded(_ mode: ColourMode) -> CodedImage {
            .single(
                image.coded, size: image.size, mode: mode, filter: isJBIG2 ? "JBIG2Decode" : "JPXDecode", decodeParms: nil,
                colourSpace: isJBIG2 ? "/DeviceGray" : nil, bits: isJBIG2 ? 1 : nil,
                decode: image.isInverted ? "[1 0]" : nil, globals: image.globals, origin: image.origin)
        }
        let raster = try coded(.colour).drawn().simplified()
        return builder(image, raster, job).finished(image: coded(raster.mode))
    }

    private static func samples(_ image: PDFSoleImage, from file: borrowing PDFFile, _ job: FrameJob) throws(DossierError) -> DecodedFrame? {
        guard let space = image.sampleSpace else { return nil }
        let perRow = SampleImage.bytesPerRow(width: image.size.width, bits: image.bitsPerComponent, components: space.components)
        let bytes = try file.samplesOfSoleImage(onPage: job.frame, limit: perRow * image.size.height + (1 << 20))
        let wanted = perRow * image.size.height
        guard bytes.count >= wanted else { return nil }
        var samples = SampleImage(
            width: image.size.width, height: image.size.height, bits: image.bitsPerComponent, space: space,
            bytes: Array(bytes.prefix(wanted)))
        if image.isInverted { samples.invert() }
        var frame = builder(image, samples.raster(), job)
        frame.samples = samples
        guard image.filter == .flate, !image.isInverted, let coded = image.asDelivered(samples) else { return try frame.finished() }
        return frame.finished(image: coded)
    }
}

extension PDFSoleImage {
    fileprivate var origin: PageImage.Origin { isDelivered ? .delivered : .recoded }

    fileprivate var sampleSpace: SampleImage.Space? {
        switch colourSpace {
        case .grey: .grey
        case .rgb: .rgb
        case .indexedRGB: palette.count >= 3 ? .indexed(Array(palette.prefix(palette.count / 3 * 3))) : nil
        case .indexedGrey: palette.isEmpty ? nil : .indexed(palette.flatMap { [$0, $0, $0] })
        case .own: nil
        }
    }

    /// The stream with its own predictor.
    fileprivate func asDelivered(_ samples: SampleImage) -> CodedImage? {
        let parms = predictor.predictor > 1
            ? "<< /Predictor \(predictor.predictor) /Colors \(predictor.colours) /BitsPerComponent \(predictor.bits) /Columns \(predictor.columns) >>"
            : nil
        return .single(
            coded, size: size, mode: samples.mode, filter: "FlateDecode", decodeParms: parms, colourSpace: samples.colourSpace,
            bits: bitsPerComponent, origin: origin)
    }
}
