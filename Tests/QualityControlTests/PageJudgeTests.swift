import DossierModel
import QualityControl
import Testing

private let digest = SHA256Digest(hex: String(repeating: "a", count: 64))!

/// A good A4 page in grey at 300 dpi, unless told otherwise.
private func record(
    _ image: Int = 1, raster: SHA256Digest? = digest, dpi: Double = 300, width: Int = 2480, height: Int = 3508, mode: ColourMode = .grey,
    disposition: Disposition = .page, quality: PageMeasures? = PageMeasures(paper: 240, ink: 30)
) -> PageRecord {
    PageRecord(
        image: image, file: "a.tif", frame: image, fileSHA256: digest, rasterSHA256: raster, disposition: disposition, score: 1, rotation: .none,
        skew: 0, dpi: Resolution(x: dpi, y: dpi), size: PixelSize(width: width, height: height), mode: mode, volume: 1, document: nil, folio: nil,
        lines: [], findings: [], quality: quality)
}

private func own(_ number: Int) -> SHA256Digest {
    let digits = String(number, radix: 16)
    return SHA256Digest(hex: String(repeating: "0", count: 64 - digits.count) + digits)!
}

@Suite struct PageJudgeTests {
    private func ids(_ page: PageRecord, _ limits: Settings.Quality = Settings.Quality()) -> [String] {
        PageJudge(limits).findings(of: page).map(\.id)
    }

