import DossierModel
import Foundation
import Hashing
import Testing

@testable import ImageCodecs

@Suite struct TIFFTests {
    let scratch = Scratch()

    @Test(arguments: TIFFWriter.Compression.allCases, ColourMode.allCases)
    func everyCompressionGivesItsPixelsBackAndAnImageThatDrawsAlike(_ compression: TIFFWriter.Compression, _ mode: ColourMode) throws {
        let isFax = [.group3, .group3TwoDimensional, .group4].contains(compression)
        guard isFax ? mode == .bitonal : compression != .jpeg || mode != .bitonal else { return }
        for rows in [nil, 16, 13] {
            let raster = Raster.sample(mode)
            let path = try scratch.tiff {
                try $0.append(raster, dpi: Resolution(x: 200, y: 100), compression: compression, rowsPerStrip: compression == .jpeg && rows == 13 ? 48 : rows)
            }
            let frame = try decode(path)
            #expect(frame.page.findings.isEmpty)
            #expect(frame.page.dpi == Resolution(x: 200, y: 100))
            if compression != .jpeg { #expect(frame.raster == raster) } else { #expect(frame.raster.distance(to: raster) < 20) }
            #expect(frame.page.rasterDigest == SHA256Digest(of: frame.raster))
            #expect(try frame.drawnImage() == frame.raster)
            #expect(frame.page.image.parts.allSatisfy { frame.parts[$0.digest]?.count == $0.byteCount })
        }
    }

    @Test func group4IsCodedAnewWhereJBIG2IsSmaller() throws {
        let raster = Raster.sample(.bitonal)
        let path = try scratch.tiff { try $0.append(raster, dpi: nil, compression: .group4) }
        let frame = try decode(path)
        #expect(frame.page.image.origin == .recoded)
        #expect(frame.page.image.parts.map(\.filter) == ["JBIG2Decode"])
        #expect(frame.page.image.parts[0].byteCount < (try Fax.coded(raster, origin: .recoded)).byteCount)
        #expect(try frame.drawnImage() == raster)
        #expect(frame.page.rasterDigest == SHA256Digest(of: raster))
    }

    @Test func aStripOfGroup4ThatIsSmallerThanJBIG2GoesOverUnchanged() throws {
        let path = try scratch.tiff { try $0.append(.sample(.bitonal, width: 30, height: 12), dpi: nil, compression: .group4) }
        let frame = try decode(path)
        #expect(frame.page.image.origin == .delivered)
        let file = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let part = try #require(frame.parts.values.first)
        #expect(Data(file).range(of: Data(part)) != nil)
        #expect(frame.page.findings.map(\.id) == ["frame.resolution.missing"])
        #expect(frame.page.dpi == Resolution(x: 300, y: 300))
    }

    @Test func jpegStripsAreJoinedWithoutTouchingThem() throws {
        let path = try scratch.tiff { try $0.append(.sample(.grey), dpi: nil, compression: .jpeg, rowsPerStrip: 16) }
        let frame = try decode(path)
        #expect(frame.page.image.parts.count == 1)
        #expect(frame.page.image.parts[0].filter == "DCTDecode")
        #expect(frame.page.image.origin == .rewrapped, "no such run of bytes stands in the file")
    }

    @Test func jpegIsNeverLargerThanDelivered() throws {
        for rows in [nil, 16] {
            let path = try scratch.tiff { try $0.append(.sample(.colour), dpi: nil, compression: .jpeg, rowsPerStrip: rows) }
            let frame = try decode(path)
            let size = try FileBytes.size(ofFileAt: path)
            #expect(frame.page.image.parts.allSatisfy { $0.filter == "DCTDecode" })
            #expect(frame.page.image.parts.count == 1 || frame.page.image.parts.reduce(0) { $0 + $1.byteCount } < 2 * size)
        }
    }

    @Test func mixedPagesOfOneFileKeepTheirOwnModes() throws {
        let path = try scratch.tiff {
            try $0.append(.sample(.bitonal), dpi: Resolution(x: 204, y: 98), compression: .group3)
            try $0.append(.sample(.colour), dpi: Resolution(x: 300, y: 300), compression: .jpeg)
            try $0.append(.sample(.grey), dpi: Resolution(x: 150, y: 150), compression: .lzw)
        }
        #expect(survey(path).frames.count == 3)
        #expect(try (1...3).map { try decode(path, frame: $0).page.mode } == [.bitonal, .colour, .grey])
        #expect(try decode(path).page.dpi == Resolution(x: 204, y: 98))
    }

    @Test(arguments: 1...8)
    func orientationIsDeclaredAndMirroringUndone(_ tag: Int) throws {
        let upright = Raster.sample(.grey)
        // What lies in the file is the upright picture with the tag's display operation undone.
        let orientation = Orientation(tag: tag)
        let unturned = upright.turned(orientation.turn.inverse)
        let stored = orientation.isMirrored ? unturned.mirrored() : unturned
        let path = try scratch.tiff { try $0.append(stored, dpi: Resolution(x: 300, y: 300), compression: .lzw, orientation: tag) }
        let frame = try decode(path)
        #expect(frame.raster.turned(frame.page.declaredTurn) == upright)
        #expect(frame.page.rasterDigest == SHA256Digest(of: stored))
        #expect(frame.page.findings.map(\.id) == (orientation.isMirrored ? ["frame.mirrored"] : []))
        #expect(try frame.drawnImage() == frame.raster)
    }

    @Test func mirroredBitsAreMirroredTwiceToThemselves() {
        let raster = Raster.sample(.bitonal)
        #expect(raster.mirrored() != raster)
        #expect(raster.mirrored().mirrored() == raster)
    }

    @Test(arguments: [TIFFWriter.Compression.none, .lzw, .deflate, .packBits, .group4, .group3])
    func truncatedThirdFrameLeavesTheFirstTwoAndTellsWhatIsGone(_ compression: TIFFWriter.Compression) throws {
        let raster = Raster.sample(.bitonal)
        let whole = try scratch.tiff { for _ in 0..<3 { try $0.append(raster, dpi: nil, compression: compression) } }
        let bytes = try FileBytes.all(ofFileAt: whole)
        let path = scratch.file(Array(bytes[..<(bytes.count - 400)]))
        let found = survey(path)
        #expect(found.frames.count == 2, "the third is what the finding speaks of")
        #expect(found.findings.map(\.id) == ["file.truncated"])
        #expect(try decode(path, frame: 1).raster == raster)
        #expect(try decode(path, frame: 2).raster == raster)
        #expect(throws: DossierError(.damaged, "")) { try decode(path, frame: 3) }
    }

    @Test(arguments: [TIFFWriter.Compression.none, .lzw, .deflate, .packBits, .group4, .group3, .jpeg])
    func stripThatEndsEarlyKeepsTheRowsThatAreThere(_ compression: TIFFWriter.Compression) throws {
        let raster = Raster.sample(compression == .jpeg ? .grey : .bitonal, height: 400)
        let whole = try scratch.tiff { try $0.append(raster, dpi: nil, compression: compression) }
        var bytes = try FileBytes.all(ofFileAt: whole)
        // The directory moves to the front of the data it describes: the strip then runs past the end of the file.
        let directory = Int(bytes[4]) | Int(bytes[5]) << 8 | Int(bytes[6]) << 16
        let tail = Array(bytes[directory...])
        let cut = directory * 6 / 10
        let moved = (8 + tail.count + 1) / 2 * 2
        bytes = relocated(head: Array(bytes[..<8]), directory: tail, by: 8 - directory) + [UInt8](repeating: 0, count: moved - 8 - tail.count) + Array(bytes[8..<cut])
        setStripOffset(&bytes, moved)
        let frame = try decode(scratch.file(bytes))
        let finding = try #require(frame.page.findings.first { $0.id == "frame.damaged" })
        #expect(finding.severity == .block)
        let perRow = raster.bytesPerRow
        let good = (0..<400).count { frame.raster.bytes[$0 * perRow..<($0 + 1) * perRow] == raster.bytes[$0 * perRow..<($0 + 1) * perRow] }
        #expect(compression == .jpeg || good > 50)
        let white: UInt8 = raster.mode == .bitonal ? 0 : 255
        #expect(compression == .jpeg || frame.raster.bytes[(399 * perRow)...].allSatisfy { $0 == white })
    }

    /// Moves a directory and the values it points to by an offset.
    private func relocated(head: [UInt8], directory: [UInt8], by shift: Int) -> [UInt8] {
        var bytes = head
        bytes[4] = 8; bytes[5] = 0; bytes[6] = 0
        var body = directory
        let sizes = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8]
        for i in 0..<Int(body[0]) {
            let at = 2 + 12 * i
            let type = Int(body[at + 2]), count = Int(body[at + 4]) | Int(body[at + 5]) << 8
            guard (sizes[type] ?? 1) * count > 4 else { continue }
            let offset = (Int(body[at + 8]) | Int(body[at + 9]) << 8 | Int(body[at + 10]) << 16) + shift
            for b in 0..<3 { body[at + 8 + b] = UInt8(truncatingIfNeeded: offset >> (8 * b)) }
        }
        return bytes + body
    }

