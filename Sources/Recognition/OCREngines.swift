public import DossierModel

/// The text recognisers Dossier knows.
///
/// Readings depend on the page, the settings and the engine's identity only: every line is read by itself, whatever the
/// number of threads; what Tesseract gives up in time is not kept. The identity says where a model calculates in 16-bit floats (Benchmarks/RESULTS.md has how often
/// that changes a letter). Processors with other vector instructions may round the last bits differently, and could
/// then give another confidence or, where two letters are equally likely, another letter.
public enum OCREngines {
    /// Loads an engine, ready to read.
    ///
    /// - Parameters:
    ///   - threads: processor threads it may use, at least 1. Tesseract uses one.
    ///   - cacheFolder: where an engine may keep prepared models. Neither does: PP-OCR prepares its own in half a
    ///     second, and a half-written cache would outlive a worker that was killed.
    ///
    /// #### Errors
    /// `missingComponent` when a runtime, model or language is not installed or damaged, or the processor is too old.
    public static func make(
        _ name: Settings.EngineName, settings: Settings.Recognise, threads: Int, cacheFolder: String?
    ) throws(DossierError) -> any OCREngine {
        guard settings.compare else { return try single(name, settings: settings, threads: threads) }
        return ComparingEngine(
            try single(name, settings: settings, threads: threads), comparedWith: try single(name.other, settings: settings, threads: threads))
    }

    private static func single(_ name: Settings.EngineName, settings: Settings.Recognise, threads: Int) throws(DossierError) -> any OCREngine {
        switch name {
        case .ppocr: try PPOCREngine(files: .installed(), settings: settings, threads: max(1, threads))
        case .tesseract: try TesseractEngine(languages: .installed(), pageTimeout: settings.tesseractTimeout)
        }
    }

    /// What keeps an engine from working here, or nil.
    public static func available(_ name: Settings.EngineName) -> DossierError? {
        do throws(DossierError) {
            _ = try identity(of: name, settings: Settings.Recognise())
            return nil
        } catch {
            return error
        }
    }

    /// The identity an engine made with these settings will have, found without loading its models.
    ///
    /// #### Errors
    /// `missingComponent` when a runtime, model or language is not installed.
    public static func identity(of name: Settings.EngineName, settings: Settings.Recognise) throws(DossierError) -> EngineIdentity {
        let identity = try singleIdentity(of: name, settings: settings)
        return settings.compare ? identity.compared(with: try singleIdentity(of: name.other, settings: settings)) : identity
    }

    private static func singleIdentity(of name: Settings.EngineName, settings: Settings.Recognise) throws(DossierError) -> EngineIdentity {
        switch name {
        case .ppocr: try PPOCRFiles.installed().identity(Precision(settings.precision))
        case .tesseract: try TesseractLanguages.installed().identity()
        }
    }
}
