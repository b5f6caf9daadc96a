import Foundation

/// A PDF as somebody changes it who knows the format: in QPDF's text form, written anew afterwards.
public struct TamperedPDF {
    /// The text form (“QDF mode” in the QPDF manual), byte for byte as ISO 8859-1.
    public private(set) var text: String
    private let folder = Program.scratch()

    /// nil where qpdf is not installed.
    public init?(_ path: String) throws {
        guard try Tool.run("qpdf", ["--version"]) != nil, try Tool.run("fix-qdf", ["--version"]) != nil else { return nil }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Self.shell("qpdf --qdf --object-streams=disable --no-original-object-ids \"$1\" \"$2\"", path, folder + "/open")
        text = String(data: try Data(contentsOf: URL(fileURLWithPath: folder + "/open")), encoding: .isoLatin1)!
    }

    /// Puts `new` in the place of the first `old` behind `mark`.
    public mutating func replace(_ old: String, with new: String, behind mark: String = "%PDF") throws {
        guard let start = text.range(of: mark, options: .literal)?.upperBound, let place = text.range(of: old, options: .literal, range: start..<text.endIndex)
        else { throw CocoaError(.formatting, userInfo: [NSDebugDescriptionErrorKey: "there is no “\(old)” behind “\(mark)”"]) }
        text.replaceSubrange(place, with: new)
    }

    /// Number of the object that the first `key` behind `mark` names.
    public func object(_ key: String, behind mark: String = "%PDF") throws -> String {
        guard let start = text.range(of: mark, options: .literal)?.upperBound,
            let found = text[start...].firstMatch(of: try Regex("\(key) \\[?\\s*(\\d+) 0 R", as: (Substring, Substring).self))
        else { throw CocoaError(.formatting, userInfo: [NSDebugDescriptionErrorKey: "there is no “\(key)” behind “\(mark)”"]) }
        return String(found.1)
    }

    /// Writes it as other programs do: linearized, with object streams.
    public func write(to path: String) throws {
        try text.data(using: .isoLatin1)!.write(to: URL(fileURLWithPath: folder + "/changed"))
        try Self.shell(
            "fix-qdf \"$1\" > \"$1.fixed\" && qpdf --linearize --compress-streams=n --object-streams=generate --newline-before-endstream \"$1.fixed\" \"$2\"",
            folder + "/changed", path)
        try FileManager.default.removeItem(atPath: folder)
    }

    /// Leaves it as it was changed, but for its cross-references: qpdf would mend what it holds for a fault.
    public func writeUnmended(to path: String) throws {
        try text.data(using: .isoLatin1)!.write(to: URL(fileURLWithPath: folder + "/changed"))
        try Self.shell("fix-qdf \"$1\" > \"$2\"", folder + "/changed", path)
        try FileManager.default.removeItem(atPath: folder)
    }

    /// qpdf ends with 3 when it has something to remark.
    private static func shell(_ script: String, _ paths: String...) throws {
        let outcome = try Program.run("/bin/sh", ["-c", script, "sh"] + paths)
        guard [0, 3].contains(outcome.status) else { throw CocoaError(.fileReadCorruptFile, userInfo: [NSDebugDescriptionErrorKey: outcome.complaints]) }
    }
}
