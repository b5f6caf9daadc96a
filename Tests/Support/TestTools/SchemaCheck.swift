public import Foundation

/// As much of JSON Schema 2020-12 as the schemas in the repository use.
public struct SchemaCheck {
    private let root: [String: Any]

    public init(_ schema: Data) throws {
        guard let root = try JSONSerialization.jsonObject(with: schema) as? [String: Any] else { throw CocoaError(.propertyListReadCorrupt) }
        self.root = root
    }

    public func faults(in text: Data) throws -> [String] {
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
        case "boolean": value is Bool
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
