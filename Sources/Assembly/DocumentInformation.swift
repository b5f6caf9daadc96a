internal import PDFObjects

/// What a document says about itself, once in its information dictionary (ISO 32000-1 §14.3.3), once in XMP.
struct DocumentInformation {
    var title: String
    var author: String?
    var subject: String?
    var keywords: String?
    /// A language tag of RFC 3066.
    var language: String
    /// Name and version of the program.
    var producer: String

    /// The information dictionary, in agreement with the XMP packet.
    var dictionary: String {
        let entries: [(String, String?)] = [
            ("Title", title), ("Author", author), ("Subject", subject), ("Keywords", keywords), ("Creator", producer),
            ("Producer", producer),
        ]
        let written = entries.compactMap { key, value in value.map { "/\(key) \(PDFSyntax.text($0.withoutControls))" } }
        return "<< \(written.joined(separator: " ")) >>"
    }
}

extension VolumePlan {
    var information: DocumentInformation {
        DocumentInformation(
            title: title, author: author, subject: subject, keywords: keywords, language: language, producer: producer)
    }

    var facts: [Provenance] {
        [Provenance(name: "caseNumber", value: caseNumber, description: "Number of the case")] + provenance
    }
}
