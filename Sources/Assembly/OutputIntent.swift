import DossierModel
internal import PDFObjects

/// What device colours mean (ISO 19005-2 §6.2.3).
enum OutputIntent {
    static func sRGB(in document: borrowing PDFBuilder) throws(DossierError) -> PDFBuilder.Object {
        let profile = try document.addDeflatedStream("<< /N 3 >>", bytes: ColourProfile.sRGB())
        return try document.add(
            """
            << /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)
            /Info (sRGB IEC61966-2.1) /RegistryName (http://www.color.org) /DestOutputProfile \(profile) >>
            """)
    }
}
