public import DossierModel
import Foundation
import Hashing

/// An invented case with everything awkward in it: markup in every text, a slash in the number, a placeholder, a
/// refused file, a page scanned upside down.
public enum SmallCase {
    public static let number = "测试〔2024〕1号/甲"
    public static let markup = "<img src=x onerror=\"document.documentElement.dataset.broken=1\">"
    public static let size = PixelSize(width: 620, height: 877)
    /// The image that shows `statement`.
    public static let statementImage = 6

    public static let statement = [
        "讯 问 笔 录", "问：你为何盗窃？", "答：<b>我</b>  没钱花，看见电动自行车没有上锁就盗", "窃了。​", " ", "A&B  \"x\" 'y' </span>　完",
    ]

    /// Where each line of `statement` stands on its page, pixels of the scanned image.
    public static let boxes = statement.indices.map { PixelRect(x: 60, y: 80 + 60 * $0, width: $0 == 4 ? 20 : 480, height: 28) }

    /// The image whose line says where its characters stand: five, of which the second has room after it.
    public static let placedImage = 5
    public static let placedAdvances = [-20, 40, 30, -150, 40, 30, 40]

    static func make(in fixture: PublishedFixture) throws -> Draft {
        let upright = picture()
        let files = [
            try fixture.store(upright, as: "0001.png"), try fixture.store(Raster.halfTurned(upright), as: "0002.png"),
            ScannerFile(name: "通知.txt", digest: SHA256Digest(of: "not a picture"), byteCount: 13),
        ]
        let (straight, turned) = (SHA256Digest(of: upright), SHA256Digest(of: Raster.halfTurned(upright)))
        func page(_ image: Int, _ volume: Int, _ document: Int?, _ folio: String?, _ lines: [String]) -> PageRecord {
            .fixture(
                image: image, file: files[0], raster: straight, size: size, volume: volume, document: document, folio: folio,
                lines: zip(lines, boxes).map { .init(text: $0, box: $1, confidence: 1) })
        }
        var records = [
            page(1, 1, nil, nil, ["卷宗封面"]), page(2, 1, 1, "1", ["立案决定书", "盗窃一案"]), page(3, 1, 2, "2", ["第二页"]),
            page(4, 1, 2, "3", ["第三页"]), page(5, 2, 1, "1", ["盗，盗，盗"]), page(statementImage, 2, 2, "2", statement),
            page(7, 2, 2, "3", ["第 3 页"]),
        ]
        records[4].lines[0].advances = placedAdvances
        records.append(
            .fixture(
                image: 8, file: files[1], raster: turned, size: size, volume: 2, document: 2, folio: "4",
                lines: [.init(text: "倒置的一页", box: PixelRect(x: 80, y: 769, width: 480, height: 28), confidence: 1)], rotation: .half))
        let lost = Finding(id: "frame.damaged", severity: .block, message: "frame 1 \(markup)", remedy: "scan the sheet again")
        records.append(.fixture(image: 9, file: files[2], raster: nil, size: size, volume: 2, document: 2, folio: "5", lines: [], findings: [lost]))
        records.append(.fixture(image: 10, file: files[0], raster: straight, size: size, disposition: .blank, volume: nil, document: nil, folio: nil, lines: []))
        records.append(.fixture(image: 11, file: files[2], raster: nil, size: size, disposition: .rejected, volume: nil, document: nil, folio: nil, lines: [], findings: [lost]))
        return Draft(
            number: number, cause: "盗窃 \(markup)", parties: [.init(name: "张某甲\(markup)", role: "犯罪嫌疑人")], files: files,
            records: records, index: index)
    }

    private static let index = CaseIndex(
        case: number,
        volumes: [
            .init(
                number: 1, kind: .proceedings, pdf: "第1册-诉讼文书卷.pdf",
                documents: [document("立案决定书 \(markup)", "1", "1", 2, 2), document("拘留证", "2", "3", 3, 4)]),
            .init(
                number: 2, kind: .evidence, pdf: "第2册-证据卷.pdf",
                documents: [document("被害人陈述", "1", "1", 5, 5), document("讯问笔录", "2", "5", 6, 9)]),
        ])

    private static func document(_ title: String, _ first: String, _ last: String, _ from: Int, _ to: Int) -> CaseIndex.Document {
        .init(
            title: title, documentNumber: "甲公（刑）字〔2024〕\(from)号", author: "甲县公安局", date: "2024-03-0\(from)", firstFolio: first,
            lastFolio: last, firstImage: from, lastImage: to, score: 1, remark: nil)
    }

    /// A dark bar wherever a line stands.
    private static func picture() -> Raster {
        var raster = Raster(whiteWidth: size.width, height: size.height, mode: .grey)
        for box in boxes {
            for y in box.y..<box.y + box.height {
                for x in box.x..<box.x + box.width { raster.bytes[y * raster.width + x] = 60 }
            }
        }
        return raster
    }
}

extension Raster {
    static func halfTurned(_ raster: Raster) -> Raster {
        Raster(width: raster.width, height: raster.height, mode: .grey, bytes: raster.bytes.reversed())
    }
}
