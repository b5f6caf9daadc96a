public import DossierModel
import Hashing
public import LegalDocuments

/// A document that lacks nothing but its number.
public struct PreparedDocument: Sendable {
    public let template: DocumentTemplate
    public let values: DocumentValues

    /// Checks the values.
    /// - Parameters:
    ///   - given: From a data file or a person; the case's facts and the template's defaults stand in.
    ///   - date: Of the document; a 日期 in `given` has precedence.
    ///   - organ: The house's, from the settings.
    ///
    /// #### Errors
    /// `unusableInput`, naming every missing, unknown and invalid value with what is expected.
    public init(
        _ template: DocumentTemplate, given: [(String, GivenValue)], facts: CaseFacts?, date: CalendarDay?, organ: DocumentTemplate.Organ
    ) throws(DossierError) {
        self.template = template
        do throws(ValueProblems) {
            values = try template.values(given, facts: facts, date: date, organ: organ)
        } catch {
            let count = error.list.count == 1 ? "one value is" : "\(error.list.count) values are"
            throw DossierError(.unusableInput, "\(count) not as “\(template.name)” needs them:\n\(error)")
        }
    }

    public var counterparts: [String] { template.header.counterparts.map(\.name) }
    var templateDigest: SHA256Digest { SHA256Digest(of: template.source) }
    var valuesDigest: SHA256Digest { SHA256Digest(of: values.canonicalText) }
}
