internal import CTIFF
internal import DossierModel

/// Reads the rows of one frame as libtiff decodes them, strip or tile by strip or tile; what cannot be decoded is
/// zero and listed.
struct TIFFRows {
    let size: PixelSize
    /// Bytes of one row of one plane.
    let bytesPerRow: Int
    /// Separate colour planes: 1 unless PlanarConfiguration is 2.
    let planes: Int
    let fileSize: Int

    struct Result {
        /// `planes × height × bytesPerRow`.
        var bytes: [UInt8]
        /// Rows that are missing or doubtful, in order, without overlaps.
        var damage: [Range<Int>] = []
        /// The first thing libtiff had to say.
        var message = ""
        /// Something came out of the decoder, be it white.
        var isAnythingDecoded = false

        mutating func lose(_ rows: Range<Int>, _ text: String) {
            guard !rows.isEmpty else { return }
            if message.isEmpty { message = text }
            damage.append(rows)
        }
    }

    /// - Throws: `damaged` when nothing at all can be decoded.
    func read(_ tiff: borrowing TIFFHandle, path: String?) throws(DossierError) -> Result {
        var result = Result(bytes: [UInt8](repeating: 0, count: planes * size.height * bytesPerRow))
        let isTiled = unsafe TIFFIsTiled(tiff.raw) != 0
        for plane in 0..<planes {
            if isTiled {
                try readTiles(tiff, plane: plane, into: &result)
            } else {
                try readStrips(tiff, plane: plane, path: path, into: &result)
            }
        }
        result.damage = Self.merged(result.damage)
        if let only = result.damage.first, only.count == size.height, !result.isAnythingDecoded, !result.bytes.contains(where: { $0 != 0 }) {
            throw DossierError(.damaged, "nothing of the frame can be decoded; scan the sheet again", cause: result.message)
        }
        return result
    }

    static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = result.last, last.upperBound >= range.lowerBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    // MARK: Strips

    private func readStrips(_ tiff: borrowing TIFFHandle, plane: Int, path: String?, into result: inout Result) throws(DossierError) {
        let perStrip = min(max(1, tiff.long(TIFFTAG_ROWSPERSTRIP) ?? size.height), size.height)
        guard unsafe TIFFScanlineSize(tiff.raw) == bytesPerRow else {
            throw DossierError(.unsupported, "the rows of the frame have an odd layout; save the file anew")
        }
        var first = 0
        while first < size.height {
            let rows = first..<min(first + perStrip, size.height)
            let strip = unsafe Int(TIFFComputeStrip(tiff.raw, UInt32(first), UInt16(plane)))
            if isCutOff(tiff, strip: strip) {
                salvage(tiff, strip: strip, rows: rows, plane: plane, path: path, into: &result)
            } else {
                readRows(tiff, rows: rows, plane: plane, into: &result)
            }
            first = rows.upperBound
        }
    }

    private func isCutOff(_ tiff: borrowing TIFFHandle, strip: Int) -> Bool {
        let offset = unsafe TIFFGetStrileOffset(tiff.raw, UInt32(strip)), count = unsafe TIFFGetStrileByteCount(tiff.raw, UInt32(strip))
        let (end, overflow) = offset.addingReportingOverflow(count)
        return overflow || end > UInt64(fileSize)
    }

    /// Row by row, so that libtiff's complaints can be told by row. Group 4 codes each row from the one above: after an
    /// error nothing can be trusted, and libtiff gives up on the strip; group 3 finds its feet again.
    private func readRows(_ tiff: borrowing TIFFHandle, rows: Range<Int>, plane: Int, into result: inout Result) {
        let compression = tiff.short(TIFFTAG_COMPRESSION) ?? 1
        let isGroup3 = [2, 3, 32771].contains(compression)
        for row in rows {
            tiff.clearMessages()
            let status = unsafe result.bytes.withUnsafeMutableBytes { buffer in
                unsafe TIFFReadScanline(tiff.raw, buffer.baseAddress! + (plane * size.height + row) * bytesPerRow, UInt32(row), UInt16(plane))
            }
            if status == 1 { result.isAnythingDecoded = true }
            if status == 1, !isBad(tiff, compression: compression) { continue }
            let text = tiff.message
            if isGroup3 && status == 1 {
                result.lose(row..<row + 1, text)
                continue
            }
            blank(row..<rows.upperBound, plane: plane, in: &result)
            result.lose(row..<rows.upperBound, text)
            return
        }
    }

