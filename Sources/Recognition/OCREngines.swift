public import DossierModel

/// The text recognisers Dossier knows.
public enum OCREngines {
    public static func make(
        _ name: Settings.EngineName, settings: Settings.Recognise, threads: Int, cacheFolder: String?
    ) throws(DossierError) -> any OCREngine {
        try PPOCREngine(settings: settings, threads: max(1, threads))
    }
}
