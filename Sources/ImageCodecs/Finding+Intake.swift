internal import DossierModel

/// Every finding of intake, in one place: stable ids, wording and remedies.
extension Finding {
    /// Why a file as a whole is refused.
    static func refusal(_ error: DossierError, file: String) -> Finding {
        let id =
            switch error.code {
            case .unusableInput: "file.empty"
            case .unsupported: "file.unknown-format"
            case .encrypted: "file.encrypted"
            case .limitExceeded: "file.too-large"
            case .fileSystem: "file.unreadable"
            default: "file.damaged"
            }
        let sentences = error.message.split(separator: ";", maxSplits: 1)
        let cause = error.cause.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
        return Finding(
            id: id, severity: .block, message: "\(file): \(sentences[0])\(cause)",
            remedy: sentences.count > 1 ? sentences[1].drop { $0 == " " }.description : "scan or export the file again")
    }

    static func tooManyFrames(_ count: Int, limit: Int, file: String) -> Finding {
        Finding(
            id: "file.too-large", severity: .block, message: "\(file): \(count) frames in one file, more than the limit of \(limit)",
            remedy: "split the file, or raise intake.maxFramesPerFile")
    }

    static func tooLarge(_ frame: FrameSurvey, limit: Int, file: String) -> Finding? {
        guard let size = frame.size, !size.fits(limit) else { return nil }
        return Finding(
            id: "frame.too-large", severity: .block,
            message: "\(file), frame \(frame.frame): \(size.width) × \(size.height) pixels, more than the limit of \(limit)",
            remedy: "check the file and scan the sheet again, or raise intake.maxPixels")
    }

    /// The file ends or breaks before its last frame.
    static func truncatedFile(_ file: String, goodFrames: Int, why: String) -> Finding {
        Finding(
            id: "file.truncated", severity: .block, message: "\(file): \(why) after frame \(goodFrames)",
            remedy: "compare with the paper and scan the missing sheets again")
    }

    static func damaged(_ job: FrameJob, rows: [Range<Int>], of height: Int, cause: String) -> Finding {
        let list = rows.prefix(8).map { "\($0.lowerBound + 1)–\($0.upperBound)" }.joined(separator: ", ")
        let more = rows.count > 8 ? " and \(rows.count - 8) more places" : ""
        let note = cause.isEmpty ? "" : " (\(cause))"
        return Finding(
            id: "frame.damaged", severity: .block,
            message: "\(job.name), frame \(job.frame): rows \(list)\(more) of \(height) are damaged\(note)",
            remedy: "compare with the paper and scan the sheet again")
    }

    static func damagedSomewhere(_ job: FrameJob, cause: String) -> Finding {
        Finding(
            id: "frame.damaged", severity: .block,
            message: "\(job.name), frame \(job.frame): the image data are damaged (\(cause))",
            remedy: "compare with the paper and scan the sheet again")
    }

    static func missingResolution(_ job: FrameJob) -> Finding {
        Finding(
            id: "frame.resolution.missing", severity: .note,
            message: "\(job.name), frame \(job.frame): no resolution given; \(job.settings.defaultDPI.formattedDPI) dpi assumed",
            remedy: "set the resolution in the scanner profile, or intake.defaultDPI")
    }

    static func absurdResolution(_ job: FrameJob, _ dpi: Resolution) -> Finding {
        Finding(
            id: "frame.resolution.absurd", severity: .warn,
            message: "\(job.name), frame \(job.frame): the file says \(dpi.x.formattedDPI) × \(dpi.y.formattedDPI) dpi, "
                + "which cannot be; \(job.settings.defaultDPI.formattedDPI) dpi assumed",
            remedy: "check the size of the page, and the scanner profile")
    }

    static func mirrored(_ job: FrameJob) -> Finding {
        Finding(
            id: "frame.mirrored", severity: .note,
            message: "\(job.name), frame \(job.frame): the file asks for a mirrored display; the mirroring is undone",
            remedy: "check that the text reads the right way round")
    }

    static func alpha(_ job: FrameJob) -> Finding {
        Finding(
            id: "frame.alpha", severity: .note,
            message: "\(job.name), frame \(job.frame): transparent pixels are laid onto white",
            remedy: "scan without transparency if something light is missing")
    }

    static func recoded(_ job: FrameJob, why: String) -> Finding {
        Finding(
            id: "frame.recoded", severity: .note, message: "\(job.name), frame \(job.frame): coded anew without loss, because \(why)",
            remedy: "nothing to do; the original stays in the store")
    }

    static func drawn(_ job: FrameJob, dpi: Double, why: String) -> Finding {
        Finding(
            id: "frame.drawn", severity: .note,
            message: "\(job.name), page \(job.frame): drawn at \(dpi.formattedDPI) dpi, because \(why)",
            remedy: "nothing to do; the original stays in the store")
    }
}

extension Double {
    /// At most two decimals, without a trailing zero; never locale-dependent.
    var formattedDPI: String {
        guard isFinite, magnitude < 1e12 else { return "\(self)" }
        let hundredths = (self * 100).rounded()
        if hundredths.remainder(dividingBy: 100) == 0 { return "\(Int(hundredths / 100))" }
        return "\(hundredths / 100)"
    }
}
