internal import DossierModel
internal import Hashing

/// Puts a decoded frame together: digest, orientation, findings, page image.
struct FrameBuilder {
    let job: FrameJob
    /// As it lies in the file.
    let raster: Raster
    let dpi: Resolution
    var findings: [Finding]
    var orientation = Orientation.upright
    /// Holds more than the raster does (palette, 2, 4 or 16 bits); else nil.
    var samples: SampleImage?

    init(job: FrameJob, raster: Raster, dpi: Resolution, findings: [Finding]) {
        self.job = job
        self.raster = raster
        self.dpi = dpi
        self.findings = findings
    }

    /// With the coded bytes of the file, which decode to the raster; a black-and-white page is coded anew where the same
    /// pixels need fewer bytes.
    func finished(image: @autoclosure () -> CodedImage) -> DecodedFrame {
        if job.isForPixels { return pixelsOnly }
        let image = image()
        guard raster.mode == .bitonal, !image.isJBIG2, !isDamaged else { return assembled(raster, image, findings) }
        return assembled(raster, image.orJBIG2(raster, origin: .recoded), findings)
    }

    /// With a picture that was mirrored in its coded form.
    func finished(mirrored: Raster, image: CodedImage) -> DecodedFrame {
        assembled(mirrored, image, findings + [.mirrored(job)])
    }

    /// Coded anew without loss.
    func finished(recodedBecause why: String? = nil, origin: PageImage.Origin = .recoded) throws(DossierError) -> DecodedFrame {
        if job.isForPixels { return pixelsOnly }
        var findings = findings
        if let why { findings.append(.recoded(job, why: why)) }
        guard orientation.isMirrored else {
            return assembled(raster, try LosslessCoder.coded(samples ?? SampleImage(raster), raster: raster, origin: origin), findings)
        }
        let mirrored = raster.mirrored()
        findings.append(.mirrored(job))
        return assembled(mirrored, try LosslessCoder.coded(SampleImage(mirrored), raster: mirrored, origin: origin), findings)
    }

    var pixelsOnly: DecodedFrame {
        let shown = orientation.isMirrored ? raster.mirrored() : raster
        let size = PixelSize(width: shown.width, height: shown.height)
        let page = ScannedPage(
            rasterDigest: SHA256Digest(of: ""), size: size, mode: shown.mode, dpi: dpi, declaredTurn: orientation.turn,
            image: PageImage(size: size, mode: shown.mode, origin: .recoded, parts: []), findings: findings)
        return DecodedFrame(raster: shown, page: page, parts: [:])
    }

    /// The coded bytes are then evidence of their own.
    private var isDamaged: Bool { findings.contains { $0.id == "frame.damaged" } }

    private func assembled(_ shown: Raster, _ coded: CodedImage, _ findings: [Finding]) -> DecodedFrame {
        let page = ScannedPage(
            rasterDigest: SHA256Digest(of: raster), rasterSM3: SM3Digest(of: raster),
            size: PixelSize(width: shown.width, height: shown.height), mode: shown.mode, dpi: dpi, declaredTurn: orientation.turn, image: coded.image, findings: findings)
        return DecodedFrame(raster: shown, page: page, parts: coded.parts)
    }
}
