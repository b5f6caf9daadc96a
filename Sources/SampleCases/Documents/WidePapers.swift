import DossierModel
import Typesetting

/// Lists, forms, records and pictures that only large cases hold.
enum WidePapers {
    typealias Maker = @Sendable (CaseFacts, inout SplitMix64) -> DraftDocument

    static let proceedings: [Maker] = [
        { facts, random in list("随案移送清单", "随移", facts, days: 86, &random) },
        { facts, random in list("登记保存清单", "登保", facts, days: 7, &random) },
        { facts, random in list("调取证据清单", nil, facts, days: 10, &random) },
        { facts, random in list("接受证据材料清单", nil, facts, days: 1, &random) },
        { facts, random in transfer(facts, days: 89, organ: facts.place.police, code: "换", &random) },
        { facts, random in arraignment(facts, &random) },
    ]

    static let evidence: [Maker] = [
        { facts, random in record("搜查笔录", facts, days: 7, signer: "被搜查人", ["侦查人员出示搜查证后，对\(facts.suspect.home)进行搜查。", "在卧室床下发现纸箱一只，内有\(facts.goods[0].name)\(facts.goods[0].count)件。", "搜查过程有见证人在场，未损坏任何物品。"], &random) },
        { facts, random in record("扣押笔录", facts, days: 7, signer: "持有人", ["侦查人员对搜查中发现的物品当场清点、封存。", "扣押物品详见扣押清单，共\(facts.goods.count)项。"], &random) },
        { facts, random in record("提取笔录", facts, days: 3, signer: "见证人", ["提取方法：用棉签擦拭转移。", "提取物品：现场门锁表面擦拭物一份，封装后送检。", "提取过程由见证人全程见证。"], &random) },
        { facts, random in record("称量笔录", facts, days: 9, signer: "见证人", ["使用经检定合格的电子天平，对扣押的黄金饰品进行称量。", "称量结果：净重12.6克。", "称量过程已拍照。"], &random) },
        { facts, random in record("侦查实验笔录", facts, days: 22, signer: "见证人", ["实验目的：验证从路口到现场步行所需的时间。", "实验过程：由侦查人员按犯罪嫌疑人供述的路线步行三次。", "实验结果：分别用时4分10秒、4分22秒、4分15秒。"], &random) },
        { facts, random in record("人身检查笔录", facts, days: 8, signer: "被检查人", ["检查人员对被检查人体表进行检查。", "检查情况：右手食指有一处长约1厘米的划伤，余未见异常。"], &random) },
        { facts, random in record("电子数据检查笔录", facts, days: 12, signer: "见证人", ["检查对象：黑色智能手机一部。", "检查方法：连接取证设备，制作镜像并计算完整性校验值。", "检查结果：提取通讯录、短信和聊天记录若干，刻录光盘一张。"], &random) },
        { facts, random in record("现场指认笔录", facts, days: 9, signer: "指认人", ["侦查人员带领指认人到达\(facts.scene)。", "指认人指认卷帘门为其撬开进入的位置，指认办公桌抽屉为其翻动的位置。", "指认过程已拍照。"], &random) },
        { facts, random in photos("现场照片", facts, days: 1, count: 4, notes: ["现场概貌", "现场入口", "门锁撬压痕迹", "室内货架", "办公桌抽屉", "地面鞋印"], &random) },
        { facts, random in photos("物证照片", facts, days: 8, count: 2, notes: facts.goods.map(\.name), &random) },
        { facts, random in photos("扣押物品照片", facts, days: 8, count: 2, notes: facts.goods.map { $0.name + "（已扣押）" }, &random) },
        { facts, random in photos("辨认照片", facts, days: 9, count: 2, notes: (1...6).map { "\($0)号" }, &random) },
        { facts, random in photos("监控录像截图", facts, days: 6, count: 2, notes: ["截图一", "截图二", "截图三", "截图四"], &random) },
        { facts, random in sketch(facts, &random) },
        { facts, random in chat(facts, &random) },
        { facts, random in calls(facts, &random) },
        { facts, random in hashes(facts, &random) },
        { facts, random in resident(facts, &random) },
        { facts, random in licence(facts, &random) },
        { facts, random in injury(facts, &random) },
    ]

