import DossierModel
@testable import Imaging
import Testing

@Suite struct KeptBlocksTests {
    private func kept(_ boxes: PixelRect...) -> KeptBlocks {
        var kept = KeptBlocks(of: PixelSize(width: 1000, height: 1500))
        for box in boxes { kept.keep(box) }
        return kept
    }

    @Test func everySquareThatABoxTouchesIsKept() {
        let kept = kept(PixelRect(x: 20, y: 40, width: 30, height: 10))
        #expect(kept.runs == [PixelRect(x: 16, y: 32, width: 48, height: 16), PixelRect(x: 16, y: 48, width: 48, height: 16)])
        #expect(kept.covers(PixelRect(x: 16, y: 32, width: 48, height: 32)) && !kept.covers(PixelRect(x: 15, y: 32, width: 48, height: 32)))
        #expect(kept.touches(PixelRect(x: 0, y: 0, width: 17, height: 33)) && !kept.touches(PixelRect(x: 0, y: 0, width: 16, height: 33)))
    }

    @Test func squaresAtTheEdgeEndWithThePage() {
        let kept = kept(PixelRect(x: 990, y: 1490, width: 10, height: 10))
        #expect(kept.runs.last == PixelRect(x: 976, y: 1488, width: 24, height: 12))
        #expect(!kept.contains(column: 63, row: 93) && !kept.contains(column: -1, row: 0))
    }

    @Test func neighboursShareAPictureAndWhatLiesFarApartDoesNot() {
        let near = kept(PixelRect(x: 0, y: 0, width: 16, height: 16), PixelRect(x: 64, y: 64, width: 16, height: 16))
        #expect(near.pictures.map(\.box) == [PixelRect(x: 0, y: 0, width: 80, height: 80)])
        let far = kept(PixelRect(x: 0, y: 0, width: 16, height: 16), PixelRect(x: 980, y: 1480, width: 16, height: 16))
        #expect(far.pictures.count == 2)
    }

    @Test func picturesHoldEveryKeptSquareOnce() {
        var random = SplitMix64(seed: 51)
        var kept = KeptBlocks(of: PixelSize(width: 1654, height: 2339))
        for _ in 0..<60 {
            kept.keep(PixelRect(x: Int(random.next() % 1600), y: Int(random.next() % 2300), width: 48, height: 48))
        }
        let pictures = kept.pictures
        let held = pictures.flatMap { picture in
            (0..<kept.rows).flatMap { row in (0..<kept.columns).filter { picture.squares.contains(column: $0, row: row) }.map { [$0, row] } }
        }
        #expect(Set(held).count == held.count)
        #expect(held.allSatisfy { kept.contains(column: $0[0], row: $0[1]) } && Double(held.count) == (kept.share * Double(kept.columns * kept.rows)).rounded())
        #expect(pictures.allSatisfy { picture in picture.squares.runs.allSatisfy { $0.x >= picture.box.x && $0.y >= picture.box.y } })
        #expect(pictures.count < 60)
    }
}
