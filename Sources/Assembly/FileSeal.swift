import DossierModel
import Foundation
import Hashing

/// SHA-256 over a whole PDF, in the PDF itself: it tells of any byte that was changed since it was written. Whoever changes a
/// file on purpose can seal it anew; against that stand the root on the docket sheet and the signed manifest.
///
/// The document catalogue names under `key` a stream without filter whose data are the digest, 64 hexadecimal digits. It is that
/// of the file with zeros in its place, so it can be put in when the file has its last byte, and moves nothing.
enum FileSeal {
    /// A name of our own (ISO 32000-1 Annex E).
    static let key = "DOSS_Seal"
    static let dictionary = "<< /Type /\(key) >>"
    /// Data of a stream that is not sealed yet.
    static let blank = [UInt8](repeating: UInt8(ascii: "0"), count: digits)

    /// The first version of the stage of assembly whose volumes are sealed.
    private static let since = 5

    /// Whether a volume with this metadata was written with a seal: it names the stages that made it.
    static func isDue(_ metadata: String) -> Bool {
        metadata.matches(of: #/\bassemble\/(\d{1,6})\b/#).contains { Int($0.1).map { $0 >= since } ?? false }
    }

    private static let digits = 64
    /// What stands before the digits: QPDF writes the length behind the entries of a stream.
    private static let head = Array("/Type /\(key) /Length \(digits) >>\nstream\n".utf8)
    private static let piece = 1 << 20

    /// Puts the digest in.
    ///
    /// #### Errors
    /// `fileSystem`; `library` where the file has no place for it.
    static func seal(_ path: String) throws(DossierError) {
        guard let place = try place(in: path) else { throw DossierError(.library, "the PDF has no place for its seal; report this", location: path) }
        let digest = try digest(of: path, sealedAt: place)
        try reading(path, for: FileHandle(forUpdatingAtPath: path)) { file in
            try file.seek(toOffset: UInt64(place))
            try file.write(contentsOf: Data(digest.hex.utf8))
        }
    }

    /// Whether the digest in the file is that of the file; nil where none stands in it.
    ///
    /// #### Errors
    /// `fileSystem`.
    static func fits(_ path: String) throws(DossierError) -> Bool? {
        guard let place = try place(in: path) else { return nil }
        let digest = try digest(of: path, sealedAt: place)
        return try bytes(of: path, from: place, count: digits) == Array(digest.hex.utf8)
    }

    /// Offset of the digits, looked for from the end, where QPDF puts what belongs to no page.
    private static func place(in path: String) throws(DossierError) -> Int? {
        var end = try size(of: path)
        while end > 0 {
            let start = max(0, end - piece)
            if let found = try bytes(of: path, from: start, count: end - start)[...].firstRange(of: head) { return start + found.upperBound }
            if start == 0 { return nil }
            end = start + head.count - 1
        }
        return nil
    }

    private static func digest(of path: String, sealedAt place: Int) throws(DossierError) -> SHA256Digest {
        let seal = place..<place + digits
        var hash = SHA256()
        var start = 0
        while true {
            var bytes = try bytes(of: path, from: start, count: piece)
            if bytes.isEmpty { return hash.finalized() }
            for at in seal.clamped(to: start..<start + bytes.count) { bytes[at - start] = UInt8(ascii: "0") }
            hash.update(bytes)
            start += bytes.count
        }
    }

    private static func size(of path: String) throws(DossierError) -> Int {
        try reading(path, for: FileHandle(forReadingAtPath: path)) { Int(try $0.seekToEnd()) }
    }

    private static func bytes(of path: String, from start: Int, count: Int) throws(DossierError) -> [UInt8] {
        try reading(path, for: FileHandle(forReadingAtPath: path)) { file in
            try file.seek(toOffset: UInt64(start))
            return Array(try file.read(upToCount: count) ?? Data())
        }
    }

    private static func reading<Value>(_ path: String, for file: FileHandle?, _ work: (FileHandle) throws -> Value) throws(DossierError) -> Value {
        guard let file else { throw DossierError(.fileSystem, "the PDF cannot be opened; check its permissions", location: path) }
        defer { try? file.close() }
        do { return try work(file) } catch { throw DossierError(.fileSystem, "the PDF cannot be read or written; check the disk", cause: "\(error)", location: path) }
    }
}