    static let procuratorial: [Maker] = [
        { facts, random in transfer(facts, days: 91, organ: facts.place.procuratorate, code: "换", &random) },
        { facts, random in indictment(facts, &random) },
    ]

    static let inner: [Maker] = [{ facts, random in acceptance(facts, &random) }]

    // MARK: Lists

    static func list(_ title: String, _ code: String?, _ facts: CaseFacts, days: Int, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.offence.adding(days)
        let items = (0..<random.integer(4...24)).map { facts.goods[$0 % facts.goods.count] }
        let rows = items.enumerated().map { ["\($0.offset + 1)", $0.element.name, "\($0.element.count)", $0.element.mark, "\\"] }
        return Composer.listing(
            title: title, number: code.map { facts.policeNumber($0, random.integer(1...40)) }, author: facts.place.police, day: day,
            columns: [14, 48, 18, 58, 24], head: random.chance(0.5) ? ["编号", "名　称", "数量", "特　征", "备注"] : ["序号", "材料名称", "份数", "来　源", "备注"],
            rows: rows, foot: ["移交人：", "接收人：", "办案单位（公章）　\(day.text)"], rowsPerPage: 14, sealed: true, seed: random.next())
    }

    static func calls(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.detained.adding(5)
        let rows = (0..<random.integer(30...90)).map { row in
            ["\(row + 1)", facts.offence.adding(row / 6 - 8).iso, "\(random.integer(8...23)):\(Day.two(random.integer(0...59)))", random.chance(0.5) ? "主叫" : "被叫", "120\(random.integer(10_000_000...99_999_999))", "\(random.integer(3...600))秒"]
        }
        return Composer.listing(
            title: "通话记录清单", author: "某通信有限公司", day: day, lead: "机主：\(facts.suspect.name)　号码：\(facts.suspect.phone)", columns: [14, 34, 24, 20, 44, 26],
            head: ["序号", "日期", "时间", "类型", "对方号码", "时长"], rows: rows, foot: ["调取人：", "以上清单由我公司导出　\(day.text)"], rowsPerPage: 24, rowHeight: 7.6,
            size: TypeSize.fifth, sealed: true, seed: random.next())
    }

    static func hashes(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.detained.adding(6)
        let rows = (0..<random.integer(5...20)).map { row in
            ["\(row + 1)", "导出文件\(row + 1).xlsx", "\(random.integer(12...980))KB", String((0..<16).map { _ in Array("0123456789abcdef")[random.integer(0...15)] })]
        }
        return Composer.listing(
            title: "电子数据提取清单", author: facts.place.police, day: day, columns: [16, 54, 28, 64], head: ["序号", "文件名称", "大小", "完整性校验值"], rows: rows,
            foot: ["提取人：", "办案单位（公章）　\(day.text)"], rowsPerPage: 14, sealed: true, seed: random.next())
    }

    // MARK: Forms

    private static func pairs(_ rows: [(String, String)], height: Double = 14) -> Table {
        Table(columns: [46, 116], rows: rows.map { .init([.init($0.0, typeface: .hei), .init($0.1, typeface: .kai, alignment: .left)], minimumHeight: height) }, size: TypeSize.smallFourth)
    }

