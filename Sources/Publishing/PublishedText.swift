public import DossierModel
public import Foundation

/// Reads what `Publisher` wrote. Pure: bytes in, values out.
///
/// #### Errors
/// All calls: `integrity`, naming the text, when the bytes are not what was published.
public enum PublishedText {
    /// `index.json`.
    public static func index(_ bytes: Data) throws(DossierError) -> CaseIndex {
        try decoded(bytes, of: Publisher.FileName.index)
    }

    /// `facts.json`.
    public static func facts(_ bytes: Data) throws(DossierError) -> FactSheet {
        try decoded(bytes, of: Publisher.FileName.facts)
    }

    /// `manifest.json`. The seal is not checked; that is `Verification`.
    public static func manifest(_ bytes: Data) throws(DossierError) -> Manifest {
        do throws(DossierError) {
            let manifest: Manifest = try decoded(bytes, of: Publisher.FileName.manifest)
            if manifest.format == Manifest.currentFormat { return manifest }
            throw .otherVersion(manifest.format)
        } catch {
            // Other versions have other keys: only what does not read is asked for its format once more.
            guard let format = Manifest.format(of: Array(bytes)), format != Manifest.currentFormat else { throw error }
            throw .otherVersion(format)
        }
    }

    /// `pages.jsonl`.
    public static func records(_ bytes: Data) throws(DossierError) -> [PageRecord] {
        var records: [PageRecord] = []
        for line in lines(bytes) { records.append(try decoded(bytes[line], of: Publisher.FileName.pages)) }
        return records
    }

    /// One line of `pages.jsonl`.
    public static func record(_ bytes: Data) throws(DossierError) -> PageRecord {
        try decoded(bytes, of: Publisher.FileName.pages)
    }

    /// Where the lines of `pages.jsonl` stand in its bytes, for reading one without the others.
    public static func lines(_ bytes: Data) -> [Range<Data.Index>] {
        bytes.split(separator: CanonicalJSON.newline).map { $0.startIndex..<$0.endIndex }
    }

    private static func decoded<Value: Decodable>(_ bytes: Data, of name: String) throws(DossierError) -> Value {
        do { return try JSONDecoder().decode(Value.self, from: bytes) } catch {
            throw DossierError(
                .integrity, "\(name) does not read; run “dossier verify” to see what else changed, or “dossier run” to publish it anew",
                cause: "\(error)")
        }
    }
}

extension DossierError {
    fileprivate static func otherVersion(_ format: String) -> DossierError {
        DossierError(.unsupported, "the case was published by another version (\(format)); run it again", location: Publisher.FileName.manifest)
    }
}
