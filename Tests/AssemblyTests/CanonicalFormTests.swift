import DossierModel
import Foundation
import Hashing
import TestTools
import Testing
import Typesetting

@testable import Assembly

/// What the digests of pages see: everything that is shown and found, and nothing of how the file is packed.
@Suite struct CanonicalFormTests {
    private let parts: SampleParts
    init() throws { parts = try SampleParts() }

    private func line(_ text: String) -> RecognisedLine {
        let box = PixelRect(x: 1, y: 1, width: 6, height: 2)
        return RecognisedLine(text: text, quad: Quad(box), confidence: 1, characterSpans: [])
    }

    /// A page with a JPEG and text, one with a JBIG2 image that has globals, one with text again; stamps, an outline, a record.
    private func written() throws -> (path: String, contents: VolumeWriter.Contents) {
        let globals = parts.keep(Array("SHARED-SEGMENTS".utf8)).digest, coded = parts.keep(Array("A PICTURE IN JBIG2".utf8))
        let jbig2 = PageImage.Part(
            width: 8, height: 8, filter: "JBIG2Decode", colourSpace: "/DeviceGray", bitsPerComponent: 1, digest: coded.digest,
            byteCount: coded.byteCount, globals: globals)
        let dpi = Resolution(x: 5, y: 5)
        let pages = [
            parts.page([parts.jpeg()], dpi: dpi, label: "1", lines: [line("甲方")], scan: 1, destination: "v1p1"),
            parts.page([jbig2], dpi: dpi, label: "2", scan: 2), parts.page([parts.jpeg()], dpi: dpi, label: "3", lines: [line("乙方")], scan: 3),
        ]
        var plan = parts.plan(pages, outline: [.init(title: "讯问笔录", pageIndex: 0)])
        let paper = VolumePlan.paper(of: pages[0].geometry, dpi: dpi)
        var typesetter = try Typesetter()
        let typeset = try typesetter.typeset([PageLayout(paper: paper, elements: [.text(TextLine("7", left: 10, top: 6))]), PageLayout(paper: paper), PageLayout(paper: paper)])
        plan.stamps = .init(name: "页号", pages: typeset.pages, fonts: typeset.fonts)
        let path = parts.file("whole.pdf"), store = parts.folder
        let contents = try VolumeWriter.write(
            plan, to: path, part: { digest throws(DossierError) in store + "/" + digest.hex },
            ending: { _ throws(DossierError) in VolumeWriter.Ending(record: { _ in Array("a record".utf8) }) })
        return (path, contents)
    }

    @Test func theFileHasTheFormsThatWereTakenWhileItWasMade() throws {
        let (path, contents) = try written()
        #expect(try VolumeInspector.pages(path).map(\.form) == contents.pages.map(\.form))
        #expect(try VolumeInspector.binding(path) == contents.binding && contents.binding != nil)
        #expect(Set(contents.pages.map(\.form)).count == 3)
    }

    /// A program of some hundred lines that was written after docs/hash-tree.md.
    @Test func anOutsiderCalculatesTheSameForms() throws {
        let (path, contents) = try written()
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Support/canonical-form.py").path
        guard try Tool.run("qpdf", ["--version"]) != nil, let told = try Tool.run("python3", [script, path]) else { return }
        let digests = told.output.split(separator: "\n").map(String.init)
        #expect(digests == contents.pages.map(\.form.hex) + [try #require(contents.binding).hex])
    }

    @Test func aCopyThatIsPackedOtherwiseOrCarriesFilesHasTheSameForms() throws {
        let (path, contents) = try written(), copy = parts.file("copy.pdf")
        try VolumeAttachments.attach([("index.json", "目录", Array("{}".utf8))], to: path, writing: copy)
        #expect(try VolumeInspector.attachments(copy) == ["index.json"])
        var copies = [copy]
        if let unchanged = try TamperedPDF(path) {
            copies.append(parts.file("packed.pdf"))
            try unchanged.write(to: copies[1])
        }
        for copy in copies {
            #expect(try VolumeInspector.pages(copy).map(\.form) == contents.pages.map(\.form))
            #expect(try VolumeInspector.binding(copy) == contents.binding)
        }
    }

    /// Pages by their place that an attack changes; none where it changes what belongs to no page.
    struct Attack: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var pages: [Int]
        var change: @Sendable (inout TamperedPDF) throws -> Void

