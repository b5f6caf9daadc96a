import DossierModel
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import ReaderFixtures
import Testing

@testable import Reader

/// A real browser before the real server.
@Suite(.serialized, .enabled(if: Browser.isInstalled, "Chromium or chromedriver is not installed (apt-get install chromium chromium-driver)"))
struct BrowserTests {
    /// Opens the address on a served workspace and waits until the case stands.
    private func reading(
        _ fixture: PublishedFixture, _ path: String, isCase: Bool = true, _ body: @Sendable (Browser, _ origin: String) async throws -> Void
    ) async throws {
        let server = try ReaderServer(workspace: fixture.reading(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await server.application(address: .hostname("127.0.0.1", port: 0)).test(.live) { client in
            let origin = "http://127.0.0.1:\(try #require(client.port))"
            let browser = try await Browser()
            try await browser.open(origin + path)
            if isCase { try await browser.wait("document.documentElement.dataset.ready") }
            do { try await body(browser, origin) } catch {
                await browser.close()
                throw error
            }
            await browser.close()
        }
    }

    private let address = "/cases/" + PageShell.segment(SmallCase.number)
    private static let shown = "Number(document.getElementById('pages').dataset.image)"
    private static func isShown(_ image: Int) -> String { "\(shown) === \(image)" }

    @Test func aCaseIsOpenedFromTheListAndReadByKeysAlone() async throws {
        try await reading(PublishedFixture(), "/", isCase: false) { browser, _ in
            try await browser.press(.tab)
            try await browser.press(.tab)
            #expect(try await browser.value("document.activeElement.textContent") == SmallCase.number)
            try await browser.press(.enter)
            try await browser.wait("document.documentElement.dataset.ready")
            #expect(try await browser.value(Self.shown, as: Int.self) == 1)
            try await browser.press(.right)
            try await browser.press("j")
            try await browser.press(.pageDown)
            try await browser.wait(Self.isShown(4))
            try await browser.press("k")
            try await browser.press(.left)
            try await browser.wait(Self.isShown(2))
            try await browser.press("]")
            try await browser.wait(Self.isShown(3))
            try await browser.press("]")
            try await browser.wait(Self.isShown(5))
            try await browser.press("[")
            try await browser.wait(Self.isShown(3))
            try await browser.press(.end)
            try await browser.wait(Self.isShown(4))
            try await browser.press(.home)
            try await browser.wait(Self.isShown(1))
            try await browser.press("?")
            try await browser.wait("document.getElementById('help').open")
            try await browser.press(.escape)
            try await browser.wait("!document.getElementById('help').open")
        }
    }

    @Test func theTreeIsWalkedByArrowsAndSaysWhereItIs() async throws {
        try await reading(PublishedFixture(), address) { browser, _ in
            #expect(try await browser.value("document.querySelectorAll('[role=treeitem]').length", as: Int.self) == 8)
            #expect(try await browser.value("document.querySelector('[role=treeitem]').textContent", as: String.self).hasPrefix("第1册　诉讼文书卷"))
            try await browser.press("t")
            #expect(try await browser.value("document.activeElement.id") == "tree")
            try await browser.press(.home)
            for _ in 0..<3 { try await browser.press(.down) }
            let active = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
            #expect(try await browser.value("\(active).querySelector('.name').textContent") == "拘留证")
            try await browser.press(.right)
            #expect(try await browser.value("\(active).getAttribute('aria-expanded')") == "true")
            try await browser.press(.right)
            try await browser.press(.down)
            #expect(try await browser.value("\(active).getAttribute('aria-level')") == "3")
            try await browser.press(.enter)
            try await browser.wait(Self.isShown(4))
            try await browser.press(.left)
            try await browser.press(.left)
            #expect(try await browser.value("\(active).getAttribute('aria-expanded')") == "false")
        }
    }

    @Test func aPlaceIsReachedHoweverItIsWritten() async throws {
        let places = [
            ("v2p3", 7), ("2卷3页", 7), ("第2册第3页", 7), ("第二册三页", 7), ("２卷３页", 7), ("3", 4), ("03", 4), ("#8", 8), ("2-3", 7), ("v2", 5), ("p 2", 3),
        ]
        try await reading(PublishedFixture(), address) { browser, origin in
            for (typed, image) in places {
                try await browser.open(origin + address + "?v=1&p=1")
                try await browser.wait("document.documentElement.dataset.ready")
                try await browser.press("g")
                try await browser.press(typed)
                try await browser.press(.enter)
                try await browser.wait("document.activeElement.id === 'pages'")
                #expect(try await browser.value(Self.shown, as: Int.self) == image, "\(typed)")
            }
        }
    }

    @Test func whatIsNoPlaceIsSaid() async throws {
        try await reading(PublishedFixture(), address + "?v=1&p=1") { browser, _ in
            for typed in ["v2p99", "abc", "<img src=x>"] {
                try await browser.press("g")
                _ = try await browser.value("document.getElementById('place').value = ''", as: String.self)
                try await browser.press(typed)
                try await browser.press(.enter)
                try await browser.wait("document.getElementById('announce').textContent.includes(\(String(reflecting: typed)))")
            }
            #expect(try await browser.value(Self.shown, as: Int.self) == 2)
        }
    }

    @Test func anAddressOfAPageThatIsNotThereSaysSo() async throws {
        try await reading(PublishedFixture(), address + "?v=9&p=999") { browser, origin in
            try await browser.wait("document.getElementById('announce').textContent.includes('v9p999')")
            for (query, named) in [("v=1&p=999", "v1p999"), ("i=4711", "#4711"), ("v=abc&p=-1", "vabcp-1")] {
                try await browser.open(origin + address + "?" + query)
                try await browser.wait("document.getElementById('announce').textContent.includes(\(String(reflecting: named)))")
            }
            try await browser.open(origin + address + "?v=2&p=3")
            try await browser.wait("document.documentElement.dataset.ready")
            #expect(try await browser.value("document.getElementById('announce').textContent") == "")
        }
    }

    @Test func theAddressNamesWhatIsShownAndBackLeadsBack() async throws {
        try await reading(PublishedFixture(), address + "?v=2&p=3") { browser, _ in
            #expect(try await browser.value(Self.shown, as: Int.self) == 7)
            try await browser.press("g")
            try await browser.press("v1p2")
            try await browser.press(.enter)
            try await browser.wait("location.search === '?v=1&p=2'")
            try await browser.press("g")
            try await browser.press("#1")
            try await browser.press(.enter)
            try await browser.wait("location.search === '?v=1&i=1'")
            try await browser.back()
            try await browser.wait(Self.isShown(3))
            try await browser.back()
            try await browser.wait(Self.isShown(7))
        }
    }

    @Test func aSearchCountsShowsAndMarksTheRightCharacters() async throws {
        try await reading(PublishedFixture(), address) { browser, _ in
            try await browser.press("/")
            try await browser.press("盗")
            try await browser.press(.enter)
            try await browser.wait(Self.isShown(2))
            #expect(try await browser.value("document.getElementById('search-count').textContent") == "共 3 页有“盗”，6 处")
            #expect(try await browser.value("[...document.querySelectorAll('#results mark')].map(mark => mark.textContent).join()") == "盗,盗,盗")
            try await browser.wait("location.search === '?v=1&p=1&q=%E7%9B%97'")
            try await browser.press(.escape)
            try await browser.press("n")
            try await browser.wait(Self.isShown(5))
            for _ in 0..<3 { try await browser.press("n") }
            try await browser.wait(Self.isShown(SmallCase.statementImage))
            try await browser.wait("document.querySelectorAll('.page[data-image=\"6\"] .hit').length === 2")
            // 问：你为何盗窃？ — the sixth of eight characters, of which the stop at the end takes half.
            let line = SmallCase.boxes[1]
            let expected = [
                (Double(line.x) + Double(line.width) * 5 / 7.5) / Double(SmallCase.size.width), Double(line.y) / Double(SmallCase.size.height),
                Double(line.width) / 7.5 / Double(SmallCase.size.width), Double(line.height) / Double(SmallCase.size.height),
            ]
            let found: [Double] = try await browser.value(
                """
                (() => { const page = document.querySelector('.page[data-image="6"] .sheet').getBoundingClientRect();
                const hit = document.querySelector('.page[data-image="6"] .hit').getBoundingClientRect();
                return [(hit.left - page.left) / page.width, (hit.top - page.top) / page.height, hit.width / page.width, hit.height / page.height] })()
                """)
            for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 0.002) }
        }
    }