    static func transfer(_ facts: CaseFacts, days: Int, organ: String, code: String, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.offence.adding(days)
        let number = organ == facts.place.police ? facts.policeNumber(code, 2) : facts.procuratorateNumber(code, 2)
        let table = pairs([
            ("犯罪嫌疑人", facts.suspect.name), ("性　别", facts.suspect.sex), ("出生日期", facts.suspect.birth.text), ("案　由", facts.crime.rawValue), ("羁押场所", facts.place.detentionHouse),
            ("换押原因", "诉讼阶段变更"), ("新的办案期限", "自\(day.text)起"), ("换押机关", "\(organ)\n\(day.text)"),
        ])
        return Composer.form(organ: organ, title: "换押证", number: number, author: organ, day: day, tables: [table], footnote: "此联由看守所留存。", sealed: PaperPoint(150, 168), seed: random.next())
    }

    static func arraignment(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let rows = [Table.Row(["提讯时间", "回所时间", "提讯人", "备注"].map { .init($0, typeface: .hei) }, minimumHeight: 12)]
            + (0..<8).map { row in Table.Row([.init(facts.detained.adding(row * 3 + 1).text), .init("\(random.integer(14...17))时"), .init(facts.officers[row % 4].name), .init("\\")], minimumHeight: 14) }
        let table = Table(columns: [50, 36, 44, 32], rows: rows, size: TypeSize.smallFourth)
        return Composer.form(
            organ: facts.place.police, title: "提讯提解证", number: facts.policeNumber("提讯", 3), author: facts.place.police, day: facts.detained,
            tables: [pairs([("犯罪嫌疑人", facts.suspect.name), ("羁押时间", facts.detained.text), ("填发日期", facts.detained.text)]), table], sealed: PaperPoint(150, 232), seed: random.next())
    }

    static func resident(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let person = facts.accomplice
        let table = pairs([("姓　名", person.name), ("性　别", person.sex), ("民　族", "汉族"), ("出生日期", person.birth.text), ("公民身份号码", person.identity), ("户籍地址", person.home), ("查询单位", facts.place.station), ("查询日期", facts.detained.text)])
        return Composer.form(organ: nil, title: "常住人口信息", author: facts.place.station, day: facts.detained, tables: [table], sealed: PaperPoint(150, 150), seed: random.next())
    }

    static func licence(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let organ = facts.place.city + "市场监督管理局"
        let day = facts.offence.adding(-random.integer(400...900))
        let table = pairs([("统一社会信用代码", "99010\(random.integer(1000...9999))MA0000\(random.integer(10...99))"), ("名　称", facts.place.city + "石榴商贸有限公司"), ("类　型", "有限责任公司"), ("法定代表人", facts.victim.name), ("经营范围", "日用百货、电子产品销售"), ("登记机关", "\(organ)\n\(day.text)")], height: 18)
        return Composer.form(organ: nil, title: "营业执照", author: organ, day: day, tables: [table], footnote: "复印件与原件核对无异", sealed: PaperPoint(150, 146), seed: random.next())
    }

    static func acceptance(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.closed.adding(2)
        let table = pairs([("案件名称", facts.caseName), ("移送单位", facts.place.police), ("犯罪嫌疑人", facts.suspect.name + "、" + facts.accomplice.name), ("案　由", facts.crime.rawValue), ("案卷册数", "2册"), ("受理日期", day.text), ("承办人", facts.expert.name)])
        return Composer.form(organ: facts.place.procuratorate, title: "案件受理登记表", number: facts.procuratorateNumber("受"), author: facts.place.procuratorate, day: day, tables: [table], sealed: PaperPoint(150, 150), seed: random.next())
    }

    // MARK: Records

