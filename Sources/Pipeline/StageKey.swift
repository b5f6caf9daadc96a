import DossierModel
import Foundation
import Hashing

/// A stage by its id and version. The version is raised whenever the same input may give another output.
public struct StageIdentity: Hashable, Sendable, Codable, CustomStringConvertible {
    public let id: String
    public let version: Int

    public init(_ id: String, _ version: Int) {
        self.id = id
        self.version = version
    }

    public var description: String { "\(id)/\(version)" }
}

/// The stages in the order data flows, as every manifest names them.
public enum Stages {
    public static let intake = StageIdentity("intake", 5)
    public static let clean = StageIdentity("clean", 7)
    public static let separate = StageIdentity("separate", 3)
    public static let recognise = StageIdentity("recognise", 10)
    public static let layer = StageIdentity("layer", 8)
    public static let catalogue = StageIdentity("catalogue", 13)
    public static let assemble = StageIdentity("assemble", 8)
    public static let publish = StageIdentity("publish", 10)
    public static let all = [intake, clean, separate, recognise, layer, catalogue, assemble, publish]
}

/// The name of a derived thing: SHA-256 over stages, inputs and settings. Equal keys mean equal products.
struct StageKey {
    private var text: String

    init(_ stages: StageIdentity...) {
        text = stages.map(\.description).joined(separator: "\n")
    }

    func over(_ input: String) -> StageKey { appending("input \(input.utf8.count) \(input)") }

    func with(_ settings: some Encodable) -> StageKey { appending("settings " + canonicalJSON(settings)) }

    var digest: SHA256Digest { SHA256Digest(of: text) }

    private func appending(_ line: String) -> StageKey {
        var key = self
        key.text += "\n" + line
        return key
    }
}

/// JSON whose bytes depend on the value alone.
func canonicalJSON(_ value: some Encodable) -> String {
    String(decoding: canonicalData(value), as: UTF8.self)
}

func canonicalData(_ value: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return try encoder.encode(value) } catch { preconditionFailure("a model value does not encode: \(error)") }
}
