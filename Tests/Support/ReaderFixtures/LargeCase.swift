import DossierModel
import Foundation
import Hashing

/// A generated case of one volume, as large as wanted. Text and layout are those of printed A4 pages at 200 dpi; the
/// pictures repeat.
public enum LargeCase {
    public static let number = "大案〔2024〕3000号"
    private static let size = PixelSize(width: 1654, height: 2339)
    private static let pagesPerDocument = 12
    private static let linesPerPage = 30

    public static func make(pages: Int, in fixture: PublishedFixture) throws -> Draft {
        let pictures = try (0..<8).map { number in
            let raster = picture(number)
            return (try fixture.store(raster, as: "\(number).png"), SHA256Digest(of: raster))
        }
        let records = (1...pages).map { image in
            let (file, raster) = pictures[image % pictures.count]
            return PageRecord.fixture(
                image: image, file: file, raster: raster, size: size, volume: 1, document: (image - 1) / pagesPerDocument + 1,
                folio: "\(image)", lines: lines(image), dpi: 200)
        }
        return Draft(number: number, cause: "盗窃", parties: [.init(name: "张某甲", role: "犯罪嫌疑人")], files: pictures.map(\.0), records: records, index: index(pages))
    }

    private static func index(_ pages: Int) -> CaseIndex {
        let documents = stride(from: 1, through: pages, by: pagesPerDocument).map { first in
            let last = min(first + pagesPerDocument - 1, pages)
            return CaseIndex.Document(
                title: "讯问笔录（第\(first / pagesPerDocument + 1)次）", documentNumber: nil, author: "甲县公安局", date: "2024-03-02",
                firstFolio: "\(first)", lastFolio: "\(last)", firstImage: first, lastImage: last, score: 1, remark: nil)
        }
        return CaseIndex(case: number, volumes: [.init(number: 1, kind: .evidence, pdf: "第1册-证据卷.pdf", documents: documents)])
    }

    private static let characters = Array("问答你我他的是在了不有人这个们中来上大为和国地到以说时要就出会可也对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运")

    private static func lines(_ image: Int) -> [PageRecord.Line] {
        var seed = UInt64(image) &* 0x9E37_79B9_7F4A_7C15
        return (0..<linesPerPage).map { line in
            var text = ""
            for _ in 0..<28 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text.append(characters[Int(seed >> 33) % characters.count])
            }
            if line == 7, image.isMultiple(of: 3) { text = String(text.prefix(10)) + "盗窃电动自行车" + String(text.suffix(11)) }
            return PageRecord.Line(text: text, box: PixelRect(x: 210, y: 230 + line * 62, width: 1230, height: 44), confidence: 0.98)
        }
    }

    /// Grey paper with noise and rows of strokes, so that it costs what a scan costs.
    private static func picture(_ number: Int) -> Raster {
        var raster = Raster(whiteWidth: size.width, height: size.height, mode: .grey)
        var seed = UInt64(number + 1)
        for i in raster.bytes.indices {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            raster.bytes[i] = 240 + UInt8(seed >> 60)
        }
        for line in 0..<linesPerPage {
            for y in 230 + line * 62..<274 + line * 62 {
                for x in 210..<1440 where (x &* 7 &+ y &* 3 &+ number) % 11 < 4 && x % 44 < 38 { raster.bytes[y * raster.width + x] = 40 }
            }
        }
        return raster
    }
}
