@testable import Assembly
import DossierModel
import Foundation
import Hashing
import TestTools
import Testing

@Suite struct VolumeWriterTests {
    let parts: SampleParts
    init() throws { parts = try SampleParts() }

    /// One page of each filter, with lines, labels, outline and destinations.
    private func variedPlan() -> VolumePlan {
        var random = RandomLines(seed: 7)
        let stack = [parts.fax(width: 16), parts.fax(width: 16)]
        let kinds = [[parts.jpeg()], [parts.predicted(40, 30)], [parts.indexed(31, 17)], stack, [parts.bitonal(33, 20) { x, y in x > y }]]
        let labels: [String?] = ["3", "4", "5", nil, "附1"]
        var pages = kinds.enumerated().map { index, kind in
            parts.page(
                kind, rotation: QuarterTurn.allCases[index % 4], skew: Double(index) * 0.7, dpi: Resolution(x: 1, y: 1), label: labels[index],
                lines: random.page().map(shrunk), scan: index + 1, destination: "v1p\(index + 1)")
        }
        pages.append(parts.page([parts.jpeg()], label: "6", scan: 6, destination: "v1p1"))
        let child = VolumePlan.OutlineItem(title: "第一次 😀𠮷\n附件\u{7}", pageIndex: 1)
        return parts.plan(pages, outline: [
            .init(title: "讯问笔录 (1)", pageIndex: 0, children: [child]), .init(title: "鉴定意见", pageIndex: 2),
        ])
    }

    private func shrunk(_ line: RecognisedLine) -> RecognisedLine {
        var small = line
        small.quad = line.quad.map { PixelPoint(x: $0.x / 310, y: $0.y / 310) }
        return small
    }

