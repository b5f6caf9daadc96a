import DossierModel
import Testing

@Suite struct PageGeometryTests {
    @Test(arguments: QuarterTurn.allCases, [0.0, 1.5, -3.2])
    func goingThereAndBackEndsAtTheSamePoint(turn: QuarterTurn, skew: Double) {
        let geometry = PageGeometry(source: PixelSize(width: 2480, height: 3508), rotation: turn, skew: skew)
        let start = PixelPoint(x: 123, y: 3001)
        let back = geometry.sourcePoint(ofUpright: geometry.uprightPoint(ofSource: start))
        #expect(abs(back.x - start.x) < 1e-6 && abs(back.y - start.y) < 1e-6)
    }

    @Test func aClockwiseQuarterTurnBringsTheLeftBottomCornerToTheTopLeft() {
        let geometry = PageGeometry(source: PixelSize(width: 100, height: 200), rotation: .clockwise90)
        #expect(geometry.upright == PixelSize(width: 200, height: 100))
        #expect(geometry.uprightPoint(ofSource: PixelPoint(x: 0, y: 200)) == PixelPoint(x: 0, y: 0))
        #expect(geometry.uprightPoint(ofSource: PixelPoint(x: 0, y: 0)) == PixelPoint(x: 200, y: 0))
    }

    @Test func aLineTiltedClockwiseBecomesLevel() {
        // Clockwise tilt in pixels (y down): the right end lies lower.
        let geometry = PageGeometry(source: PixelSize(width: 1000, height: 1000), skew: 2)
        let left = geometry.uprightPoint(ofSource: PixelPoint(x: 100, y: 500 - 400 * 0.034920769))
        let right = geometry.uprightPoint(ofSource: PixelPoint(x: 900, y: 500 + 400 * 0.034920769))
        #expect(abs(left.y - right.y) < 1e-4)
    }

    @Test func aBoxIsCutToTheImage() {
        let quad = Quad(PixelRect(x: -5, y: 10, width: 50, height: 20))
        #expect(quad.boundingBox(within: PixelSize(width: 30, height: 100)) == PixelRect(x: 0, y: 10, width: 30, height: 20))
    }
}

@Suite struct UprightBoxTests {
    @Test(arguments: QuarterTurn.allCases, [0.0, 0.4, -2.5, 6])
    func theBoundingBoxOfALineGivesTheLineBack(turn: QuarterTurn, skew: Double) {
        let geometry = PageGeometry(source: PixelSize(width: 2480, height: 3508), rotation: turn, skew: skew)
        let line = Quad(PixelRect(x: 700, y: 900, width: 900, height: 60))
        let recorded = line.map(geometry.sourcePoint(ofUpright:)).boundingBox(within: geometry.source)
        let back = geometry.uprightQuad(ofSource: recorded)
        for (found, expected) in zip(back.corners, line.corners) {
            #expect(abs(found.x - expected.x) < 2.5 && abs(found.y - expected.y) < 2.5, "\(found) for \(expected)")
        }
    }

    @Test func aBoxThatNoTiltedLineHasIsGivenAsItIs() {
        let geometry = PageGeometry(source: PixelSize(width: 1000, height: 1000), skew: 10)
        let quad = geometry.uprightQuad(ofSource: PixelRect(x: 100, y: 100, width: 500, height: 5))
        #expect(abs(quad.topRight.x - quad.topLeft.x - 500) < 1e-6)
    }
}
