internal import DossierModel
import Foundation

/// The chain of directories of a TIFF (TIFF 6.0 §2; BigTIFF with 8-byte offsets), walked without libtiff so that one
/// bad directory does not hide the others and a loop ends.
struct TIFFDirectories {
    struct Entry {
        let offset: Int
        let size: PixelSize?
    }

    private(set) var entries: [Entry] = []
    /// Why the chain ends before its proper end; nil when it does not.
    private(set) var complaint: String?

    /// - Parameter limit: no more than one directory beyond this number is looked at.
    init(path: String, limit: Int) throws(DossierError) {
        self = try FileBytes.read(path) { handle in
            var walk = Walk(handle: handle, size: Int(try handle.seekToEnd()))
            return try walk.directories(limit: limit)
        }
    }

    private init() {}

    private struct Walk {
        let handle: FileHandle
        let size: Int
        var isLittle = true
        var isBig = false

        init(handle: FileHandle, size: Int) {
            self.handle = handle
            self.size = size
        }

        mutating func directories(limit: Int) throws -> TIFFDirectories {
            var result = TIFFDirectories()
            let head = try bytes(at: 0, count: 16)
            guard head.count >= 8 else {
                result.complaint = "the file ends"
                return result
            }
            isLittle = head[0] == 0x49
            isBig = number(head[2..<4]) == 43
            var next = isBig ? (head.count == 16 ? number(head[8..<16]) : size) : number(head[4..<8])
            var seen: Set<Int> = []
            while next != 0, result.entries.count <= limit {
                guard seen.insert(next).inserted else {
                    result.complaint = "the directories run in a circle"
                    break
                }
                guard let directory = try directory(at: next) else {
                    result.entries.append(Entry(offset: next, size: nil))
                    result.complaint = next >= size ? "the file ends" : "a directory cannot be read"
                    break
                }
                result.entries.append(Entry(offset: next, size: directory.size))
                guard let following = directory.next else {
                    result.complaint = "the file ends"
                    break
                }
                next = following
            }
            return result
        }

        private func directory(at offset: Int) throws -> (size: PixelSize?, next: Int?)? {
            let countBytes = isBig ? 8 : 2, entryBytes = isBig ? 20 : 12, pointerBytes = isBig ? 8 : 4
            guard offset >= 8, offset < size else { return nil }
            let head = try bytes(at: offset, count: countBytes)
            guard head.count == countBytes else { return nil }
            let count = number(head[...])
            guard count > 0, count <= 65535 else { return nil }
            let body = try bytes(at: offset + countBytes, count: count * entryBytes + pointerBytes)
            var width: Int?, height: Int?
            for i in 0..<count where (i + 1) * entryBytes <= body.count {
                let entry = body[i * entryBytes..<(i + 1) * entryBytes]
                switch number(entry.prefix(2)) {
                case 256: width = value(entry)
                case 257: height = value(entry)
                default: break
                }
            }
            let isWhole = body.count == count * entryBytes + pointerBytes
            guard isWhole || width != nil else { return nil }
            let size = width.flatMap { w in height.map { PixelSize(width: w, height: $0) } }
            return (size, isWhole ? number(body.suffix(pointerBytes)) : nil)
        }

        /// A SHORT or LONG (or LONG8) with a count of one lies in the entry itself.
        private func value(_ entry: ArraySlice<UInt8>) -> Int {
            let at = entry.startIndex + (isBig ? 12 : 8)
            let bytes = [1: 1, 3: 2, 4: 4, 16: 8][number(entry[entry.startIndex + 2..<entry.startIndex + 4])] ?? 4
            return number(entry[at..<min(at + bytes, entry.endIndex)])
        }

        /// Beyond 2⁶² nothing is real.
        private func number(_ bytes: ArraySlice<UInt8>) -> Int {
            let raw = isLittle ? bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } : bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Int(min(raw, 1 << 62))
        }

        private func bytes(at offset: Int, count: Int) throws -> [UInt8] {
            try handle.seek(toOffset: UInt64(offset))
            return Array(try handle.read(upToCount: count) ?? Data())
        }
    }
}
