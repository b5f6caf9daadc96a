import DossierModel
import Testing

@testable import Cataloguing

@Suite struct TitleTableTests {
    @Test func tableHoldsTheTitlesOfTheField() {
        let codes = TitleTable.titles.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(TitleTable.titles.count > 240)
        for rank in [1, 9, 50, 98, 105, 106, 114, 173, 178] { #expect(TitleTable.titles.contains { $0.rank == rank }) }
    }

    @Test func everyNameFindsItself() {
        for title in TitleTable.titles {
            for name in title.names {
                let match = TitleIndex.standard.match(name.compacted)
                #expect(match?.name.shown == name && match?.quality == 1, "\(title.code) \(name)")
            }
        }
    }

    @Test func everyLongNameSurvivesOneWrongCharacter() {
        for title in TitleTable.titles {
            for name in title.names where name.count >= 5 {
                for at in name.compacted.indices {
                    var read = name.compacted
                    read[at] = "囗"
                    let match = TitleIndex.standard.match(read)
                    let near = match.map { [$0.name] + $0.rivals } ?? []
                    #expect(near.contains { $0.shown == name }, "\(String(read))")
                }
            }
        }
    }

    @Test func placeholdersAndNumeralsAreRead() {
        #expect(Numeral.value("二十一".compacted) == 21)
        #expect(Numeral.value("十".compacted) == 10)
        #expect(Numeral.value("l2".compacted) == 12)
        #expect(Numeral.value("".compacted) == nil)
    }
}
