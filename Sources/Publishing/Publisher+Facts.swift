public import DossierModel

extension Publisher.FileName {
    public static let facts = "facts.json"
}

extension Publisher {
    /// `facts.json`, UTF-8, one line, `Schemas/facts.schema.json`.
    public static func factsJSON(_ facts: FactSheet) -> [UInt8] { CanonicalJSON.line(facts) }
}
