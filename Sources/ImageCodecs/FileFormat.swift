internal import DossierModel
import Foundation

/// A format told by content, never by the file's name.
enum FileFormat: String {
    case tiff, jpeg, png, pdf

    /// #### Errors
    /// `fileSystem` when the file cannot be read; `unusableInput` when it is empty; `unsupported` for anything else.
    init(ofFileAt path: String) throws(DossierError) {
        let head = try FileBytes.prefix(1024, ofFileAt: path)
        guard !head.isEmpty else { throw DossierError(.unusableInput, "the file is empty; scan or copy it again") }
        guard let format = FileFormat(head: head) else {
            throw DossierError(
                .unsupported, "the content is neither TIFF, JPEG, PNG nor PDF; save it in one of these or take it out of the batch")
        }
        self = format
    }

    /// TIFF 6.0 §2 and BigTIFF (magic 43), ITU-T T.81 B.2.1, PNG (ISO/IEC 15948) §5.2; a PDF header may stand anywhere
    /// in the first 1024 bytes (ISO 32000-1 annex H, implementation note 13).
    init?(head: [UInt8]) {
        let tiffMagics: [[UInt8]] = [[0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43]]
        if tiffMagics.contains(where: head.starts(with:)) {
            self = .tiff
        } else if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if head.starts(with: PNGChunks.signature) {
            self = .png
        } else if head.indices.contains(where: { head[$0...].starts(with: Array("%PDF-".utf8)) }) {
            self = .pdf
        } else {
            return nil
        }
    }
}

/// Reading files as bytes.
enum FileBytes {
    static func prefix(_ count: Int, ofFileAt path: String) throws(DossierError) -> [UInt8] {
        try read(path) { handle in Array(try handle.read(upToCount: count) ?? Data()) }
    }

    /// The whole file; for formats that hold one frame.
    static func all(ofFileAt path: String) throws(DossierError) -> [UInt8] {
        try read(path) { handle in Array(try handle.readToEnd() ?? Data()) }
    }

    static func size(ofFileAt path: String) throws(DossierError) -> Int {
        try read(path) { handle in Int(try handle.seekToEnd()) }
    }

    /// Up to `count` bytes from `offset`; fewer at the end of the file.
    static func range(at offset: Int, count: Int, ofFileAt path: String) throws(DossierError) -> [UInt8] {
        try read(path) { handle in
            try handle.seek(toOffset: UInt64(offset))
            return Array(try handle.read(upToCount: count) ?? Data())
        }
    }

    static func read<Value>(_ path: String, _ work: (FileHandle) throws -> Value) throws(DossierError) -> Value {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw DossierError(.fileSystem, "the file cannot be read; check that it exists and is readable")
        }
        do {
            defer { try? handle.close() }
            return try work(handle)
        } catch {
            throw DossierError(.fileSystem, "reading the file failed; check the disk and copy it again", cause: "\(error)")
        }
    }
}
