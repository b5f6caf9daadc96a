import Cataloguing
import DossierModel
import Hashing
import Testing

@testable import Pipeline

@Suite struct VolumeDivisionTests {
    /// A volume whose documents have so many pages each; 0 stands for a page of no document.
    private func parts(_ lengths: [Int], pagesPerPart: Int, wrapper: Bool = false) -> [BoundVolume] {
        var pages: [VolumeCatalogue.Page] = []
        var documents: [VolumeCatalogue.Document] = []
        for length in lengths {
            if length == 0 {
                pages.append(.init(image: pages.count + 1, disposition: .page, document: nil, folio: nil))
                continue
            }
            let first = pages.count + 1
            for _ in 0..<length {
                pages.append(.init(image: pages.count + 1, disposition: .page, document: documents.count + 1, folio: "\(pages.count + 1)"))
            }
            documents.append(
                .init(
                    title: "文书\(documents.count + 1)", code: wrapper && documents.isEmpty ? "A001" : nil, firstImage: first,
                    lastImage: pages.count, score: 1))
        }
        let file = ScannerFile(name: "a.tif", digest: SHA256Digest(of: "a"), byteCount: 1)
        let images = pages.map {
            ScannedImage(
                number: $0.image, file: file, frame: $0.image, slot: .init(number: 1, kind: .evidence), batch: 0, place: .journal(key: "k\($0.image)"))
        }
        let catalogue = VolumeCatalogue(number: 1, kind: .evidence, documents: documents, pages: pages)
        return VolumeDivision(titles: .standard, pagesPerPart: pagesPerPart).parts(of: catalogue, images: images)
    }

    @Test func aVolumeThatFitsIsOnePDFUnderItsOwnName() {
        let parts = parts([100, 100], pagesPerPart: 200)
        #expect(parts.map(\.pdfName) == ["第1册-证据卷.pdf"] && parts[0].part == nil && parts[0].pages.count == 200)
    }

    @Test func aThickVolumeIsDividedBetweenDocumentsOnly() {
        let parts = parts([90, 90, 90, 90], pagesPerPart: 200)
        #expect(parts.map(\.pages.count) == [180, 180])
        #expect(parts.map(\.pdfName) == ["第1册第1分册-证据卷.pdf", "第1册第2分册-证据卷.pdf"])
        #expect(parts.map(\.listed) == [[0, 1], [2, 3]])
    }

    @Test func aDocumentLongerThanAPartStaysWhole() {
        #expect(parts([20, 500, 20], pagesPerPart: 200).map(\.pages.count) == [20, 500, 20])
        #expect(parts([1200], pagesPerPart: 200).map(\.pages.count) == [1200])
    }

    @Test func everyPageIsBoundOnceAndInOrder() {
        let lengths = (0..<200).map { [3, 0, 7, 1, 45, 0, 2][$0 % 7] }
        let parts = parts(lengths, pagesPerPart: 60)
        let bound = parts.flatMap(\.pages).map(\.image.number)
        #expect(bound == Array(1...bound.count) && parts.flatMap(\.images) == bound)
        #expect(parts.allSatisfy { $0.pages.count <= 60 })
        #expect(parts.flatMap(\.listed) == Array(0..<lengths.count { $0 > 0 }))
    }

    @Test func zeroNeverDivides() { #expect(parts([90, 90, 90, 90], pagesPerPart: 0).count == 1) }

    @Test func wrappersAreNoRowsOfTheCatalogue() { #expect(parts([1, 3], pagesPerPart: 200, wrapper: true)[0].listed == [1]) }
}

