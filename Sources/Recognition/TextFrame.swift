internal import DossierModel
import Foundation

/// A rectangle around a line of text, possibly tilted. Pixels.
struct TextFrame: Equatable {
    var centre: PixelPoint
    /// Unit vector of the reading direction; “down” of the letters is this turned a quarter clockwise.
    var along: PixelPoint
    /// Extent in reading direction.
    var width: Double
    /// Extent across it.
    var height: Double
    /// Mean text probability inside, 0…1.
    var score: Double

    /// An upright frame.
    init(left: Double, top: Double, right: Double, bottom: Double, score: Double) {
        centre = PixelPoint(x: (left + right) / 2, y: (top + bottom) / 2)
        along = PixelPoint(x: 1, y: 0)
        width = right - left
        height = bottom - top
        self.score = score
    }

    init(centre: PixelPoint, along: PixelPoint, width: Double, height: Double, score: Double) {
        self.centre = centre
        self.along = along
        self.width = width
        self.height = height
        self.score = score
    }

    /// The frame whose quad this is.
    init(_ quad: Quad) {
        let across = (x: quad.topRight.x - quad.topLeft.x, y: quad.topRight.y - quad.topLeft.y)
        let down = (x: quad.bottomLeft.x - quad.topLeft.x, y: quad.bottomLeft.y - quad.topLeft.y)
        width = (across.x * across.x + across.y * across.y).squareRoot()
        height = (down.x * down.x + down.y * down.y).squareRoot()
        centre = PixelPoint(x: (quad.topLeft.x + quad.bottomRight.x) / 2, y: (quad.topLeft.y + quad.bottomRight.y) / 2)
        along = width > 0 ? PixelPoint(x: across.x / width, y: across.y / width) : PixelPoint(x: 1, y: 0)
        score = 1
    }

    /// Where the text begins: the top left corner, seen in reading direction.
    var corner: PixelPoint {
        PixelPoint(
            x: centre.x - along.x * width / 2 + along.y * height / 2,
            y: centre.y - along.y * width / 2 - along.x * height / 2)
    }

    var quad: Quad {
        func at(_ u: Double, _ v: Double) -> PixelPoint {
            PixelPoint(
                x: centre.x + along.x * width * u - along.y * height * v,
                y: centre.y + along.y * width * u + along.x * height * v)
        }
        return Quad(
            topLeft: at(-0.5, -0.5), topRight: at(0.5, -0.5), bottomRight: at(0.5, 0.5), bottomLeft: at(-0.5, 0.5))
    }

    /// The frame grown by `distance` on every side.
    func grown(by distance: Double) -> TextFrame {
        var frame = self
        frame.width += 2 * distance
        frame.height += 2 * distance
        return frame
    }

    /// The same rectangle read a quarter turn clockwise of before: top to bottom instead of left to right.
    func turnedClockwise() -> TextFrame {
        TextFrame(centre: centre, along: PixelPoint(x: -along.y, y: along.x), width: height, height: width, score: score)
    }

    /// The same rectangle read from the other end.
    func turnedHalf() -> TextFrame {
        TextFrame(centre: centre, along: PixelPoint(x: -along.x, y: -along.y), width: width, height: height, score: score)
    }

    /// Upright extent.
    var left: Double { centre.x - (abs(along.x) * width + abs(along.y) * height) / 2 }
    var right: Double { centre.x + (abs(along.x) * width + abs(along.y) * height) / 2 }
    var top: Double { centre.y - (abs(along.y) * width + abs(along.x) * height) / 2 }
    var bottom: Double { centre.y + (abs(along.y) * width + abs(along.x) * height) / 2 }

    /// From pixels of a reduced image to those of the page, `x` and `y` times as large.
    func scaled(x: Double, y: Double) -> TextFrame {
        let vector = PixelPoint(x: along.x * x, y: along.y * y)
        let length = (vector.x * vector.x + vector.y * vector.y).squareRoot()
        return TextFrame(
            centre: PixelPoint(x: centre.x * x, y: centre.y * y), along: PixelPoint(x: vector.x / length, y: vector.y / length),
            width: width * length, height: height * (x * y) / length, score: score)
    }
}
