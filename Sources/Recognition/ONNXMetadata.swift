internal import DossierModel
import Foundation

/// The notes a model carries, read from the file itself: OpenVINO's C interface does not hand them out.
///
/// An ONNX file is one protobuf message `ModelProto`; field 14, `metadata_props`, repeats messages of `key` (1) and
/// `value` (2) (onnx.proto3). Field 7 is the graph and skipped by its length.
enum ONNXMetadata {
    /// The value stored last under `key`, or nil.
    ///
    /// #### Errors
    /// `missingComponent` when the file is not there, cut short, or no protobuf.
    static func value(of key: String, inFileAt path: String) throws(DossierError) -> String? {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw DossierError(.missingComponent, "the model cannot be read; run “make setup”", location: path)
        }
        guard let fields = ProtobufFields(bytes) else {
            throw DossierError(.missingComponent, "the model is damaged; run “make setup” again", location: path)
        }
        let entries = fields.payloads(of: 14).compactMap { ProtobufFields($0) }
        return entries.last { $0.text(of: 1) == key }?.text(of: 2)
    }
}

/// The length-delimited fields of one protobuf message (Protocol Buffers, “Encoding”); others are skipped.
struct ProtobufFields {
    private var fields: [(number: Int, payload: Data)] = []

    /// nil when the bytes are no complete message.
    init?(_ bytes: Data) {
        var position = bytes.startIndex
        while position < bytes.endIndex {
            guard let tag = Self.varint(bytes, &position), let length = Self.length(tag & 7, bytes, &position),
                length <= bytes.endIndex - position
            else { return nil }
            if tag & 7 == 2 { fields.append((Int(tag >> 3), bytes[position..<position + length])) }
            position += length
        }
    }

    func payloads(of number: Int) -> [Data] { fields.filter { $0.number == number }.map(\.payload) }

    func text(of number: Int) -> String? { payloads(of: number).last.flatMap { String(data: $0, encoding: .utf8) } }

    /// How many bytes follow for a wire type; a varint is consumed here and leaves none.
    private static func length(_ wireType: UInt64, _ bytes: Data, _ position: inout Int) -> Int? {
        switch wireType {
        case 0: varint(bytes, &position).map { _ in 0 }
        case 1: 8
        case 2: varint(bytes, &position).flatMap { Int(exactly: $0) }
        case 5: 4
        default: nil
        }
    }

    private static func varint(_ bytes: Data, _ position: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < bytes.endIndex else { return nil }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
