import DossierModel
import Foundation

/// The three squares in the corners of QR codes, whose middle line has dark and light in the proportion 1 : 1 : 3 : 1 : 1
/// whichever way it runs (ISO/IEC 18004 §6.3.3): found in noise that keeps a code from being read, so that it is looked at
/// closer, and asked about where that does not help.
struct FinderPatterns {
    private struct Square {
        var x: Double
        var y: Double
        /// Pixels.
        var module: Double
        var lines = 1
    }

    /// Boxes of codes, pixels of the picture.
    let codes: [PixelRect]

    /// Each run may be off by so much of a module, at least one pixel.
    private static let tolerance = 0.5
    /// A square of seven modules is crossed by three of them; every second line is looked at.
    private static let fewestLines = 2
    private static let leastModule = 1.2

    /// - Parameter picture: grey; noise reduced.
    init(in picture: Raster) {
        precondition(picture.mode == .grey, "squares are sought in grey")
        let threshold = Self.threshold(picture)
        var squares: [Square] = []
        unsafe picture.bytes.withUnsafeBufferPointer { pixels in
            let page = unsafe Dark(pixels: pixels, width: picture.width, height: picture.height, threshold: threshold)
            for y in stride(from: 0, to: picture.height, by: 2) { Self.search(row: y, of: page, &squares) }
        }
        codes = Self.codes(squares.filter { $0.lines >= Self.fewestLines })
    }

    /// Halfway between the darkest fiftieth and the middle of the picture, which is paper.
    private static func threshold(_ picture: Raster) -> UInt8 {
        var histogram = [Int](repeating: 0, count: 256)
        for at in stride(from: 0, to: picture.bytes.count, by: 7) { histogram[Int(picture.bytes[at])] += 1 }
        let count = histogram.reduce(0, +)
        func level(_ share: Double) -> Int {
            var left = Int(Double(count) * share)
            return histogram.firstIndex { left -= $0; return left < 0 } ?? 255
        }
        return UInt8((level(0.02) + level(0.5)) / 2)
    }

    private static func search(row y: Int, of page: Dark, _ squares: inout [Square]) {
        // The last five runs, ending with a dark one.
        var runs = [0, 0, 0, 0, 0], isDark = false
        for x in 0...page.width {
            let dark = x < page.width && page.isDark(x, y)
            if dark == isDark, x < page.width { runs[4] += 1; continue }
            if isDark, let module = module(runs) {
                let middle = x - runs[4] - runs[3] - runs[2] / 2 - 1
                if let square = square(middle, y, module, page) { note(square, &squares) }
            }
            runs.removeFirst()
            runs.append(1)
            isDark = dark
        }
    }

    /// Width of a module where five runs are those of a square.
    private static func module(_ runs: [Int]) -> Double? {
        let module = Double(runs.reduce(0, +)) / 7
        guard module >= leastModule else { return nil }
        let off = max(1, tolerance * module)
        return zip(runs, [1.0, 1, 3, 1, 1]).allSatisfy { abs(Double($0) - $1 * module) <= ($1 == 3 ? 2 : 1) * off } ? module : nil
    }

    /// The same proportion down through the middle.
    private static func square(_ x: Int, _ y: Int, _ module: Double, _ page: Dark) -> Square? {
        guard page.isDark(x, y) else { return nil }
        let up = page.runs(from: x, y, step: -1, longest: Int(5 * module)), down = page.runs(from: x, y, step: 1, longest: Int(5 * module))
        guard up.count == 3, down.count == 3, let other = Self.module([up[2], up[1], up[0] + down[0] - 1, down[1], down[2]]) else { return nil }
        guard abs(other - module) <= 0.4 * max(other, module) else { return nil }
        return Square(x: Double(x), y: Double(y) + Double(down[0] - up[0]) / 2, module: (module + other) / 2)
    }

    private static func note(_ square: Square, _ squares: inout [Square]) {
        guard let at = squares.firstIndex(where: { hypot($0.x - square.x, $0.y - square.y) <= 2.5 * square.module }) else { return squares.append(square) }
        squares[at].lines += 1
    }

    /// Three squares of one size at the corners of half a square.
    private static func codes(_ squares: [Square]) -> [PixelRect] {
        guard squares.count >= 3, squares.count <= mostSquares else { return [] }
        var codes: [PixelRect] = []
        for corner in squares.indices {
            for first in squares.indices where first != corner {
                for second in squares.indices where second > first && second != corner {
                    if let code = code(squares[corner], squares[first], squares[second]), !codes.contains(where: { $0.meets(code) }) { codes.append(code) }
                }
            }
        }
        return codes
    }

    /// A page with more is full of something else.
    private static let mostSquares = 24

    private static func code(_ corner: Square, _ a: Square, _ b: Square) -> PixelRect? {
        let modules = [corner.module, a.module, b.module]
        guard modules.max()! <= 1.35 * modules.min()! else { return nil }
        let (ax, ay, bx, by) = (a.x - corner.x, a.y - corner.y, b.x - corner.x, b.y - corner.y)
        let (la, lb) = (hypot(ax, ay), hypot(bx, by))
        // Between the middles of two squares lie 14 modules of the smallest code, 170 of the largest.
        guard la >= 12 * corner.module, la <= 175 * corner.module, abs(la - lb) <= 0.1 * max(la, lb), abs(ax * bx + ay * by) <= 0.12 * la * lb else { return nil }
        let margin = 4 * corner.module
        let xs = [corner.x, a.x, b.x, a.x + bx], ys = [corner.y, a.y, b.y, a.y + by]
        let (left, top) = (Int(xs.min()! - margin), Int(ys.min()! - margin))
        return PixelRect(x: left, y: top, width: Int(xs.max()! + margin) - left, height: Int(ys.max()! + margin) - top)
    }
}

/// A picture in black and white.
@safe private struct Dark {
    let pixels: UnsafeBufferPointer<UInt8>
    let width: Int
    let height: Int
    let threshold: UInt8

    @inline(__always)
    func isDark(_ x: Int, _ y: Int) -> Bool { unsafe pixels[y &* width &+ x] < threshold }

    /// Lengths of dark, light and dark from a dark pixel on, up or down; fewer where the picture or patience ends.
    func runs(from x: Int, _ y: Int, step: Int, longest: Int) -> [Int] {
        var (runs, length, dark, at) = ([Int](), 0, true, y)
        while at >= 0, at < height, length <= longest, runs.count < 3 {
            if isDark(x, at) != dark {
                runs.append(length)
                (length, dark) = (0, !dark)
                continue
            }
            length += 1
            at += step
        }
        if runs.count == 2, length > 0, length <= longest { runs.append(length) }
        return runs
    }
}