        static let all: [Attack] = [
            .init(testDescription: "a page turned", pages: [1]) { try $0.replace("/MediaBox", with: "/Rotate 90\n  /MediaBox", behind: "%% Page 2") },
            .init(testDescription: "all pages turned by the node above them", pages: [0, 1, 2]) { try $0.replace("/Type /Pages", with: "/Rotate 180 /Type /Pages") },
            .init(testDescription: "a page cut", pages: [1]) { try $0.replace("/MediaBox", with: "/CropBox [ 0 0 9 9 ]\n  /MediaBox", behind: "%% Page 2") },
            .init(testDescription: "a page enlarged", pages: [2]) { try $0.replace("/MediaBox", with: "/UserUnit 2\n  /MediaBox", behind: "%% Page 3") },
            .init(testDescription: "a white square laid over a page", pages: [0]) {
                try $0.replace("/MediaBox", with: "/Annots [ << /Type /Annot /Subtype /Square /Rect [ 0 0 90 90 ] /IC [ 1 1 1 ] >> ]\n  /MediaBox", behind: "%% Page 1")
            },
            .init(testDescription: "black and white exchanged", pages: [1]) { try $0.replace("/BitsPerComponent 1", with: "/BitsPerComponent 1 /Decode [ 1 0 ]") },
            .init(testDescription: "another width", pages: [1]) { pdf in
                let image = try pdf.object("/I0", behind: "%% Page 2")
                try pdf.replace("/Width 8", with: "/Width 16", behind: "\n\(image) 0 obj")
            },
            .init(testDescription: "another colour space", pages: [1]) { pdf in
                let image = try pdf.object("/I0", behind: "%% Page 2")
                try pdf.replace("/DeviceGray", with: "[ /Indexed /DeviceGray 1 <ff00> ]", behind: "\n\(image) 0 obj")
            },
            .init(testDescription: "other shared segments", pages: [1]) { try $0.replace("SHARED-SEGMENTS", with: "SHARED-SEGMENTZ") },
            .init(testDescription: "a form in the picture's place, the picture beside it", pages: [1]) { pdf in
                let image = try pdf.object("/I0", behind: "%% Page 2"), record = try pdf.object("/DOSS_Record")
                try pdf.replace("/I0 \(image) 0 R", with: "/I0 \(record) 0 R /Z0 \(image) 0 R", behind: "%% Page 2")
                try pdf.replace("<<", with: "<< /Type /XObject /Subtype /Form /BBox [ 0 0 1 1 ]", behind: "\n\(record) 0 obj")
            },
            .init(testDescription: "other characters behind the codes", pages: [0, 2]) { try $0.replace("<0001> <7532", with: "<0001> <4E59") },
            .init(testDescription: "the stamps hidden", pages: []) { try $0.replace("/ON [", with: "/OFF [") },
            .init(testDescription: "the stamps in a group that is not listed", pages: [0]) { pdf in
                let group = try pdf.object("/Stamp")
                try pdf.replace("/Stamp \(group) 0 R", with: "/Stamp << /Type /OCG /Name (x) >>")
            },
            .init(testDescription: "an action on opening", pages: []) { try $0.replace("/Type /Catalog", with: "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Type /Catalog") },
            .init(testDescription: "no output intent", pages: []) { try $0.replace("/OutputIntents", with: "/OutputIntentz") },
            .init(testDescription: "another name in the outline", pages: []) { try $0.replace("/Outlines", with: "/Outlinez") },
            .init(testDescription: "another title", pages: []) { try $0.replace("<rdf:li xml:lang=\"x-default\">", with: "<rdf:li xml:lang=\"x-default\">X") },
            .init(testDescription: "pages exchanged", pages: [0, 1]) { pdf in
                let kids = try #require(pdf.text.firstMatch(of: /\/Kids \[\s*(\d+) 0 R\s*(\d+) 0 R/))
                try pdf.replace(String(kids.0), with: "/Kids [ \(kids.2) 0 R \(kids.1) 0 R")
            },
        ]
    }

    @Test(arguments: Attack.all) func anyChangeOfWhatIsShownOrFoundIsOneOfTheForm(attack: Attack) throws {
        let (path, contents) = try written(), changed = parts.file("changed.pdf")
        guard var pdf = try TamperedPDF(path) else { return }
        try attack.change(&pdf)
        try pdf.write(to: changed)
        let pages = try VolumeInspector.pages(changed)
        #expect(pages.indices.filter { pages[$0].form != contents.pages[$0].form } == attack.pages)
        if attack.pages.isEmpty { #expect(try VolumeInspector.binding(changed) != contents.binding) }
    }

    @Test(arguments: Attack.references) func aReferenceThatNamesNothingHasNoForm(attack: Attack) throws {
        let (path, contents) = try written(), changed = parts.file("changed.pdf")
        guard var pdf = try TamperedPDF(path) else { return }
        try attack.change(&pdf)
        try pdf.writeUnmended(to: changed)
        let pages = try VolumeInspector.pages(changed)
        #expect(pages.indices.filter { pages[$0].form != contents.pages[$0].form } == attack.pages)
        #expect(attack.pages.allSatisfy { pages[$0].form == nil })
        if attack.pages.isEmpty { #expect(try VolumeInspector.binding(changed) == nil) }
    }

    /// A later object of the same number and another generation is the page for most programs, and for QPDF none.
    @Test func aFileWithAnotherGenerationIsRefused() throws {
        let path = try written().path, changed = parts.file("changed.pdf"), open = parts.file("open.pdf")
        guard let pdf = try TamperedPDF(path) else { return }
        let contents = try pdf.object("/Contents", behind: "%% Page 2"), root = try pdf.object("/Root")
        try pdf.writeUnmended(to: open)
        #expect(try VolumeInspector.pages(open).count == 3)
        var text = String(data: try Data(contentsOf: URL(fileURLWithPath: open)), encoding: .isoLatin1)!
        let before = try #require(text.matches(of: /startxref\s+(\d+)/).last).1, size = try #require(text.matches(of: /\/Size (\d+)/).last).1
        let object = text.unicodeScalars.count
        text += "\(contents) 1 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n"
        let table = text.unicodeScalars.count, offset = String(repeating: "0", count: 10 - String(object).count) + String(object)
        text += "xref\n\(contents) 1\n\(offset) 00001 n \ntrailer\n<< /Root \(root) 0 R /Size \(size) /Prev \(before) >>\nstartxref\n\(table)\n%%EOF\n"
        try text.data(using: .isoLatin1)!.write(to: URL(fileURLWithPath: changed))
        #expect(throws: DossierError(.damaged, "")) { try VolumeInspector.pages(changed) }
    }

    /// Whether the first or the last of two is meant, programs do not agree. What a page's own dictionary holds is read when the file is opened.
    @Test func aKeyThatStandsTwiceHasNoForm() throws {
        let (path, contents) = try written(), changed = parts.file("changed.pdf")
        guard var page = try TamperedPDF(path), var resources = try TamperedPDF(path), var image = try TamperedPDF(path) else { return }
        let other = try page.object("/Contents", behind: "%% Page 1")
        try page.replace("/Contents", with: "/Contents \(other) 0 R /Contents", behind: "%% Page 2")
        try page.writeUnmended(to: changed)
        #expect(throws: DossierError(.damaged, "")) { try VolumeInspector.pages(changed) }
        #expect(throws: DossierError(.damaged, "")) { try VolumeInspector.binding(changed) }
        try resources.replace("/Type /Pages", with: "/Rotate 90 /Rotate 0 /Type /Pages")
        try resources.writeUnmended(to: changed)
        #expect(throws: DossierError(.damaged, "")) { try VolumeInspector.pages(changed) }
        try image.replace("/BitsPerComponent 1", with: "/BitsPerComponent 1 /Width 16 /Width 8")
        try image.writeUnmended(to: changed)
        let pages = try VolumeInspector.pages(changed)
        #expect(pages.indices.filter { pages[$0].form != contents.pages[$0].form } == [1])
    }

    /// A byte of a page's contents, of its picture, of a font: pages are named, the file is not refused.
    @Test func aDamagedStreamIsOneOfItsPages() throws {
        let (path, contents) = try written(), changed = parts.file("damaged.pdf")
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        var seen: Set<[Int]> = []
        for at in stride(from: 40, to: bytes.count, by: 23) {
            var other = bytes
            other[at] ^= 0x55
            try Data(other).write(to: URL(fileURLWithPath: changed))
            guard let pages = try? VolumeInspector.pages(changed), pages.count == 3 else { continue }
            let different = pages.indices.filter { pages[$0].form != contents.pages[$0].form }
            if pages.contains(where: { $0.form == nil }) { seen.insert(different) }
            #expect(throws: Never.self) { try VolumeInspector.record(changed) }
        }
        #expect(seen.contains([0]) && seen.contains { $0.count > 1 }, "\(seen)")
    }
}

extension CanonicalFormTests.Attack {
    /// What QPDF holds for null without a word, and other programs, which do not look at the generation, for an object.
    static let references: [Self] = [
        .init(testDescription: "a page turned", pages: [1]) { try $0.replace("/MediaBox", with: "/Rotate 3 1 R\n  /MediaBox", behind: "%% Page 2") },
        .init(testDescription: "all pages turned by the node above them", pages: [0, 1, 2]) { try $0.replace("/Type /Pages", with: "/Rotate 3 1 R /Type /Pages") },
        .init(testDescription: "a page under another node", pages: [2]) { pdf in
            let node = try pdf.object("/Parent", behind: "%% Page 3")
            try pdf.replace("/Parent \(node) 0 R", with: "/Parent \(node) 1 R", behind: "%% Page 3")
        },
        .init(testDescription: "something laid over a page", pages: [0]) { try $0.replace("/MediaBox", with: "/Annots 3 1 R\n  /MediaBox", behind: "%% Page 1") },
        .init(testDescription: "something among what is laid over a page", pages: [0]) { try $0.replace("/MediaBox", with: "/Annots [ 3 1 R ]\n  /MediaBox", behind: "%% Page 1") },
        .init(testDescription: "black and white exchanged", pages: [1]) { try $0.replace("/BitsPerComponent 1", with: "/BitsPerComponent 1 /Decode 3 1 R") },
        .init(testDescription: "contents that are coded otherwise", pages: [2]) { pdf in
            let contents = try pdf.object("/Contents", behind: "%% Page 3")
            try pdf.replace("<<", with: "<< /Filter 3 1 R", behind: "\n\(contents) 0 obj")
        },
        .init(testDescription: "an object that is not there", pages: [1]) { try $0.replace("/MediaBox", with: "/Rotate 99999 0 R\n  /MediaBox", behind: "%% Page 2") },
        .init(testDescription: "an action on opening", pages: []) { try $0.replace("/Type /Catalog", with: "/OpenAction 3 1 R /Type /Catalog") },
    ]
}