    static func record(_ title: String, _ facts: CaseFacts, days: Int, signer: String, _ body: [String], _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.offence.adding(days)
        let fields = [
            ("时间", "\(day.text)\(random.integer(8...11))时10分至\(day.text)\(random.integer(12...16))时30分"), ("地点", facts.scene), ("侦查人员", facts.officers[0].name + "、" + facts.officers[2].name), ("记录人", facts.officers[2].name),
            ("当事人", facts.suspect.name), ("见证人", facts.witnesses[3].name), ("事由和目的", "查明\(facts.caseName)有关事实"),
        ]
        let more = (0..<random.integer(0...22)).map { "（\($0 + 1)）侦查人员\(facts.officers[$0 % 4].name)对相关部位逐一检查、拍照、编号并记录，当事人和见证人均在场，过程没有异议。" }
        return Record(
            style: facts.style, title: title, time: nil, catalogueTitle: title, author: facts.place.police, day: day, fields: [("制作单位", facts.place.police)] + fields,
            body: body + more + ["以上笔录已阅，与实际情况相符。"], signer: signer, seed: random.next()
        ).document()
    }

    // MARK: Pictures

    static func photos(_ title: String, _ facts: CaseFacts, days: Int, count: Int, notes: [String], _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.offence.adding(days)
        let pages = (0..<random.integer(1...count)).map { page -> DraftPage in
            var elements: [PageLayout.Element] = page == 0 ? [.text(Composer.centred(title.spaced, .boldSong, facts.style.titleSize, top: 24))] : []
            for slot in 0..<2 {
                let top = 42 + Double(slot) * 112
                elements += picture(at: PaperPoint(40, top), &random)
                elements.append(.text(Composer.centred("照片\(page * 2 + slot + 1)：\(notes[(page * 2 + slot) % notes.count])", .song, TypeSize.fourth, top: top + 94)))
            }
            return DraftPage(layout: PageLayout(elements: elements))
        }
        var document = DraftDocument(title: title, number: nil, author: facts.place.station, day: day, pages: pages)
        let last = pages.count - 1
        document.pages[last].layout.elements += [
            .text(TextLine("制作单位：\(facts.place.station)", typeface: .song, size: TypeSize.smallFourth, left: 40, top: 262)),
            .text(TextLine("拍摄时间：\(day.text)", typeface: .song, size: TypeSize.smallFourth, left: 40, top: 270)),
        ]
        return document
    }

    private static func picture(at origin: PaperPoint, _ random: inout SplitMix64) -> [PageLayout.Element] {
        let size = PaperSize(width: 130, height: 88)
        var elements: [PageLayout.Element] = [.stroke(Stroke(.rectangle(origin, size), width: 0.4))]
        for _ in 0..<random.integer(4...9) {
            let at = PaperPoint(origin.x + random.between(8, 96), origin.y + random.between(8, 60))
            elements.append(.stroke(Stroke(.rectangle(at, PaperSize(width: random.between(6, 26), height: random.between(6, 22))), width: random.between(0.3, 1.2))))
            elements.append(.stroke(Stroke(.line(at, PaperPoint(origin.x + random.between(4, 126), origin.y + random.between(4, 84))), width: 0.4)))
        }
        return elements
    }

    static func sketch(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let title = random.pick(["现场方位示意图", "现场平面示意图"])
        var elements: [PageLayout.Element] = [.text(Composer.centred(title, .boldSong, facts.style.titleSize, top: 26))]
        elements += picture(at: PaperPoint(40, 50), &random) + picture(at: PaperPoint(40, 142), &random)
        let words = ["北", "路口", "小卖部", "居民楼", "现场"]
        for (index, word) in words.enumerated() { elements.append(.text(TextLine(word, typeface: .song, size: TypeSize.smallFourth, left: 48 + Double(index) * 22, top: 60 + Double(index) * 30))) }
        elements += [
            .text(TextLine("制图单位：\(facts.place.police)", typeface: .song, size: TypeSize.smallFourth, left: 110, top: 250)), .text(TextLine("制图时间：\(facts.reported.text)", typeface: .song, size: TypeSize.smallFourth, left: 110, top: 259)),
        ]
        return DraftDocument(title: title, number: nil, author: facts.place.police, day: facts.reported, pages: [DraftPage(layout: PageLayout(elements: elements))])
    }

