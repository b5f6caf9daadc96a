import Foundation
import Testing

@testable import Publishing

/// The published texts keep to the schemas in the repository.
@Suite struct SchemaTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Schemas")

    static let texts: [(schema: String, lines: [[UInt8]])] = [
        ("pages", Publisher.pagesJSONL(InventedCase.records).split(separator: 10).map(Array.init)),
        ("index", [Publisher.indexJSON(InventedCase.index)]),
        ("manifest", [Publisher.manifestJSON(InventedCase.file, products: [Product(name: "a.pdf", sha256: InventedCase.digest("a"), bytes: 1)])]),
    ]

    @Test(arguments: texts.indices) func theStructureIsWhatTheSchemaSays(which: Int) throws {
        let (name, lines) = Self.texts[which]
        let schema = try SchemaCheck(Data(contentsOf: Self.folder.appending(path: "\(name).schema.json")))
        for line in lines { #expect(try schema.faults(in: Data(line)) == []) }
    }

    @Test func theCheckItselfFindsFaults() throws {
        let schema = try SchemaCheck(Data(contentsOf: Self.folder.appending(path: "pages.schema.json")))
        let good = String(decoding: Self.texts[0].lines[1], as: UTF8.self)
        let bad = [
            good.replacing(#""folio":"1","#, with: ""), good.replacing(#""folio":"1""#, with: #""folio":1"#),
            good.replacing(#""rotation":90"#, with: #""rotation":91"#), good.replacing(#""image":2"#, with: #""image":0"#),
            good.replacing(#""volume":1"#, with: #""volume":1,"new":1"#), good.replacing("[300,", with: "["),
        ]
        for text in bad { #expect(try !schema.faults(in: Data(text.utf8)).isEmpty, "\(text)") }
    }

    @Test(.enabled(if: PythonSchema.isThere, "needs python3 with jsonschema (PyPI)"), arguments: texts.indices)
    func anIndependentValidatorAccepts(which: Int) throws {
        let (name, lines) = Self.texts[which]
        let schema = Self.folder.appending(path: "\(name).schema.json").path()
        #expect(try PythonSchema.validate(lines.map { $0.last == 10 ? $0 : $0 + [10] }.joined(), against: schema) == "")
    }
}

/// As much of JSON Schema 2020-12 as the schemas in the repository use.
struct SchemaCheck {
    private let root: [String: Any]

    init(_ schema: Data) throws { root = try #require(try JSONSerialization.jsonObject(with: schema) as? [String: Any]) }

    func faults(in text: Data) throws -> [String] {
        faults(try JSONSerialization.jsonObject(with: text), root, "$")
    }

    private func faults(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        if let reference = schema["$ref"] as? String { return faults(value, definition(reference), place) }
        if let any = schema["anyOf"] as? [[String: Any]] {
            return any.contains { faults(value, $0, place).isEmpty } ? [] : ["\(place): none of anyOf"]
        }
        var found: [String] = []
        let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] }
        if let types, !types.contains(where: { Self.is(value, $0) }) { found.append("\(place): not \(types)") }
        if let allowed = schema["enum"] as? [NSObject], !allowed.contains(value as! NSObject) { found.append("\(place): not in enum") }
        if let constant = schema["const"] as? NSObject, constant != value as? NSObject { found.append("\(place): not the constant") }
        return found + numberFaults(value, schema, place) + textFaults(value, schema, place) + listFaults(value, schema, place)
            + objectFaults(value, schema, place)
    }

    private func definition(_ reference: String) -> [String: Any] {
        (root["$defs"] as! [String: [String: Any]])[reference.replacing("#/$defs/", with: "")]!
    }

    private static func `is`(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "null": value is NSNull
        case "integer": (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
        case "number": value is NSNumber
        default: false
        }
    }

    private func numberFaults(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        guard let number = (value as? NSNumber)?.doubleValue else { return [] }
        let bound = { (key: String) in (schema[key] as? NSNumber)?.doubleValue }
        let fits =
            number >= bound("minimum") ?? number && number <= bound("maximum") ?? number
            && bound("exclusiveMinimum").map { number > $0 } ?? true && bound("exclusiveMaximum").map { number < $0 } ?? true
        return fits ? [] : ["\(place): \(number) out of range"]
    }

    private func textFaults(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        guard let text = value as? String else { return [] }
        var found: [String] = []
        if let pattern = schema["pattern"] as? String, text.firstMatch(of: try! Regex(pattern)) == nil { found.append("\(place): “\(text)” does not match") }
        if let least = schema["minLength"] as? Int, text.count < least { found.append("\(place): too short") }
        return found
    }

    private func listFaults(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        guard let list = value as? [Any] else { return [] }
        var found: [String] = []
        if let least = schema["minItems"] as? Int, list.count < least { found.append("\(place): too few items") }
        if let most = schema["maxItems"] as? Int, list.count > most { found.append("\(place): too many items") }
        guard let items = schema["items"] as? [String: Any] else { return found }
        return found + list.enumerated().flatMap { faults($0.element, items, "\(place)[\($0.offset)]") }
    }

    private func objectFaults(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        guard let object = value as? [String: Any] else { return [] }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }.map { "\(place): no \($0)" }
        let extra = object.keys.filter { properties[$0] == nil }.map { "\(place): unknown \($0)" }
        return missing + extra + properties.flatMap { key, schema in object[key].map { faults($0, schema, "\(place).\(key)") } ?? [] }
    }
}

/// The reference validator of the Python world.
enum PythonSchema {
    static let isThere = (try? run(["-c", "import jsonschema"], input: []).status) == 0

    /// What the validator complains of; empty when nothing.
    static func validate(_ lines: some Sequence<UInt8>, against schema: String) throws -> String {
        let program = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1], encoding="utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            lines = sys.stdin.buffer.read().decode("utf-8").split("\\n")
            assert lines[-1] == "" and len(lines) > 1
            for line in lines[:-1]:
                for error in validator.iter_errors(json.loads(line)): print(error.message)
            """
        let result = try run(["-c", program, schema], input: Array(lines))
        return result.status == 0 ? result.output : "exit \(result.status): \(result.output)"
    }

    private static func run(_ arguments: [String], input: [UInt8]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, FileHandle.nullDevice)
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
