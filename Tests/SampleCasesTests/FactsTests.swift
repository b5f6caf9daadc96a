import Testing
import Typesetting

@testable import SampleCases

@Test func nobodyLivesInARealRegion() {
    for seed in 0..<20 {
        let facts = CaseFacts(seed: UInt64(seed))
        for person in [facts.suspect, facts.accomplice, facts.victim, facts.expert] + facts.witnesses + facts.officers {
            #expect(person.identity.hasPrefix("99") && person.identity.count == 18)
            #expect(person.phone.hasPrefix("120") && person.phone.count == 11)
        }
    }
}

@Test func daysAreCountedAcrossLeapYears() {
    #expect(Day(year: 2024, month: 2, day: 28).adding(2).iso == "2024-03-01")
    #expect(Day(year: 2023, month: 12, day: 31).adding(1).iso == "2024-01-01")
    #expect(Day(year: 2024, month: 3, day: 1).adding(-366).iso == "2023-03-01")
    #expect(Day(year: 2024, month: 10, day: 21).chinese == "二〇二四年十月二十一日")
    var day = Day(year: 1999, month: 12, day: 30)
    for _ in 0..<1500 { day = day.adding(1) }
    #expect(day.iso == "2004-02-07")
}

@Test func aFullCaseHasTwentyKindsOfPapers() {
    let plan = CasePlan(seed: 5, pages: 120, texts: nil)
    let kinds = Set(plan.volumes.flatMap(\.documents).map { document in
        ["讯问笔录", "询问笔录", "辨认笔录"].first { document.title.hasSuffix($0) } ?? document.title
    })
    #expect(kinds.count >= 20, "\(kinds.sorted())")
    #expect(plan.volumes.flatMap(\.documents).allSatisfy { (1...8).contains($0.pages.count) })
}

@Test func thePlannedSizeIsMetWithinOneDocument() {
    for pages in [12, 40, 150, 600] {
        let plan = CasePlan(seed: 9, pages: pages, texts: nil)
        let count = plan.volumes.flatMap(\.documents).reduce(0) { $0 + $1.pages.count }
        #expect(abs(count - pages) <= 8 + 5 * plan.volumes.count, "\(pages) wanted, \(count) made")
    }
}

@Test func thePrintedCatalogueNamesTheFoliosThatAreStamped() {
    let plan = CasePlan(seed: 4, pages: 60, texts: nil)
    for volume in plan.volumes {
        var folio = 1
        let printed = Set(volume.documents[1].pages.flatMap { $0.layout.textLines.map(\.text) })
        for document in volume.documents where document.hasFolio {
            #expect(printed.contains("\(folio)") || printed.contains("\(folio)-\(folio + document.pages.count - 1)"))
            folio += document.pages.count
        }
    }
}

/// Large cases have more than a hundred statements of one person.
@Test func numeralsGoBeyondAHundred() {
    let numerals = [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (104, "一百零四"), (110, "一百一十"), (111, "一百一十一"), (230, "二百三十"),
    ]
    for (value, text) in numerals { #expect(Day.numeral(value) == text) }
}