    static func chat(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.detained.adding(4)
        let words = ["在吗", "今晚老地方见", "东西带上", "好的，几点", "九点以后，那边没人", "知道了", "到了给我打电话", "不要告诉别人", "放心", "事后一人一半"]
        let pages = (0..<random.integer(1...3)).map { page -> DraftPage in
            var elements: [PageLayout.Element] = page == 0 ? [.text(Composer.centred("聊天记录截图", .boldSong, facts.style.titleSize, top: 24))] : []
            for row in 0..<9 {
                let mine = random.chance(0.5)
                let text = random.pick(words)
                let left = mine ? 112.0 : 44.0
                elements.append(.stroke(Stroke(.rectangle(PaperPoint(left - 3, 44 + Double(row) * 22), PaperSize(width: 60, height: 10)), width: 0.2)))
                elements.append(.text(TextLine(text, typeface: .hei, size: TypeSize.smallFourth, left: left, top: 46.5 + Double(row) * 22)))
            }
            return DraftPage(layout: PageLayout(elements: elements))
        }
        var document = DraftDocument(title: "聊天记录截图", number: nil, author: facts.place.station, day: day, pages: pages)
        document.pages[pages.count - 1].layout.elements += [
            .text(TextLine("提取单位：\(facts.place.station)", typeface: .song, size: TypeSize.smallFourth, left: 40, top: 256)), .text(TextLine("提取时间：\(day.text)", typeface: .song, size: TypeSize.smallFourth, left: 40, top: 264)),
        ]
        return document
    }

    // MARK: With attachments

    /// An opinion with an attachment: its heading begins no document.
    static func injury(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let organ = facts.place.city + "公安司法鉴定中心"
        let day = facts.offence.adding(19)
        var document = Composer.letter(
            style: facts.style, organ: organ, title: "法医学人体损伤程度鉴定书", number: "\(facts.place.short)公鉴（伤）字〔\(facts.year)〕\(random.integer(100...900))号",
            body: [
                "一、绪论", "委托单位：\(facts.place.police)", "被鉴定人：\(facts.victim.name)，\(facts.victim.sex)，\(facts.victim.birth.text)出生", "鉴定日期：\(day.adding(-6).text)", "二、检验",
                "被鉴定人神志清楚，左手背侧肿胀，压痛明显，活动受限；左眼眶周围皮下瘀血，范围3.0厘米乘2.5厘米。影像资料显示左手第五掌骨骨折。", "三、论证", "根据外伤史、病历资料及检验所见，左手第五掌骨骨折符合钝性外力作用所致。依照《人体损伤程度鉴定标准》相关条款，综合评定。",
                "四、鉴定意见", "被鉴定人\(facts.victim.name)的损伤程度为轻伤二级。", "鉴定人：\(facts.expert.name)、\(facts.officers[3].name)", "附件：照片一页。",
            ].map { Paragraph($0) }, foot: Composer.Foot(organ: organ, day: day, isChineseDate: true, tilt: random.between(-9, 9)))
        document.pages.append(DraftPage(layout: PageLayout(elements: [.text(TextLine("附件：", typeface: .hei, size: TypeSize.third, left: 28, top: 30))] + picture(at: PaperPoint(40, 48), &random) + [.text(Composer.centred("左手损伤情况", .song, TypeSize.fourth, top: 142))])))
        return document
    }

    static func indictment(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.offence.adding(130)
        let body = Narrative.opinion(facts, asks: .prosecution).dropLast(3) + [Paragraph("此致"), Paragraph(facts.place.court, indent: 0), Paragraph("检察官：\(facts.expert.name)", indent: 14)]
        return Composer.letter(
            style: facts.style, organ: facts.place.procuratorate, title: "起诉书", number: facts.procuratorateNumber("刑诉", random.integer(1...50)), body: Array(body),
            foot: Composer.Foot(organ: facts.place.procuratorate, day: day, tilt: random.between(-9, 9)))
    }
}