    @Test func aTermOfPunctuationIsExplained() async throws {
        try await reading(PublishedFixture(), address) { browser, _ in
            try await browser.press("/")
            try await browser.press("\"*(，")
            try await browser.press(.enter)
            try await browser.wait("document.getElementById('search-count').textContent.startsWith('检索词里没有')")
        }
    }

    @Test func selectingAPageGivesExactlyTheStoredText() async throws {
        try await reading(PublishedFixture(), address + "?v=2&p=2") { browser, _ in
            try await browser.wait("document.querySelector('.page[data-image=\"6\"]').dataset.text")
            try await browser.press("a", control: true)
            #expect(try await browser.value("getSelection().toString()") == SmallCase.statement.joined(separator: "\n"))
            let overlap: Bool = try await browser.value(
                """
                (() => { const page = document.querySelector('.page[data-image="6"] .sheet').getBoundingClientRect();
                const line = document.querySelectorAll('.page[data-image="6"] .line')[1].getBoundingClientRect();
                return Math.abs((line.left - page.left) / page.width - 60 / 620) < 0.004 && Math.abs(line.width / page.width - 480 / 620) < 0.01 })()
                """)
            #expect(overlap)
        }
    }

    @Test func textLiesWhereTheRecordSaysItsCharactersStand() async throws {
        try await reading(PublishedFixture(), address + "?v=2&p=1&q=" + "盗".percentEncoded) { browser, _ in
            try await browser.wait("document.querySelector('.page[data-image=\"5\"]')?.dataset.hits === '3'")
            let found: [[Double]] = try await browser.value(
                """
                (() => { const page = document.querySelector('.page[data-image="5"] .sheet').getBoundingClientRect();
                const place = box => [(box.left - page.left) / page.width * 620, (box.right - page.left) / page.width * 620];
                const places = [];
                const walker = document.createTreeWalker(document.querySelector('.page[data-image="5"] .line'), NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) for (let i = 0; i < walker.currentNode.length; i++) {
                  const range = document.createRange();
                  range.setStart(walker.currentNode, i); range.setEnd(walker.currentNode, i + 1);
                  places.push(place(range.getBoundingClientRect())); }
                return [...places, ...[...document.querySelectorAll('.page[data-image="5"] .hit')].map(hit => place(hit.getBoundingClientRect()))] })()
                """)
            let letters = [(80, 120), (120, 300), (300, 340), (340, 370), (370, 410)]
            let hits = [(80, 120), (300, 340), (370, 410)]
            #expect(found.count == letters.count + hits.count)
            for (found, expected) in zip(found, letters + hits) {
                #expect(abs(found[0] - Double(expected.0)) < 3 && abs(found[1] - Double(expected.1)) < 3)
            }
        }
    }

