import DossierModel

/// A page built by hand: A4 at 300 dpi, 2480 × 3508 pixels.
struct Sheet {
    static let size = PixelSize(width: 2480, height: 3508)
    private static let bodyHeight = 66
    private static let titleHeight = 92

    var lines: [RecognisedLine] = []
    private var y = 400

    /// Writing in the middle, as large as a title.
    func title(_ text: String) -> Sheet { centred(text, height: Self.titleHeight) }

    /// Writing in the middle, as large as the body.
    func centred(_ text: String, height: Int = bodyHeight) -> Sheet {
        let width = Self.width(text, height)
        return line(text, x: (Self.size.width - width) / 2, height: height)
    }

    /// Running text from the left edge.
    func body(_ texts: String...) -> Sheet { texts.reduce(self) { $0.line($1, x: 330, height: Self.bodyHeight) } }

    /// Writing that ends at the right edge: document numbers, signatures, dates.
    func right(_ text: String) -> Sheet { line(text, x: 2170 - Self.width(text, Self.bodyHeight), height: Self.bodyHeight) }

    /// One row of a table.
    func cells(_ texts: String...) -> Sheet {
        var sheet = self
        let step = 1900 / texts.count
        for (column, text) in texts.enumerated() {
            sheet.place(text, x: 300 + column * step, y: y, height: Self.bodyHeight)
        }
        sheet.y += 110
        return sheet
    }

    /// One row of a 卷内文件目录: small print centred in columns of their own widths; “|” breaks a cell into lines.
    func listRow(_ texts: String...) -> Sheet { listRow(texts) }

    func listRow(_ texts: [String]) -> Sheet {
        let centres = [240, 520, 920, 1380, 1760, 2020, 2230]
        var sheet = self
        for (text, centre) in zip(texts, centres) {
            let lines = text.split(separator: "|").map(String.init)
            for (at, line) in lines.enumerated() where !line.isEmpty {
                sheet.place(line, x: centre - Self.width(line, 32) / 2, y: sheet.y + at * 44 - (lines.count - 1) * 22, height: 32)
            }
        }
        sheet.y += 150
        return sheet
    }

    /// Large pieces side by side, each a line of its own.
    func titlePieces(_ texts: String...) -> Sheet {
        var sheet = self
        let left = Self.size.width / 2 - texts.count * 90
        for (at, text) in texts.enumerated() { sheet.place(text, x: left + at * 180, y: y, height: Self.titleHeight) }
        sheet.y += 150
        return sheet
    }

    /// Fifteen lines that mean nothing here.
    func filler() -> Sheet {
        (0..<15).reduce(self) { sheet, _ in sheet.body("经依法侦查查明上述事实有相关材料予以证实并经核对无误") }
    }

    func lower(to y: Int) -> Sheet {
        var sheet = self
        sheet.y = y
        return sheet
    }

    func stampRight(_ text: String) -> Sheet { placed(text, x: 2200, y: 160, height: 70) }
    func stampLeft(_ text: String) -> Sheet { placed(text, x: 180, y: 160, height: 70) }

    func page(_ image: Int, _ disposition: Disposition = .page) -> CataloguePage {
        CataloguePage(image: image, size: Self.size, dpi: Resolution(x: 300, y: 300), disposition: disposition, lines: lines)
    }

    private func line(_ text: String, x: Int, height: Int) -> Sheet {
        var sheet = placed(text, x: x, y: y, height: height)
        sheet.y += height * 3 / 2 + 10
        return sheet
    }

    private func placed(_ text: String, x: Int, y: Int, height: Int) -> Sheet {
        var sheet = self
        sheet.place(text, x: x, y: y, height: height)
        return sheet
    }

    private mutating func place(_ text: String, x: Int, y: Int, height: Int) {
        let rect = PixelRect(x: x, y: y, width: Self.width(text, height), height: height)
        lines.append(RecognisedLine(text: text, quad: Quad(rect), confidence: 0.95, characterSpans: []))
    }

    private static func width(_ text: String, _ height: Int) -> Int { text.count * height }
}

/// What becomes of a volume made of these sheets, images counted from 1.
func volume(_ sheets: [Sheet], kind: VolumeKind? = nil) -> CatalogueVolume {
    CatalogueVolume(number: 1, kind: kind, pages: sheets.enumerated().map { $1.page($0 + 1) })
}

extension VolumeCatalogue {
    var titles: [String] { documents.map(\.title) }
    var allFindings: [Finding] { pages.flatMap(\.findings) + findings }
    func findings(at image: Int) -> [String] { pages.first { $0.image == image }!.findings.map(\.id) }
}

/// Pages met again and again.
enum Sample {
    static func interrogation(of name: String, time: Int? = nil, date: String = "2024年3月2日") -> Sheet {
        Sheet().title("讯 问 笔 录").centred(time.map { "（第\($0)次）" } ?? "（第 次）")
            .body("时间\(date)9时10分至\(date)11时30分", "地点海淀分局办案中心", "记录人赵一")
            .body("被讯问人姓名\(name)性别男出生日期1990年1月1日").filler()
    }

    static func filing(number: String = "海公(刑)立字〔2024〕123号") -> Sheet {
        Sheet().title("北京市公安局海淀分局").title("立 案 决 定 书").right(number)
            .body("根据《中华人民共和国刑事诉讼法》第一百一十二条之规定，", "决定对张三盗窃案立案侦查。")
            .right("北京市公安局海淀分局").right("二〇二四年三月一日")
    }

    static func running() -> Sheet { Sheet().filler() }

    static func cover() -> Sheet {
        Sheet().lower(to: 900).title("刑事侦查卷宗").title("（诉讼文书卷）").body("案件名称张三盗窃案", "案件编号A1101", "立案时间2024年3月1日")
            .body("立卷单位北京市公安局海淀分局", "立卷人赵一", "审核人钱二")
    }

    static func paperCatalogue() -> Sheet {
        Sheet().title("卷内文件目录").cells("序号", "文号", "责任者", "题名", "日期", "页号", "备注")
            .cells("1", "海公立字1号", "海淀分局", "立案决定书", "20240301", "1", "无")
            .cells("2", "海公拘字2号", "海淀分局", "拘留证", "20240302", "2", "无")
            .cells("3", "无", "张三", "讯问笔录", "20240302", "3", "无")
    }

    static func docketSheet() -> Sheet {
        Sheet().title("卷内备考表").body("本卷情况说明", "立卷人赵一", "检查人钱二", "立卷时间2024年5月1日")
    }
}
