import Mustache

/// Something a tag put into the text. In the text between mustache and CommonMark a single private-use character
/// stands for it, so that nothing in a value can ever be taken for markup.
struct Insertion: Hashable, Sendable {
    var text: String
    /// It fills in a blank of the form.
    var isBlank: Bool
    /// Fixed width of the blank, characters; nil lets it be as long as its text.
    var width: Double?
    /// For messages.
    var label: String
}

/// The insertions of one rendering.
final class Insertions {
    private(set) var list: [Insertion] = []
    private static let firstScalar: UInt32 = 0xF0000

    func add(_ insertion: Insertion) -> String {
        list.append(insertion)
        // Planes 15 and 16 have room for 131,068; more tags than that make no document.
        guard let scalar = Self.scalar(list.count - 1) else { return "" }
        return String(Character(scalar))
    }

    var haveOverflowed: Bool { list.count > 131_068 }

    func insertion(for character: Character) -> Insertion? {
        guard Self.isReserved(character), let value = character.unicodeScalars.first?.value else { return nil }
        let index = value < 0x100000 ? Int(value - Self.firstScalar) : Int(value - 0x100000) + 65_534
        return list.indices.contains(index) ? list[index] : nil
    }

    private static func scalar(_ index: Int) -> Unicode.Scalar? {
        index < 65_534 ? Unicode.Scalar(firstScalar + UInt32(index)) : index < 131_068 ? Unicode.Scalar(0x100000 + UInt32(index - 65_534)) : nil
    }

    static func isReserved(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.value >= firstScalar }
    }
}

/// A value as mustache sees it.
struct RenderedValue: MustacheParent, MustacheTransformable, MustacheCustomRenderable {
    let value: FieldValue
    let field: Field?
    let insertions: Insertions
    var isBlank = false

    /// Asked for by name, as encoded by `TagName`.
    func child(named name: String) -> Any? {
        guard case .record(let values) = value, let name = TagName.decoded(name), let child = values[name] else { return nil }
        let fields: [Field] = if case .person? = field?.kind { Field.personFields } else if case .list(let fields)? = field?.kind { fields } else { [] }
        return Self.wrapped(child, fields.first { $0.name == name }, insertions)
    }

    static func wrapped(_ value: FieldValue, _ field: Field?, _ insertions: Insertions) -> Any {
        guard case .list(let rows) = value else { return RenderedValue(value: value, field: field, insertions: insertions) }
        return RenderedList(rows: rows.map { RenderedValue(value: .record($0), field: field, insertions: insertions) }, value: value, field: field)
    }

    func transform(_ name: String) -> Any? {
        if name == TagName.blank {
            var copy = self
            copy.isBlank = true
            return copy
        }
        guard let transform = TagName.decoded(name).flatMap(Transform.init(rawValue:)), let result = transform.apply(to: value) else { return nil }
        return RenderedValue(value: result, field: field, insertions: insertions)
    }

    var renderText: String {
        if isBlank {
            return insertions.add(Insertion(text: value.reading, isBlank: true, width: field?.width, label: field?.name ?? ""))
        }
        return value.reading.isEmpty ? "" : insertions.add(Insertion(text: value.reading, isBlank: false, width: nil, label: field?.name ?? ""))
    }

    var isNull: Bool { value.isAbsent || value == .yesNo(false) }
}

/// A list as mustache sees it.
struct RenderedList: MustacheSequence, MustacheTransformable, MustacheCustomRenderable {
    let rows: [RenderedValue]
    let value: FieldValue
    let field: Field?

    func makeIterator() -> IndexingIterator<[RenderedValue]> { rows.makeIterator() }

    func transform(_ name: String) -> Any? {
        guard let insertions = rows.first?.insertions else { return name == TagName.encoded(Transform.计数.rawValue) ? 0 : nil }
        return RenderedValue(value: value, field: field, insertions: insertions).transform(name)
    }

    var renderText: String { "" }
    var isNull: Bool { rows.isEmpty }
}

/// Names of the field's language in the letters the mustache library takes: `f` and the UTF-8 bytes in hexadecimal.
enum TagName {
    /// Marks a value that fills in a blank.
    static let blank = "blank"

    static func encoded(_ name: String) -> String {
        let digits = Array("0123456789abcdef")
        return "f" + String(name.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    static func decoded(_ name: String) -> String? {
        guard name.hasPrefix("f"), name.utf8.count % 2 == 1 else { return nil }
        let digits = Array(name.dropFirst())
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        return String(validating: bytes, as: UTF8.self)
    }
}