    @Test func everyKindOfImagePassesVeraPDFAndQPDF() throws {
        let path = try parts.write(variedPlan())
        if let verdict = try VeraPDF.check([path], flavours: VeraPDF.tagged) { #expect(verdict.passes, "\(verdict.words)") }
        if let check = try Tool.run("qpdf", ["--check", path]) {
            #expect(check.status == 0, "\(check.output)")
            #expect(check.output.contains("File is linearized") && check.output.contains("PDF Version: 1.7"))
        }
        if let drawn = try Tool.run("mutool", ["draw", "-q", "-F", "png", "-o", parts.file("page%d.png"), path]) {
            #expect(drawn.status == 0)
            #expect(FileManager.default.fileExists(atPath: parts.file("page6.png")))
        }
    }

    @Test func aVolumeWithoutTextOrOutlinePassesVeraPDF() throws {
        let path = try parts.write(parts.plan([parts.page([parts.jpeg()], dpi: Resolution(x: 72, y: 72))]))
        if let verdict = try VeraPDF.check([path], flavours: VeraPDF.tagged) { #expect(verdict.passes, "\(verdict.words)") }
    }

    @Test func textOfEveryPageIsExactWhateverTheImage() throws {
        let plan = variedPlan()
        guard let found = try extractedPages(try parts.write(plan)) else { return }
        #expect(found == plan.pages.map { PageText.written($0.lines) })
    }

    @Test func equalPlansGiveEqualBytes() throws {
        let plan = variedPlan()
        let first = try SHA256Digest(ofFileAt: parts.write(plan, "a.pdf"))
        let second = try SHA256Digest(ofFileAt: parts.write(plan, "b.pdf"))
        #expect(first == second)
        var other = plan
        other.title += "。"
        #expect(try SHA256Digest(ofFileAt: parts.write(other, "c.pdf")) != first)
    }

    @Test func imageStreamsStayAsDelivered() throws {
        let plan = variedPlan()
        let streams = try VolumeInspector.pages(parts.write(plan)).map { $0.streams ?? [] }
        #expect(streams.map { $0.map(\.sha256) } == plan.pages.map { $0.image.parts.map(\.digest) })
        for (page, read) in zip(plan.pages, streams) {
            #expect(try read.map(\.sm3) == page.image.parts.map { try SM3Digest(ofFileAt: parts.path($0.digest)) })
        }
    }

    @Test func aDamagedVolumeIsSaidToBeDamaged() throws {
        let path = parts.file("bad.pdf")
        try Data("no PDF".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: DossierError(.damaged, "")) { try VolumeInspector.pages(path) }
    }

    @Test func aMissingPartFailsAndLeavesNoFile() throws {
        var part = parts.jpeg()
        part.digest = SHA256Digest(of: "nowhere")
        let plan = parts.plan([parts.page([part])])
        #expect(throws: DossierError(.fileSystem, "")) { try parts.write(plan) }
        #expect(!FileManager.default.fileExists(atPath: parts.file("volume.pdf")))
    }

    @Test func plansThatMakeNoSenseAreRefused() throws {
        #expect(throws: DossierError(.badUsage, "")) { try parts.write(parts.plan([])) }
        let page = parts.page([parts.jpeg()], dpi: Resolution(x: 0, y: 300))
        #expect(throws: DossierError(.badUsage, "")) { try parts.write(parts.plan([page])) }
    }

    @Test func pagesHaveTheirTrueSize() {
        let a4 = PageGeometry(source: PixelSize(width: 2_480, height: 3_508))
        let box = PageBox(geometry: a4, dpi: Resolution(x: 300, y: 300))
        #expect(box.syntax == "/MediaBox [0 0 595.2 841.92]")
        // A fax: the resolution belongs to the image as scanned.
        let fax = PageGeometry(source: PixelSize(width: 1_728, height: 1_100), rotation: .clockwise90)
        #expect(PageBox(geometry: fax, dpi: Resolution(x: 204, y: 98)).syntax == "/MediaBox [0 0 808.163 609.882]")
        let long = PageGeometry(source: PixelSize(width: 1_000, height: 30_000))
        #expect(PageBox(geometry: long, dpi: Resolution(x: 72, y: 72)).syntax == "/MediaBox [0 0 333.333 10000] /UserUnit 3")
        let dot = PageGeometry(source: PixelSize(width: 1, height: 1))
        #expect(PageBox(geometry: dot, dpi: Resolution(x: 600, y: 600)).syntax == "/MediaBox [0 0 3 3]")
    }

    @Test func runsOfFoliosAreOneRange() {
        let labels: [String?] = ["1", "2", "3", nil, nil, "4", "06", "06", "7", "附1"]
        let pages = labels.enumerated().map { parts.page([parts.jpeg()], label: $1, scan: $0 + 1) }
        let scan = PDFSyntax.text("扫描")
        #expect(
            PageLabels.numbers(pages) == "0 << /S /D /St 1 >> 3 << /P \(scan) /S /D /St 4 >> 5 << /S /D /St 4 >> "
                + "6 << /P \(PDFSyntax.text("06")) >> 8 << /S /D /St 7 >> 9 << /P \(PDFSyntax.text("附1")) >>")
    }

    @Test func numbersHaveNoExponent() {
        #expect(PDFSyntax.number(595.2) == "595.2")
        #expect(PDFSyntax.number(-0.000_01) == "0")
        #expect(PDFSyntax.number(-0.5) == "-0.5")
        #expect(PDFSyntax.number(1e-9, decimals: 5) == "0")
        #expect(PDFSyntax.number(12_345.067_8, decimals: 5) == "12345.0678")
    }

    @Test func outlineAndMetadataAreThere() throws {
        let path = try parts.write(variedPlan())
        guard let outline = try Tool.run("mutool", ["show", path, "outline"]) else { return }
        #expect(outline.output.contains("第一次 😀𠮷 附件\u{FFFD}"))
        guard let info = try Tool.run("pdfinfo", [path]) else { return }
        #expect(info.output.contains("某某故意伤害案 证据卷 <第一册> & 附件"))
        #expect(!info.output.contains("Date"))
    }

    /// With a mark on it, “<” is no character of its own to Swift, but it is to XML.
    @Test func metadataIsXMLWhateverMarksLieOnItsBrackets() throws {
        let title = "<\u{338}甲&\u{FE0F}乙>\u{308}\"\u{20DD}丙𠮷"
        let information = DocumentInformation(
            title: title, author: title, subject: title, keywords: title, language: "zh-CN", producer: "Dossier &\u{301}")
        let packet = XMPPacket(information: information, facts: [.init(name: "engine", value: title, description: title)], isTagged: true)
        let path = parts.file("packet.xml")
        try Data(packet.text().utf8).write(to: URL(fileURLWithPath: path))
        for name in ["title", "creator", "description", "Keywords", "engine"] {
            guard let found = try Tool.run("xmllint", ["--xpath", "string(//*[local-name()='\(name)'])", path]) else { return }
            let text = found.output.trimmingCharacters(in: .newlines)
            #expect(found.status == 0 && Array(text.unicodeScalars) == Array(title.unicodeScalars), "\(name): \(text)")
        }
        var plan = variedPlan()
        (plan.title, plan.keywords) = (title, title)
        let volume = try parts.write(plan)
        if let verdict = try VeraPDF.check([volume], flavours: VeraPDF.tagged) { #expect(verdict.passes, "\(verdict.words)") }
    }

    /// Two thousand pages of 100 kB with a seal each, or `DOSSIER_PAGES_BOUND`: the images never lie in memory. In a process of its own, because
    /// the peak is the process's: other tests run beside this one.
    @Test func memoryDoesNotGrowWithTheImages() async {
        await #expect(processExitsWith: .success) {
            let parts = try SampleParts()
            let kept = parts.keep((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            let path = parts.path(kept.digest)
            var random = RandomLines(seed: 3)
            let lines = (0..<20).map { _ in random.page() }
            let count = ProcessInfo.processInfo.environment["DOSSIER_PAGES_BOUND"].flatMap { Int($0) } ?? 2_000
            let pages = (0..<count).map { index in
                var part = parts.jpeg()
                part.digest = SHA256Digest(of: "part \(index)")
                part.byteCount = kept.byteCount
                let size = PixelSize(width: 2_480, height: 3_508)
                var page = parts.page([part], label: "\(index + 1)", lines: lines[index % 20], scan: index, size: size)
                page.seals = [SealReading(box: PixelRect(x: 1_500, y: 2_500, width: 500, height: 500), legend: "青禾市公安局")]
                return page
            }
            let before = try #require(peakMemory())
            let started = Date()
            let store: (SHA256Digest) throws(DossierError) -> String = { _ throws(DossierError) in path }
            try VolumeWriter.write(parts.plan(pages), to: parts.file("long.pdf"), part: store)
            let grown = try #require(peakMemory()) - before
            print("\(count) pages: \(Date().timeIntervalSince(started)) s, peak memory grew by \(grown / 1024) MB")
            // Of images there are 200 MB; what grows are the objects of text and structure, which QPDF holds: 70 kB for a page.
            #expect(grown < count * 80)
        }
    }
}

/// The highest resident set of this process in kilobytes (proc(5), VmHWM).
private func peakMemory() -> Int? {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    return status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }.flatMap { Int($0.filter(\.isNumber)) }
}