    @Test func aGoodPageHasNothing() { #expect(ids(record()).isEmpty) }

    @Test(arguments: [
        ("page.dark", PageMeasures(paper: 90, ink: 10)), ("page.contrast", PageMeasures(paper: 240, ink: 190)),
        ("page.bright", PageMeasures(paper: 255, ink: 190, clipped: 0.9)), ("page.blur", PageMeasures(paper: 240, ink: 60, edgeWidth: 0.6)),
        ("page.show-through", PageMeasures(paper: 240, ink: 30, showThrough: 0.4)),
        ("page.border", PageMeasures(paper: 240, ink: 30, rim: .init(top: 0, right: 12, bottom: 0, left: 0))),
        ("page.cut", PageMeasures(paper: 240, ink: 30, cut: .init(top: 0, right: 0, bottom: 0, left: 14))),
        ("page.fold", PageMeasures(paper: 240, ink: 30, fold: PixelRect(x: 0, y: 0, width: 200, height: 200))),
        ("page.streak", PageMeasures(paper: 240, ink: 30, streak: .init(place: PixelRect(x: 9, y: 0, width: 2, height: 3508), share: 1))),
        ("page.colour.lost", PageMeasures(paper: 240, ink: 30, ring: .init(place: PixelRect(x: 9, y: 9, width: 496, height: 496), share: 0.9))),
        ("page.skew", PageMeasures(paper: 240, ink: 30, tilt: 1.4, tiltVerdict: .yes)),
        ("page.skew.unsure", PageMeasures(paper: 240, ink: 30, tilt: 1.4, tiltVerdict: .ask)),
    ])
    func everyFaultHasOneFindingWithItsName(id: String, measures: PageMeasures) throws {
        let findings = PageJudge(Settings.Quality()).findings(of: record(quality: measures))
        let finding = try #require(findings.first)
        #expect(findings.map(\.id) == [id])
        #expect(try #require(finding.score) >= 0.5 && !finding.remedy.isEmpty)
    }

    @Test func theLimitsAreTheSettings() {
        var limits = Settings.Quality()
        let page = record(quality: PageMeasures(paper: 240, ink: 60, edgeWidth: 0.6))
        #expect(ids(page, limits) == ["page.blur"])
        limits.blur = 0.7
        #expect(ids(page, limits).isEmpty)
        limits.minimumDPI = 400
        #expect(ids(page, limits) == ["page.dpi.low"])
    }

    @Test func aPageThatIsPlainlyCutBlocks() {
        func severity(_ pieces: Int) -> Finding.Severity? {
            let measures = PageMeasures(paper: 240, ink: 30, cut: .init(top: pieces, right: 0, bottom: 0, left: 0))
            return PageJudge(Settings.Quality()).findings(of: record(quality: measures)).first?.severity
        }
        #expect(severity(2) == nil && severity(5) == .warn && severity(20) == .block)
    }

    @Test func blanksAndPlaceholdersAreNotJudged() {
        let bad = PageMeasures(paper: 20, ink: 10)
        #expect(ids(record(disposition: .blank, quality: bad)).isEmpty)
        #expect(ids(record(raster: nil, dpi: 72, quality: nil)).isEmpty)
    }

    @Test func whatAnEarlierVersionDidNotMeasureIsJudgedByItsRecordAlone() { #expect(ids(record(dpi: 96, quality: nil)) == ["page.dpi.low"]) }
}

@Suite struct WhiteBlankTests {
    private func pages(paper: Int) -> [PageRecord] {
        (1...5).map { record($0, raster: own($0), mode: .grey, quality: PageMeasures(paper: paper, ink: 30)) }
            + [record(6, raster: own(6), mode: .grey, disposition: .blank, quality: PageMeasures(paper: 255, clipped: 1))]
    }

    @Test func aBlankWhiterThanThePaperOfItsCaseIsAskedAbout() {
        #expect(WhiteBlanks.findings(in: pages(paper: 243)).map(\.image) == [6])
        #expect(WhiteBlanks.findings(in: pages(paper: 255)).isEmpty, "there paper is white as a rule")
        #expect(WhiteBlanks.findings(in: Array(pages(paper: 243).suffix(3))).isEmpty, "too few to tell")
    }

    @Test func aBlankAsWhiteAsThePageBeforeItIsNotAskedAboutWhereThatKeptItsPrint() {
        func asked(_ before: PageMeasures, mode: ColourMode = .grey, disposition: Disposition = .page, image: Int = 5) -> Bool {
            var records = pages(paper: 243)
            records[4] = record(image, raster: own(5), mode: mode, disposition: disposition, quality: before)
            return WhiteBlanks.findings(in: records).contains { $0.image == 6 }
        }
        #expect(!asked(PageMeasures(paper: 255, ink: 40)))
        #expect(asked(PageMeasures(paper: 248, ink: 40)), "its paper is less white")
        #expect(asked(PageMeasures(paper: 255, ink: 150)), "its print went pale, too")
        #expect(asked(PageMeasures(paper: 255)), "nothing is printed there")
        #expect(asked(PageMeasures(paper: 255, ink: 0), mode: .bitonal), "all paper is white in black and white")
        #expect(asked(PageMeasures(paper: 255, clipped: 1), disposition: .blank) && asked(PageMeasures(paper: 255, ink: 40), image: 4))
    }

    @Test func aPageOfMereTracesWhiterThanThePaperOfItsCaseIsTooBright() {
        func findings(_ measures: PageMeasures) -> [String] {
            WhiteBlanks.findings(in: pages(paper: 243).dropLast() + [record(6, raster: own(6), mode: .grey, quality: measures)]).map(\.finding.id)
        }
        #expect(findings(PageMeasures(paper: 255, clipped: 0.98)) == ["page.bright"])
        #expect(findings(PageMeasures(paper: 255, ink: 40, clipped: 0.98)).isEmpty, "there is ink on it")
        #expect(findings(PageMeasures(paper: 246, clipped: 0.2)).isEmpty, "paper as the others have it")
    }
}

@Suite struct VolumeJudgeTests {
    private func judge(_ pages: [PageRecord]) -> VolumeJudge { VolumeJudge(pages, Settings.Quality()) }

    @Test func theSamePixelsTwiceAreToldOnTheSecondImage() {
        let pages = [record(1, raster: own(1)), record(2, raster: own(2)), record(3, raster: own(1))]
        #expect(judge(pages).copies.map(\.image) == [3])
        #expect(judge(pages).copies[0].finding.message.contains("image 1"))
    }

    @Test func blanksAreAlikeByNature() {
        let pages = (1...5).map { record($0, disposition: $0 % 2 == 0 ? .blank : .separator) }
        #expect(judge(pages).copies.isEmpty)
    }

    private func looking(_ look: String, _ image: Int) -> PageRecord {
        record(image, raster: own(image), quality: PageMeasures(paper: 240, ink: 30, look: look))
    }

    @Test func pagesThatLookAlikeAreSuspectedUnlessTheirNumbersDiffer() {
        let pages = [looking("00ff00ff00ff00ff", 1), looking("00ff00ff00ff00fe", 2), looking("ff00ff00ff00ff00", 3)]
        #expect(judge(pages).suspicions(stamps: [:]).map { [$0.first, $0.second] } == [[1, 2]])
        #expect(judge(pages).suspicions(stamps: [1: 7, 2: 7]).count == 1)
        #expect(judge(pages).suspicions(stamps: [1: 7, 2: 8]).isEmpty)
    }

    @Test func pagesOfOneNumberAreHeldAgainstEachOtherHoweverTheyLook() {
        let pages = [looking("00ff00ff00ff00ff", 1), looking("ff00ff00ff00ff00", 2), looking("00ff00ff00ff00ff", 3)]
        #expect(judge(pages).suspicions(stamps: [1: 7, 2: 7, 3: 8]).map { [$0.first, $0.second] } == [[1, 2]])
    }

    @Test func theTextDecidesAboutASuspicion() {
        let judge = judge([looking("00ff00ff00ff00ff", 1), looking("00ff00ff00ff00ff", 2)])
        let suspicion = judge.suspicions(stamps: [:])[0]
        let one = ["送达回证", "受送达人：吴某己，送达文书：海州市公安局立案告知书，送达地点：本局接待室。"]
        let slip = ["送达回证", "受送达人：昊某己，送达文书：海州市公安局立案告知书，送达地点：本局接待室。"]
        let other = ["送达回证", "受送达人：郑某庚，送达文书：海州市公安局拘留通知书，送达地点：看守所。"]
        #expect(judge.finding(suspicion, one, slip)?.finding.id == "page.duplicate.ask")
        #expect(judge.finding(suspicion, one, other) == nil, "the same form filled in otherwise")
    }

    @Test func theOddOneOutIsNamed() {
        var pages = (1...20).map { record($0, raster: own($0)) }
        #expect(judge(pages).oddOnes.isEmpty)
        pages[4] = record(5, raster: own(5), dpi: 150)
        pages[9] = record(10, raster: own(10), mode: .bitonal)
        pages[14] = record(15, raster: own(15), quality: PageMeasures(paper: 160, ink: 30))
        let odd = judge(pages).oddOnes
        #expect(odd.map(\.image).sorted() == [5, 5, 10, 15])
        #expect(odd.contains { $0.image == 5 && $0.finding.id == "page.size" && $0.finding.severity == .warn }, "twice as large on both sides: a wrong resolution")
    }

    @Test func aSheetOnItsSideIsNotOdd() {
        var pages = (1...12).map { record($0, raster: own($0)) }
        pages[3] = record(4, raster: own(4), width: 3508, height: 2480)
        #expect(judge(pages).oddOnes.isEmpty)
    }

    @Test func fewPagesHaveNoUsualOne() {
        let pages = [record(1, raster: own(1)), record(2, raster: own(2), mode: .colour)]
        #expect(judge(pages).oddOnes.isEmpty)
    }
}
