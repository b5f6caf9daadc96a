public import DossierModel
internal import Hashing

/// The way in for whatever a scanner leaves in a folder: TIFF, JPEG, PNG and PDF, told apart by content.
///
/// ## Topics
/// - ``survey(path:name:settings:)``
/// - ``decode(path:name:frame:settings:)``
/// - ``pixels(path:name:frame:settings:)``
public enum ScannerFiles {
    /// Looks into a scanner file without decoding pixels.
    ///
    /// Never throws: problems are findings, and a file that gives no frame has one of severity `block`.
    /// - Parameter name: how messages call the file.
    public static func survey(path: String, name: String, settings: Settings.Intake) -> FileSurvey {
        do throws(DossierError) {
            return try openedSurvey(path: path, name: name, settings: settings)
        } catch {
            return FileSurvey(format: "unknown", frames: [], findings: [.refusal(error, file: name)])
        }
    }

    /// Decodes one frame.
    ///
    /// - Parameter frame: 1-based; the TIFF directory or the PDF page.
    /// #### Errors
    /// `damaged` when nothing of the frame can be decoded, `limitExceeded` when its header asks for more than
    /// `settings.maxPixels`, `encrypted`, `unsupported`, `fileSystem`, and `notFound` when there is no such frame.
    public static func decode(
        path: String, name: String, frame: Int, settings: Settings.Intake
    ) throws(DossierError) -> DecodedFrame {
        try decode(FrameJob(path: path, name: name, frame: frame, settings: settings))
    }

    /// The pixels of one frame as `decode` gives them, without the coded form for a PDF: for looking at.
    ///
    /// - Parameter reduction: 1, 2, 4 or 8: how many times smaller each way they may be. A JPEG is then decoded at that
    ///   scale (sides rounded up), which takes a fraction of the time; other formats come in full size.
    /// #### Errors
    /// As `decode`.
    public static func pixels(
        path: String, name: String, frame: Int, reduction: Int = 1, settings: Settings.Intake
    ) throws(DossierError) -> Raster {
        try decode(FrameJob(path: path, name: name, frame: frame, settings: settings, isForPixels: true, reduction: reduction)).raster
    }

    private static func decode(_ job: FrameJob) throws(DossierError) -> DecodedFrame {
        do throws(DossierError) {
            return switch try FileFormat(ofFileAt: job.path) {
            case .tiff: try TIFFFrame.decode(job)
            case .jpeg: try JPEGFrame.decode(job)
            case .png: try PNGFrame.decode(job)
            case .pdf: try PDFFrame.decode(job)
            }
        } catch {
            var located = error
            located.location = "\(job.name), frame \(job.frame)"
            throw located
        }
    }

    private static func openedSurvey(
        path: String, name: String, settings: Settings.Intake
    ) throws(DossierError) -> FileSurvey {
        let format = try FileFormat(ofFileAt: path)
        var survey: FileSurvey
        do throws(DossierError) {
            survey =
                switch format {
                case .tiff: try TIFFFrame.survey(path: path, name: name, settings: settings)
                case .jpeg: try JPEGFrame.survey(path: path)
                case .png: try PNGFrame.survey(path: path)
                case .pdf: try PDFFrame.survey(path: path, settings: settings)
                }
        } catch {
            return FileSurvey(format: format.rawValue, frames: [], findings: [.refusal(error, file: name)])
        }
        if survey.frames.count > settings.maxFramesPerFile {
            survey.findings.append(.tooManyFrames(survey.frames.count, limit: settings.maxFramesPerFile, file: name))
            survey.frames = []
        }
        survey.findings += survey.frames.compactMap { .tooLarge($0, limit: settings.maxPixels, file: name) }
        return survey
    }
}

/// One decoded frame and everything intake keeps of it.
public struct DecodedFrame: Sendable {
    /// The pixels as they lie in the file, before `page.declaredTurn`; mirrored orientations are undone.
    public let raster: Raster
    public let page: ScannedPage
    /// The coded bytes of the parts (and globals) of `page.image`.
    public let parts: [SHA256Digest: [UInt8]]
}

/// What a format's decoder is asked for.
struct FrameJob {
    let path: String
    let name: String
    let frame: Int
    let settings: Settings.Intake
    /// The frame is only looked at: nothing is coded.
    var isForPixels = false
    /// How many times smaller each way the pixels may be.
    var reduction = 1

    /// Refuses a header that asks for too much, before any memory is asked for.
    func admit(_ size: PixelSize) throws(DossierError) {
        guard size.width > 0, size.height > 0 else {
            throw DossierError(.damaged, "the frame declares \(size.width) × \(size.height) pixels; scan the sheet again")
        }
        guard size.fits(settings.maxPixels) else {
            throw DossierError(
                .limitExceeded,
                "the frame declares \(size.width) × \(size.height) pixels, more than the limit of \(settings.maxPixels); "
                    + "check the file, or raise intake.maxPixels")
        }
    }
}

extension PixelSize {
    /// Each side rounded up, as libjpeg-turbo has it (TJSCALED).
    func reduced(by factor: Int) -> PixelSize {
        PixelSize(width: (width + factor - 1) / factor, height: (height + factor - 1) / factor)
    }

    func fits(_ maxPixels: Int) -> Bool {
        let (area, overflow) = width.multipliedReportingOverflow(by: height)
        return !overflow && area <= maxPixels
    }
}
