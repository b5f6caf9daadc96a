internal import CLCMS
import DossierModel

/// The sRGB profile of a volume's output intent (ISO 19005-2 §6.2.3), made by Little CMS.
enum ColourProfile {
    /// An ICC profile of version 2.1, which every reader knows, without a clock in it. Made once.
    ///
    /// #### Errors
    /// `library` when Little CMS cannot make it.
    static func sRGB() throws(DossierError) -> [UInt8] { try made.get() }

    private static let made = Result(catching: make)

    private static func make() throws(DossierError) -> [UInt8] {
        guard let profile = unsafe cmsCreate_sRGBProfile() else { throw failure() }
        defer { unsafe _ = cmsCloseProfile(profile) }
        unsafe cmsSetProfileVersion(profile, 2.1)
        var count: cmsUInt32Number = 0
        guard unsafe cmsSaveProfileToMem(profile, nil, &count) != 0 else { throw failure() }
        var bytes = [UInt8](repeating: 0, count: Int(count))
        guard unsafe cmsSaveProfileToMem(profile, &bytes, &count) != 0 else { throw failure() }
        return timeless(bytes)
    }

    /// ICC.1:2001-04 §6.1: bytes 24…35 of the header are the creation date, 84…99 a digest (zero for none).
    private static func timeless(_ profile: [UInt8]) -> [UInt8] {
        var fixed = profile
        fixed.replaceSubrange(24..<36, with: BigEndian { date in [2024, 1, 1, 0, 0, 0].forEach { date.short($0) } }.bytes)
        fixed.replaceSubrange(84..<100, with: [UInt8](repeating: 0, count: 16))
        return fixed
    }

    private static func failure() -> DossierError {
        DossierError(.library, "Little CMS could not make the sRGB profile; reinstall liblcms2")
    }
}
