import DossierModel
import Foundation
import Hashing

/// What a page looks like on a screen, before it is made: where its pixels are, how they lie, and the name all that gives.
struct RenditionPlan: Sendable {
    let file: SHA256Digest
    let fileName: String
    let frame: Int
    let geometry: PageGeometry
    /// Of the pixels, the turn, the tilt, the width and the coder's version: another picture has another key.
    let key: SHA256Digest

    /// Raised whenever the same input may give another picture.
    private static let coderVersion = 2

    /// nil for what has no picture.
    init?(_ entry: PageTable.Entry) {
        guard let raster = entry.rasterSHA256, let geometry = entry.geometry else { return nil }
        file = entry.fileSHA256
        fileName = entry.file
        frame = entry.frame
        self.geometry = geometry
        let facts = "\(raster.hex) \(geometry.rotation.rawValue) \(geometry.skew) \(Self.width(of: geometry.upright)) \(Self.coderVersion)"
        key = SHA256Digest(of: facts)
    }

    /// In the address of the picture.
    var name: String { String(key.hex.prefix(24)) }

    /// From scanned pixels to pixels of the rendition; never above 1.
    var scale: Double { Double(Self.width(of: geometry.upright)) / Double(geometry.upright.width) }

    /// How many times smaller each way the decoded pixels may come: the largest power of two, up to 8, that leaves enough.
    var reduction: Int { [8, 4, 2].first { scale * Double($0) <= 1 } ?? 1 }

    /// From decoded pixels, reduced or not, to pixels of the rendition.
    func scale(ofDecoded width: Int) -> Double {
        let left = scale * Double(geometry.source.width) / Double(width)
        // A side that was rounded up is not worth scaling again.
        return abs(left - 1) * Double(width) < 1 ? 1 : left
    }

    /// A whole fraction of the scanned width where one lies between 1,240 and 1,600 pixels, since averaging whole pixels
    /// keeps strokes crisp (300 dpi A4 gives 1,240); else 1,400; never more than was scanned.
    static func width(of upright: PixelSize) -> Int {
        for part in 1...8 where upright.width.isMultiple(of: part) && (1240...1600).contains(upright.width / part) {
            return upright.width / part
        }
        return min(upright.width, 1400)
    }
}