    private func setStripOffset(_ bytes: inout [UInt8], _ offset: Int) {
        for i in 0..<Int(bytes[8]) {
            let at = 10 + 12 * i
            guard Int(bytes[at]) | Int(bytes[at + 1]) << 8 == 273 else { continue }
            bytes[at + 2] = 4
            for b in 0..<4 { bytes[at + 8 + b] = UInt8(truncatingIfNeeded: offset >> (8 * b)) }
        }
    }

    @Test func directoriesInACircleEnd() throws {
        let path = try scratch.tiff { for _ in 0..<2 { try $0.append(.sample(.grey), dpi: nil, compression: .lzw) } }
        var bytes = try FileBytes.all(ofFileAt: path)
        let first = Array(bytes[4..<8])
        bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: first)
        let last = try TIFFDirectories(path: path, limit: 10).entries[1].offset
        let end = last + 2 + 12 * Int(bytes[last])
        bytes.replaceSubrange(end..<end + 4, with: first)
        let found = survey(scratch.file(bytes))
        #expect(found.frames.count == 2)
        #expect(found.findings.map(\.id) == ["file.truncated"])
    }

    @Test func sameCallsWriteSameBytes() throws {
        func bytes(_ name: String) throws -> [UInt8] {
            var writer = try TIFFWriter(path: scratch.path(name))
            for compression in TIFFWriter.Compression.allCases where compression != .jpeg {
                try writer.append(.sample(.bitonal), dpi: Resolution(x: 300, y: 300), compression: compression)
            }
            try writer.append(.sample(.colour), dpi: nil, compression: .jpeg)
            try writer.close()
            return try FileBytes.all(ofFileAt: scratch.path(name))
        }
        #expect(try bytes("a.tif") == bytes("b.tif"))
    }
}
