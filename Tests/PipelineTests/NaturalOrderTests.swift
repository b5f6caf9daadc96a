import Testing

@testable import Pipeline

@Suite struct NaturalOrderTests {
    @Test func twoComesBeforeTen() {
        let names = ["10.tif", "2.tif", "1.tif", "02.tif", "a10b2.tif", "a10b10.tif", "a9.tif"]
        #expect(names.sorted(by: NaturalOrder.precedes) == ["1.tif", "02.tif", "2.tif", "10.tif", "a9.tif", "a10b2.tif", "a10b10.tif"])
    }

    @Test func foldersAreComparedPartByPart() {
        let names = ["b/1.tif", "a/10.tif", "a/2.tif", "a b/1.tif", "0.tif"]
        #expect(names.sorted(by: NaturalOrder.precedes) == ["0.tif", "a/2.tif", "a/10.tif", "a b/1.tif", "b/1.tif"])
    }

    @Test func numbersLongerThanAnyIntegerTypeKeepTheirOrder() {
        let small = "9" + String(repeating: "0", count: 40)
        let large = "1" + String(repeating: "0", count: 41)
        #expect(NaturalOrder.precedes(small, large))
        #expect(!NaturalOrder.precedes(large, small))
    }

    @Test func theOrderIsTotal() {
        let names = ["1", "01", "001", "1a", "a1", "a01", "第1册", "第10册", "第2册", ""]
        for a in names {
            for b in names where a != b {
                #expect(NaturalOrder.precedes(a, b) != NaturalOrder.precedes(b, a), "\(a) / \(b)")
            }
        }
    }
}