    @Test func whatTheCaseSaysIsNeverRunAndNothingLeavesTheServer() async throws {
        try await reading(PublishedFixture(), address + "?v=2&p=2&q=" + "A".percentEncoded) { browser, origin in
            #expect(try await browser.value("document.getElementById('tree').textContent", as: String.self).contains(SmallCase.markup))
            try await browser.press("g")
            try await browser.press("v2p5")
            try await browser.press(.enter)
            try await browser.wait("document.querySelector('.page[data-image=\"9\"] .reason')?.textContent.includes('scan the sheet again')")
            #expect(try await browser.value("document.querySelectorAll('img[src=x]').length", as: Int.self) == 0)
            #expect(try await browser.value("document.documentElement.dataset.broken === undefined", as: Bool.self))
            let asked = try await browser.requests().filter { !$0.hasPrefix("data:") && !$0.hasPrefix("chrome") }
            #expect(asked.count > 10)
            #expect(asked.allSatisfy { $0.hasPrefix(origin + "/") }, "\(asked.filter { !$0.hasPrefix(origin + "/") })")
        }
    }

    @Test func aVolumeOfThreeThousandPagesKeepsAFewInTheDocument() async throws {
        let fixture = try PublishedFixture()
        try fixture.publish(LargeCase.make(pages: 3000, in: fixture))
        try await reading(fixture, "/cases/" + PageShell.segment(LargeCase.number)) { browser, _ in
            try await browser.press("t")
            try await browser.press("*")
            try await browser.wait("Number(document.querySelector('.rows').style.height.replace('px', '')) > 3200 * 26")
            for place in ["1500", "2999", "12"] {
                try await browser.press("g")
                try await browser.press(place)
                try await browser.press(.enter)
                try await browser.wait("\(Self.isShown(Int(place)!)) && document.querySelector('.page[data-image=\"\(place)\"][data-text][data-picture]')")
                #expect(try await browser.value("document.querySelectorAll('.page').length", as: Int.self) <= 6)
                #expect(try await browser.value("document.querySelectorAll('[role=treeitem]').length", as: Int.self) < 80)
                #expect(try await browser.value("document.querySelector('[role=treeitem][aria-selected=true]').dataset.image") == place)
            }
        }
    }

    @Test func thePageIsTurnedInViewAndEnlarged() async throws {
        try await reading(PublishedFixture(), address + "?v=1&p=1") { browser, _ in
            let shape = "(() => { const r = document.querySelector('.page[data-image=\"2\"]').getBoundingClientRect(); return [r.width, r.height] })()"
            let before: [Double] = try await browser.value(shape)
            try await browser.press("r")
            let turned: [Double] = try await browser.value(shape)
            #expect(before[0] < before[1] && turned[0] > turned[1])
            try await browser.press("f")
            let whole: [Double] = try await browser.value(shape)
            try await browser.press("+")
            let larger: [Double] = try await browser.value(shape)
            #expect(larger[0] > whole[0])
        }
    }
}
