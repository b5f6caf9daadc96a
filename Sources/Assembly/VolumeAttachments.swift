public import DossierModel
internal import PDFObjects

/// A volume that carries the texts of its case.
public enum VolumeAttachments {
    /// Copies a volume as PDF/A-3a with JSON files attached; every page stays as it is.
    ///
    /// - Parameter texts: name, what it is, bytes.
    /// #### Errors
    /// As `PDFAttachments.attach`.
    public static func attach(
        _ texts: [(name: String, description: String, bytes: [UInt8])], to path: String, writing target: String
    ) throws(DossierError) {
        let files = texts.map {
            PDFAttachments.File(name: $0.name, mediaType: "application/json", description: $0.description, bytes: $0.bytes)
        }
        try PDFAttachments.attach(files, to: path, writing: target)
        // A volume of an earlier version has no seal, and its copy none.
        if try FileSeal.fits(target) != nil { try FileSeal.seal(target) }
    }
}