    /// Only the fax codecs tell of bad data in warnings; elsewhere a warning is about something harmless.
    private func isBad(_ tiff: borrowing TIFFHandle, compression: Int) -> Bool {
        tiff.hasErrors || ([2, 3, 4, 32771].contains(compression) && tiff.hasComplaints)
            || (compression == 7 && tiff.hasComplaints)
    }

    private func blank(_ rows: Range<Int>, plane: Int, in result: inout Result) {
        let start = (plane * size.height + rows.lowerBound) * bytesPerRow
        for i in start..<start + rows.count * bytesPerRow { result.bytes[i] = 0 }
    }

    /// A strip whose data end early: the bytes there are are decoded twice over different ground; rows that come out
    /// the same both times have been decoded.
    private func salvage(
        _ tiff: borrowing TIFFHandle, strip: Int, rows: Range<Int>, plane: Int, path: String?, into result: inout Result
    ) {
        let whole = rows.count * bytesPerRow
        let offset = unsafe Int(clamping: TIFFGetStrileOffset(tiff.raw, UInt32(strip)))
        let wanted = unsafe Int(clamping: TIFFGetStrileByteCount(tiff.raw, UInt32(strip)))
        let available = min(max(0, fileSize - offset), wanted, whole * 2 + 65536)
        let raw = available > 0 ? path.flatMap { try? FileBytes.range(at: offset, count: available, ofFileAt: $0) } ?? [] : []
        let text = "the file ends within the data"
        guard !raw.isEmpty else { return result.lose(rows, text) }
        let dark = decode(raw, tiff, strip: strip, ground: 0, size: whole), light = decode(raw, tiff, strip: strip, ground: 255, size: whole)
        let same = firstDifference(dark, light) ?? whole
        // The last row before the break is half-decoded or guessed.
        let good = same == whole ? rows.count : max(0, same / bytesPerRow - 1)
        let start = (plane * size.height + rows.lowerBound) * bytesPerRow
        result.bytes.replaceSubrange(start..<start + good * bytesPerRow, with: dark[..<(good * bytesPerRow)])
        result.lose(rows.lowerBound + min(good, rows.count - 1)..<rows.upperBound, text)
    }

    /// The last byte of a row does not count: fax decoders leave its spare bits as they were.
    private func firstDifference(_ a: [UInt8], _ b: [UInt8]) -> Int? {
        a.indices.first { a[$0] != b[$0] && ($0 % bytesPerRow < bytesPerRow - 1 || bytesPerRow == 1) }
    }

    private func decode(_ raw: [UInt8], _ tiff: borrowing TIFFHandle, strip: Int, ground: UInt8, size: Int) -> [UInt8] {
        var input = raw
        var output = [UInt8](repeating: ground, count: size)
        let isPlain = tiff.short(TIFFTAG_COMPRESSION) == 1
        let count = isPlain ? min(size, raw.count / bytesPerRow * bytesPerRow) : size
        guard count > 0 else { return output }
        unsafe _ = TIFFReadFromUserBuffer(tiff.raw, UInt32(strip), &input, Int64(input.count), &output, Int64(count))
        return output
    }

    // MARK: Tiles

    private func readTiles(_ tiff: borrowing TIFFHandle, plane: Int, into result: inout Result) throws(DossierError) {
        let width = tiff.long(TIFFTAG_TILEWIDTH) ?? 0, height = tiff.long(TIFFTAG_TILELENGTH) ?? 0
        let tileBytes = unsafe Int(TIFFTileSize(tiff.raw)), tileRow = unsafe Int(TIFFTileRowSize(tiff.raw))
        guard width > 0, height > 0, tileRow > 0, tileBytes == tileRow * height, tileBytes <= max(1 << 26, size.height * bytesPerRow * 4)
        else { throw DossierError(.damaged, "the tiles of the frame have no sensible size; save the file anew") }
        // A tile's width is a multiple of 16, so it begins on a byte.
        let bitsPerPixel = tileRow * 8 / width
        var tile = [UInt8](repeating: 0, count: tileBytes)
        for y in stride(from: 0, to: size.height, by: height) {
            for x in stride(from: 0, to: size.width, by: width) {
                tiff.clearMessages()
                let rows = y..<min(y + height, size.height)
                guard unsafe TIFFReadTile(tiff.raw, &tile, UInt32(x), UInt32(y), 0, UInt16(plane)) >= 0, !tiff.hasErrors else {
                    result.lose(rows, tiff.message)
                    continue
                }
                let from = x * bitsPerPixel / 8, count = min(tileRow, bytesPerRow - from)
                for row in rows {
                    let to = (plane * size.height + row) * bytesPerRow + from
                    for i in 0..<count { result.bytes[to + i] = tile[(row - y) * tileRow + i] }
                }
            }
        }
    }
}
