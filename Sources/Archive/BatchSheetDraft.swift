public import DossierModel
import Foundation
import Yams

/// `batch.yaml` as written: every part may be missing.
///
///     case: 海检刑诉受〔2024〕123号
///     cause: 盗窃
///     parties:
///       - {name: 张某甲, role: 犯罪嫌疑人}
///     volumes:
///       - {number: 1, kind: proceedings, files: ["0001-*.tif"]}
///       - {number: 2, kind: evidence, files: ["evidence/**"], pages: 48}
///     duplex: true
///     expected: {images: 120}
public struct BatchSheetDraft: Hashable, Sendable {
    public static let fileName = "batch.yaml"

    public var caseNumber: String?
    public var cause: String?
    public var parties: [BatchSheet.Party] = []
    public var volumes: [BatchSheet.Volume] = []
    /// Both sides of every sheet were scanned.
    public var duplex: Bool?
    /// Images that were counted.
    public var expectedImages: Int?

    /// Says nothing.
    public static let empty = BatchSheetDraft()

    private init() {}

    /// #### Errors
    /// `badUsage` with file, line and remedy for anything that is not a batch sheet; `fileSystem`, `notFound` or
    /// `unusableInput` when it cannot be read.
    public init(readingFileAt path: String) throws(DossierError) {
        var bytes: [UInt8] = []
        // A pipe of that name would be waited for.
        try SourceFile(at: path).forEachPiece { bytes += $0 }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DossierError(.badUsage, "the batch sheet is not UTF-8 text; save it as UTF-8", location: path)
        }
        try self.init(yaml: text, location: path)
    }

    public init(yaml text: String, location: String) throws(DossierError) {
        do {
            guard let root = try Yams.compose(yaml: text) else { return }
            try read(SheetNode(root, path: "", location: location))
        } catch let error as DossierError {
            throw error
        } catch let error as YamlError {
            throw DossierError(.badUsage, "the batch sheet is not valid YAML; indent with spaces, not tabs", cause: "\(error)", location: location)
        } catch {
            throw DossierError(.badUsage, "the batch sheet cannot be read", cause: "\(error)", location: location)
        }
    }

    private mutating func read(_ root: SheetNode) throws(DossierError) {
        let keys = try root.mapping(allowing: ["case", "cause", "parties", "volumes", "duplex", "expected"])
        caseNumber = try keys["case"].map(Self.caseNumber)
        cause = try keys["cause"]?.text()
        for node in try keys["parties"]?.list() ?? [] {
            let keys = try node.mapping(allowing: ["name", "role"])
            parties.append(BatchSheet.Party(name: try node.required("name", of: keys).text(), role: try keys["role"]?.text()))
        }
        duplex = try keys["duplex"]?.yesNo()
        if let expected = keys["expected"] { expectedImages = try expected.mapping(allowing: ["images"])["images"]?.positiveNumber() }
        for node in try keys["volumes"]?.list() ?? [] { volumes.append(try Self.volume(node)) }
        let numbers = volumes.map(\.number)
        guard Set(numbers).count == numbers.count else {
            throw root.error("two volumes have the same number; number them 1, 2, 3 …")
        }
    }

    /// Spaces around it are no part of it.
    private static func caseNumber(_ node: SheetNode) throws(DossierError) -> String {
        let number = try node.text().trimmingCharacters(in: .whitespacesAndNewlines)
        guard !number.isEmpty else { throw node.error("the case number is empty; write it, or leave the line out and give --case") }
        return number
    }

    private static func volume(_ node: SheetNode) throws(DossierError) -> BatchSheet.Volume {
        let keys = try node.mapping(allowing: ["number", "kind", "files", "pages"])
        let number = try node.required("number", of: keys).positiveNumber()
        let files = try node.required("files", of: keys).list()
        var patterns: [String] = []
        for file in files { patterns.append(try file.text()) }
        return BatchSheet.Volume(
            number: number, kind: try keys["kind"].map(kind), files: patterns, pages: try keys["pages"]?.positiveNumber())
    }

    private static func kind(_ node: SheetNode) throws(DossierError) -> VolumeKind {
        let text = try node.text()
        if let kind = VolumeKind.allCases.first(where: { $0.rawValue == text || $0.chineseName == text }) { return kind }
        throw node.error("“\(text)” is no kind of volume; use one of \(VolumeKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
}

/// A YAML node that knows where it stands.
private struct SheetNode {
    let node: Node
    let path: String
    let location: String

    init(_ node: Node, path: String, location: String) {
        self.node = node
        self.path = path
        self.location = location
    }

    func error(_ message: String) -> DossierError {
        let line = node.mark.map { ":\($0.line)" } ?? ""
        return DossierError(.badUsage, "\(path.isEmpty ? "batch sheet" : path): \(message)", location: location + line)
    }

    func mapping(allowing known: [String]) throws(DossierError) -> [String: SheetNode] {
        guard let mapping = node.mapping else { throw error("keys with values are expected here: \(known.joined(separator: ", "))") }
        var keys: [String: SheetNode] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard known.contains(name) else {
                throw SheetNode(key, path: path, location: location).error("unknown key “\(name)”; known are \(known.joined(separator: ", "))")
            }
            keys[name] = SheetNode(value, path: path.isEmpty ? name : "\(path).\(name)", location: location)
        }
        return keys
    }

    func required(_ name: String, of keys: [String: SheetNode]) throws(DossierError) -> SheetNode {
        guard let value = keys[name] else { throw error("“\(name)” is missing") }
        return value
    }

    func list() throws(DossierError) -> [SheetNode] {
        guard let sequence = node.sequence else { throw error("a list is expected here") }
        return sequence.enumerated().map { SheetNode($1, path: "\(path)[\($0 + 1)]", location: location) }
    }

    func text() throws(DossierError) -> String {
        guard let scalar = node.scalar?.string, !scalar.isEmpty else { throw error("a text is expected here") }
        return scalar
    }

    func yesNo() throws(DossierError) -> Bool {
        guard let answer = node.bool else { throw error("true or false is expected here") }
        return answer
    }

    func positiveNumber() throws(DossierError) -> Int {
        guard let number = Int(try text()), number > 0 else { throw error("a number from 1 on is expected here") }
        return number
    }
}
