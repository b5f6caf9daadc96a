/// A sample of a page's pixels, each with the pixels around it: what a template could tell about them.
///
/// Only pixels that have something black close by are taken, as the others cost next to nothing with any template.
struct Neighbourhoods {
    /// For each pixel what lies around it in its own row and the three above: 16 bits a row, the own row lowest; in each
    /// the pixel at `x + 7` is the lowest bit, the one at `x − 8` the highest.
    private(set) var near: [UInt64] = []
    /// The same for rows 4 to 7 above.
    private(set) var far: [UInt64] = []
    /// So many pixels of the page stand behind each of the sample, in 1/256.
    private(set) var weight = 256

    var count: Int { near.count }

    /// All places in a neighbourhood that an adaptive pixel may take.
    static let places: [AdaptivePixel] = (-7...0).flatMap { y in (-8...(y < 0 ? 7 : -1)).map { AdaptivePixel($0, y) } }

    /// Where a place stands in a neighbourhood: bits 0…63 are `near`, 64…127 `far`.
    static func bit(_ place: AdaptivePixel) -> Int { -place.y * 16 + 7 - place.x }

    /// The pixel itself.
    static let own = 7

    /// Takes whole rows, spread over the page, until there are `target` pixels.
    init(_ bitmap: BitmapRows, target: Int) {
        near.reserveCapacity(target + bitmap.width)
        far.reserveCapacity(target + bitmap.width)
        let step = Self.step(bitmap.height)
        var taken = 0, y = 0
        while taken < bitmap.height, count < target {
            add(row: y, of: bitmap)
            taken += 1
            y = (y + step) % bitmap.height
        }
        weight = bitmap.height * 256 / taken
    }

    /// Near the golden section of the height, which spreads any number of rows evenly, and prime to it, so that every
    /// row has its turn.
    private static func step(_ height: Int) -> Int {
        var step = max(1, height * 618 / 1000)
        while greatestCommonDivisor(step, height) != 1 { step += 1 }
        return step
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : greatestCommonDivisor(b, a % b) }

    private mutating func add(row y: Int, of bitmap: BitmapRows) {
        for x in stride(from: 0, to: bitmap.width, by: Block<Shape0>.pixels) {
            let block = Block<Shape0>(higher: bitmap.around(x, y - 2), above: bitmap.around(x, y - 1), here: bitmap.around(x, y))
            guard !block.isWhite else { continue }
            let busy = block.busy & Block<Shape0>.leading(min(Block<Shape0>.pixels, bitmap.width - x))
            if busy != 0 { add(busy, x, y, bitmap) }
        }
    }

    @inline(__always)
    private mutating func add(_ busy: UInt64, _ x: Int, _ y: Int, _ bitmap: BitmapRows) {
        let low = (bitmap.around(x, y), bitmap.around(x, y - 1), bitmap.around(x, y - 2), bitmap.around(x, y - 3))
        let high = (bitmap.around(x, y - 4), bitmap.around(x, y - 5), bitmap.around(x, y - 6), bitmap.around(x, y - 7))
        var left = busy
        while left != 0 {
            let at = left.leadingZeroBitCount
            left &= UInt64.max >> UInt64(truncatingIfNeeded: at &+ 1)
            near.append(Self.packed(low, at))
            far.append(Self.packed(high, at))
        }
    }

    /// The pixel stands at bit 55 − `at` of each row; the one 7 to its right comes to bit 0.
    @inline(__always)
    private static func packed(_ rows: (UInt64, UInt64, UInt64, UInt64), _ at: Int) -> UInt64 {
        let shift = UInt64(truncatingIfNeeded: 48 &- at)
        return (rows.0 &>> shift & 0xFFFF) | (rows.1 &>> shift & 0xFFFF) &<< 16 | (rows.2 &>> shift & 0xFFFF) &<< 32
            | (rows.3 &>> shift) &<< 48
    }
}
