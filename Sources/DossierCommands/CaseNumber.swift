import ArgumentParser
import Foundation

/// A case number as typed.
enum CaseNumber {
    /// Spaces around it are no part of it, as where a batch names its case.
    static func trimmed(_ typed: String) throws -> String {
        let number = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !number.isEmpty else { throw ValidationError("the case number is empty; “dossier status” lists the cases") }
        return number
    }
}
