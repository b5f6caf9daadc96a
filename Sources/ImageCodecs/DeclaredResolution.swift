internal import DossierModel

/// Decides whether the resolution a file states can be believed.
enum DeclaredResolution {
    /// Scanners and fax machines lie well inside; 72 and 96 are what programs write that know nothing, and are believed
    /// as long as the page stays below A0.
    private static let plausible = 30.0...4800.0
    /// Long side of A0 is 1189 mm (ISO 216).
    private static let longestPage = 47.0

    /// The stated resolution, or the default with a finding.
    static func judged(_ stated: Resolution?, size: PixelSize, job: FrameJob) -> (dpi: Resolution, findings: [Finding]) {
        let fallback = Resolution(x: job.settings.defaultDPI, y: job.settings.defaultDPI)
        guard let stated else { return (fallback, [.missingResolution(job)]) }
        guard isPlausible(stated, size: size) else { return (fallback, [.absurdResolution(job, stated)]) }
        return (stated, [])
    }

    private static func isPlausible(_ dpi: Resolution, size: PixelSize) -> Bool {
        guard plausible.contains(dpi.x), plausible.contains(dpi.y) else { return false }
        guard max(dpi.x / dpi.y, dpi.y / dpi.x) <= 4.5 else { return false }
        return max(Double(size.width) / dpi.x, Double(size.height) / dpi.y) <= longestPage
    }
}
