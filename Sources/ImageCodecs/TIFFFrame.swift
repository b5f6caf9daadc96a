internal import CTIFF
internal import DossierModel

/// TIFF files: one frame per directory.
enum TIFFFrame {
    static func survey(path: String, name: String, settings: Settings.Intake) throws(DossierError) -> FileSurvey {
        let chain = try TIFFDirectories(path: path, limit: settings.maxFramesPerFile)
        guard !chain.entries.isEmpty else {
            throw DossierError(.damaged, "the TIFF holds no directory; scan or copy the file again", cause: chain.complaint)
        }
        let good = chain.entries.count { $0.size != nil }
        guard good > 0 else {
            throw DossierError(.damaged, "no directory of the TIFF can be read; scan or copy the file again", cause: chain.complaint)
        }
        // A directory on which the file breaks off is what the finding speaks of, not one more frame.
        let reachable = chain.complaint == nil ? chain.entries.count : chain.entries.lastIndex { $0.size != nil }! + 1
        let frames = chain.entries.prefix(reachable).enumerated().map { FrameSurvey(frame: $0 + 1, size: $1.size) }
        let findings = chain.complaint.map { [Finding.truncatedFile(name, goodFrames: good, why: $0)] } ?? []
        return FileSurvey(format: FileFormat.tiff.rawValue, frames: frames, findings: findings)
    }

    static func decode(_ job: FrameJob) throws(DossierError) -> DecodedFrame {
        let chain = try TIFFDirectories(path: job.path, limit: job.frame)
        guard job.frame >= 1, job.frame <= chain.entries.count else {
            throw DossierError(.notFound, "the TIFF has \(chain.entries.count) frames")
        }
        let entry = chain.entries[job.frame - 1]
        guard let declared = entry.size else {
            throw DossierError(.damaged, "the directory of the frame cannot be read; scan the sheet again", cause: chain.complaint)
        }
        try job.admit(declared)
        let tiff = try TIFFHandle(path: job.path, mode: "rmh", limit: max(1 << 26, min(declared.width * declared.height * 16 + (1 << 20), 1 << 31)))
        guard unsafe TIFFSetSubDirectory(tiff.raw, UInt64(entry.offset)) == 1 else {
            throw tiff.error(.damaged, "the directory of the frame cannot be read; scan the sheet again")
        }
        let layout = try TIFFLayout(tiff)
        try job.admit(layout.size)
        return try decode(job, tiff, layout)
    }

    private static func decode(_ job: FrameJob, _ tiff: borrowing TIFFHandle, _ layout: TIFFLayout) throws(DossierError) -> DecodedFrame {
        let pixels = try TIFFPixels.read(job, tiff, layout)
        let (dpi, findings) = DeclaredResolution.judged(layout.dpi, size: layout.size, job: job)
        var frame = FrameBuilder(job: job, raster: pixels.raster, dpi: dpi, findings: findings)
        frame.orientation = Orientation(tag: layout.orientation)
        frame.samples = pixels.samples
        if pixels.showsAlpha { frame.findings.append(.alpha(job)) }
        guard pixels.damage.isEmpty else {
            frame.findings.append(.damaged(job, rows: pixels.damage, of: layout.size.height, cause: pixels.message))
            return try frame.finished()
        }
        guard !job.isForPixels, !frame.orientation.isMirrored, let image = TIFFCodedImage.delivered(job, tiff, layout, raster: pixels.raster) else {
            return try frame.finished()
        }
        // A recoded form may turn out smaller for single bits; colour stays as the scanner coded it.
        return frame.finished(image: image)
    }
}

/// What the tags of a frame say (TIFF 6.0 §8).
struct TIFFLayout {
    let size: PixelSize
    let bits: Int
    let samplesPerPixel: Int
    let photometric: Int
    let compression: Int
    let isPlanar: Bool
    let sampleFormat: Int
    let orientation: Int
    let isTiled: Bool
    let fillOrder: Int
    /// The last sample is opacity: 1 premultiplied, 2 not; 0 without.
    let alphaKind: Int
    /// Dots per inch; nil where absent or without a unit.
    let dpi: Resolution?

    init(_ tiff: borrowing TIFFHandle) throws(DossierError) {
        size = PixelSize(width: tiff.long(TIFFTAG_IMAGEWIDTH) ?? 0, height: tiff.long(TIFFTAG_IMAGELENGTH) ?? 0)
        bits = tiff.short(TIFFTAG_BITSPERSAMPLE) ?? 1
        samplesPerPixel = tiff.short(TIFFTAG_SAMPLESPERPIXEL) ?? 1
        compression = tiff.short(TIFFTAG_COMPRESSION) ?? 1
        photometric = tiff.short(TIFFTAG_PHOTOMETRIC) ?? (samplesPerPixel >= 3 ? 2 : [2, 3, 4].contains(compression) ? 0 : 1)
        isPlanar = tiff.short(TIFFTAG_PLANARCONFIG) == 2 && samplesPerPixel > 1
        sampleFormat = tiff.short(TIFFTAG_SAMPLEFORMAT) ?? 1
        orientation = tiff.short(TIFFTAG_ORIENTATION) ?? 1
        isTiled = unsafe TIFFIsTiled(tiff.raw) != 0
        fillOrder = tiff.short(TIFFTAG_FILLORDER) ?? 1
        alphaKind = Self.alphaKind(tiff)
        dpi = Self.resolution(tiff)
    }

    private static func alphaKind(_ tiff: borrowing TIFFHandle) -> Int {
        var count: UInt16 = 0
        var kinds: UnsafeMutablePointer<UInt16>?
        guard unsafe ctiff_get_extra_samples(tiff.raw, &count, &kinds) == 1, count > 0, let kinds = unsafe kinds else { return 0 }
        return unsafe Int(kinds[0])
    }

    private static func resolution(_ tiff: borrowing TIFFHandle) -> Resolution? {
        guard let x = tiff.float(TIFFTAG_XRESOLUTION), let y = tiff.float(TIFFTAG_YRESOLUTION), x > 0, y > 0 else { return nil }
        switch tiff.short(TIFFTAG_RESOLUTIONUNIT) ?? 2 {
        case 2: return Resolution(x: x, y: y)
        case 3: return Resolution(x: x * 2.54, y: y * 2.54)
        default: return nil
        }
    }
}
