import DossierModel
import Typesetting

/// The papers of the 证据卷 in binding order.
enum EvidenceVolume {
    static func documents(_ facts: CaseFacts, random: inout SplitMix64) -> [DraftDocument] {
        let person = facts.suspect
        return [
            arrival(facts, &random), household(facts, person, seed: random.next()), record(facts, &random),
            interrogation(facts, person, time: 1, exchanges: 12, &random), interrogation(facts, person, time: 2, exchanges: 6, &random),
            interrogation(facts, facts.accomplice, time: 1, exchanges: 8, &random), interview(facts, facts.victim, isVictim: true, &random),
            interview(facts, facts.witnesses[0], isVictim: false, &random), interview(facts, facts.witnesses[1], isVictim: false, &random),
            scene(facts, &random), recognition(facts, facts.witnesses[0], &random), explanation(facts, &random),
            transactions(facts, rows: 44, &random), price(facts, &random), fingerprints(facts, &random), returned(facts, seed: random.next()),
        ]
    }

    /// Further papers for large cases, without end.
    static func further(_ facts: CaseFacts, index: Int, texts: LawTexts?, random: inout SplitMix64) -> DraftDocument {
        let witness = facts.witnesses[index % facts.witnesses.count]
        if let texts, index % 3 == 2 { return texts.annex(facts, index: index, random: &random) }
        switch index % 5 {
        case 0: return interview(facts, witness, isVictim: false, &random)
        case 1: return interrogation(facts, index % 2 == 0 ? facts.suspect : facts.accomplice, time: 2 + index / 5, exchanges: random.integer(6...12), &random)
        case 2: return transactions(facts, rows: random.integer(40...160), &random)
        case 3: return recognition(facts, witness, &random)
        default: return explanation(facts, &random)
        }
    }

    private static func foot(_ organ: String, _ day: Day, _ random: inout SplitMix64) -> Composer.Foot {
        Composer.Foot(organ: organ, day: day, isChineseDate: false, tilt: random.between(-9, 9))
    }

    static func arrival(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.station, title: "到案经过",
            body: [
                Paragraph(Narrative.report(facts)),
                Paragraph("接报后，我所民警经调取现场周边监控录像并走访群众，发现\(facts.suspect.name)有重大作案嫌疑。\(facts.caught.text)11时许，民警\(facts.officers[0].name)、\(facts.officers[1].name)在\(facts.place.district)石榴街一出租房内将其抓获，到案时\(facts.suspect.name)无拒捕、逃跑行为。"),
                Paragraph("\(facts.caught.adding(1).text)9时许，\(facts.accomplice.name)在家属陪同下主动到我所投案，如实供述了自己的犯罪事实。"), Paragraph("特此说明。"),
            ], foot: foot(facts.place.station, facts.caught.adding(1), &random))
    }

    static func household(_ facts: CaseFacts, _ person: Person, seed: UInt64) -> DraftDocument {
        let pair = { (a: String, b: String, c: String, d: String) in
            Table.Row([.init(a, typeface: .hei), .init(b), .init(c, typeface: .hei), .init(d)], minimumHeight: 14)
        }
        let table = Table(
            columns: [32, 50, 32, 48],
            rows: [
                pair("姓　名", person.name, "曾用名", "\\"), pair("性　别", person.sex, "民　族", "汉族"),
                pair("出生日期", person.birth.text, "文化程度", person.schooling), pair("婚姻状况", "未婚", "兵役状况", "未服兵役"),
                .init([.init("公民身份号码", typeface: .hei), .init(person.identity, span: 3)], minimumHeight: 14),
                .init([.init("户籍地址", typeface: .hei), .init(person.home, span: 3)], minimumHeight: 14),
                .init([.init("服务处所", typeface: .hei), .init(person.work, span: 3)], minimumHeight: 14),
                .init([.init("备　注", typeface: .hei), .init("经查询，该人为\(facts.place.district)常住人口，未发现重户登记。", span: 3, alignment: .left)], minimumHeight: 30),
                .init([.init("证明单位：\(facts.place.station)\n\n\(facts.detained.text)", span: 4, alignment: .right)], minimumHeight: 40),
            ], size: TypeSize.smallFourth)
        return Composer.form(
            organ: nil, title: "户籍证明", author: facts.place.station, day: facts.detained, tables: [table], sealed: PaperPoint(160, 176), seed: seed)
    }

    static func record(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.station, title: "违法犯罪记录查询证明",
            body: [Paragraph("经查询，截至\(facts.detained.text)，\(facts.suspect.name)（公民身份号码\(facts.suspect.identity)）在本辖区内未发现有违法犯罪记录。"), Paragraph("特此证明。")],
            foot: foot(facts.place.station, facts.detained, &random))
    }

    static func interrogation(_ facts: CaseFacts, _ person: Person, time: Int, exchanges: Int, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.caught.adding(time * 4 - 4)
        let fields = [
            ("时间", "\(day.text)15时20分至\(day.text)17时05分"), ("地点", "\(facts.place.station)办案区讯问室"), ("讯问人", facts.officers[0].name + "、" + facts.officers[1].name),
            ("记录人", facts.officers[1].name), ("被讯问人", person.name), ("性别", person.sex), ("年龄", "\(person.age(on: day))"), ("出生日期", person.birth.text),
            ("身份证件种类及号码", "居民身份证" + person.identity), ("现住址", person.home), ("联系方式", person.phone),
        ]
        let body = Narrative.interview(facts, with: person, role: .suspect, count: exchanges, random: &random)
        return Record(
            style: facts.style,
            title: "讯问笔录", time: time, catalogueTitle: "\(person.name)第\(Day.numeral(time))次讯问笔录", author: person.name, day: day, fields: fields, body: body,
            signer: "被讯问人", seed: random.next()
        ).document()
    }

    static func interview(_ facts: CaseFacts, _ person: Person, isVictim: Bool, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.reported.adding(isVictim ? 0 : 3)
        let fields = [
            ("时间", "\(day.text)10时05分至\(day.text)11时30分"), ("地点", "\(facts.place.station)询问室"), ("询问人", facts.officers[0].name + "、" + facts.officers[3].name),
            ("记录人", facts.officers[3].name), ("被询问人", person.name), ("性别", person.sex), ("年龄", "\(person.age(on: day))"), ("出生日期", person.birth.text),
            ("身份证件种类及号码", "居民身份证" + person.identity), ("现住址", person.home), ("联系方式", person.phone), ("工作单位", person.work),
        ]
        let body = Narrative.interview(facts, with: person, role: isVictim ? .victim : .witness, count: random.integer(5...9), random: &random)
        return Record(
            style: facts.style,
            title: "询问笔录", time: nil, catalogueTitle: "\(person.name)询问笔录", author: person.name, day: day, fields: fields, body: body,
            signer: "被询问人", seed: random.next()
        ).document()
    }

    static func scene(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let fields = [
            ("现场勘验单位", facts.place.police), ("指派、报告单位", facts.place.station), ("勘验事由", facts.caseName), ("现场地点", facts.scene),
            ("勘验时间", "\(facts.reported.text)10时40分至12时15分"), ("天气", "阴"), ("温度", "\(random.integer(8...28))℃"), ("现场保护人", facts.officers[1].name), ("见证人", facts.witnesses[0].name),
        ]
        let body = [
            "现场位于\(facts.scene)，为一层临街房屋，坐北朝南，东邻小卖部，西邻空置仓库，南侧为宽约6米的水泥路面，北侧为居民楼。",
            "房屋正门为卷帘门，门锁处有明显撬压痕迹，痕迹长4.2厘米，宽1.1厘米，距地面高0.35米。对该处痕迹拍照并制模提取（1号痕迹）。",
            "进入室内，室内东西长7.4米，南北宽5.1米。东墙下有木质货架两组，货架上物品凌乱。北墙下有办公桌一张，抽屉呈拉开状，抽屉把手处发现残缺汗液指纹一枚，经502熏显后拍照提取（2号痕迹）。",
            "办公桌前地面有鞋印两枚，鞋底花纹为波折线形，长27.5厘米，已拍照并静电吸附提取（3号、4号痕迹）。", "对现场其他部位进行仔细勘验，未发现其他有价值的痕迹物证。现场勘验于12时15分结束。",
            "现场勘验制图1张，照相24张，录像8分钟。", "勘验检查人员：\(facts.officers[2].name)、\(facts.expert.name)",
        ]
        return Record(
            style: facts.style,
            title: "现场勘验笔录", time: nil, catalogueTitle: "现场勘验笔录", author: facts.place.police, day: facts.reported, fields: fields, body: body, signer: "见证人", seed: random.next()
        ).document()
    }

    static func recognition(_ facts: CaseFacts, _ person: Person, _ random: inout SplitMix64) -> DraftDocument {
        let day = facts.caught.adding(2)
        let fields = [
            ("时间", "\(day.text)14时30分至14时50分"), ("地点", "\(facts.place.station)辨认室"), ("侦查人员", facts.officers[0].name + "、" + facts.officers[3].name),
            ("辨认人", person.name), ("见证人", facts.witnesses[4].name), ("辨认对象", "十二张不同男性免冠照片"),
        ]
        let body = [
            "辨认目的：让辨认人辨认\(facts.offence.text)\(facts.hour)时许在\(facts.scene)见到的人。", "辨认过程及结果：侦查人员将十二张不同男性免冠照片按1至12号无规则排列，编号后交给辨认人\(person.name)进行辨认。",
            "辨认人在仔细观看全部照片后，指出\(random.integer(1...12))号照片上的人就是当晚从现场出来的人。经核对，该照片上的人为\(facts.suspect.name)（公民身份号码\(facts.suspect.identity)）。",
            "辨认前，侦查人员已向辨认人详细询问了被辨认人的具体特征，并告知其有意作虚假辨认应负的法律责任。辨认过程由见证人\(facts.witnesses[4].name)全程见证。", "以上笔录我看过，和我说的一样。\(person.name)",
        ]
        return Record(
            style: facts.style,
            title: "辨认笔录", time: nil, catalogueTitle: "\(person.name)辨认笔录", author: person.name, day: day, fields: fields, body: body, signer: "辨认人", seed: random.next()
        ).document()
    }

    static func explanation(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let subject = random.pick(["同步录音录像", "监控录像调取", "作案工具去向", "赃物发还"])
        return Composer.letter(
            style: facts.style,
            organ: facts.place.station, title: "情况说明",
            body: [
                Paragraph("关于\(facts.caseName)中\(subject)的有关情况，说明如下："),
                Paragraph("一、我所民警于\(facts.caught.text)至\(facts.caught.adding(5).text)期间，对与\(subject)有关的材料进行了核查，共走访群众\(random.integer(4...19))人次，查看录像\(random.integer(6...40))小时。"),
                Paragraph("二、经核查，现有材料来源清楚，提取过程符合规定，相关人员均已在笔录上签名确认。"), Paragraph("三、因\(facts.scene)南侧摄像头当日停电，\(facts.hour)时至\(facts.hour + 1)时之间的录像缺失，无法调取。"),
                Paragraph("特此说明。"), Paragraph("办案民警：\(facts.officers[0].name)、\(facts.officers[1].name)"),
            ], foot: foot(facts.place.station, facts.caught.adding(8), &random))
    }

    static func transactions(_ facts: CaseFacts, rows count: Int, _ random: inout SplitMix64) -> DraftDocument {
        var balance = random.integer(800...9000)
        let rows = (0..<count).map { index -> [String] in
            let isIncome = random.chance(0.4)
            let amount = random.integer(5...1800)
            balance = isIncome ? balance + amount : max(17, balance - amount)
            let day = facts.offence.adding(index * 60 / count - 55)
            return [
                "\(index + 1)", day.iso, isIncome ? "收入" : "支出", "\(amount).\(Day.two(random.integer(0...99)))", "\(balance).\(Day.two(random.integer(0...99)))",
                random.pick(["转账", "扫码付款", "商户消费", "红包", "充值", "提现"]), random.pick(facts.witnesses).name,
            ]
        }
        return Composer.listing(
            title: "账户交易明细", author: "某支付服务有限公司", day: facts.detained.adding(3), lead: "户名：\(facts.suspect.name)　账号：0000 0000 \(facts.serial) 990",
            columns: [13, 28, 17, 27, 27, 24, 26], head: ["序号", "交易日期", "收支", "金额（元）", "余额（元）", "方式", "对方"], rows: rows,
            foot: ["调取人：", "以上数据由我公司系统导出　\(facts.detained.adding(3).text)"], rowsPerPage: 24, rowHeight: 7.6, size: TypeSize.fifth, sealed: true, seed: random.next())
    }

    static func price(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let organ = facts.place.city + "价格认证中心"
        let goods = facts.goods.map { "\($0.name)\($0.count)件，单价\($0.price)元，计\($0.price * $0.count)元" }.joined(separator: "；")
        return Composer.letter(
            style: facts.style,
            organ: organ, title: "价格认定结论书", number: "\(facts.place.short)价认〔\(facts.year)〕\(facts.serial % 700)号", addressee: facts.place.police + "：",
            body: [
                Paragraph("你单位\(facts.detained.text)出具的价格认定协助书收悉。我中心依据有关规定，对涉案财物进行了价格认定，现将结论书告知如下：", indent: 2), Paragraph("一、价格认定标的", typeface: .hei),
                Paragraph(facts.goods.map { "\($0.name)\($0.count)件（\($0.mark)）" }.joined(separator: "、") + "。"), Paragraph("二、价格认定基准日", typeface: .hei), Paragraph(facts.offence.text + "。"),
                Paragraph("三、价格认定方法", typeface: .hei), Paragraph("采用市场法，结合标的使用年限及实际成新率综合确定。"), Paragraph("四、价格认定结论", typeface: .hei),
                Paragraph("\(goods)。合计人民币\(facts.amount)元。"), Paragraph("五、声明", typeface: .hei), Paragraph("（一）本结论书受结论书中已说明的限定条件限制。（二）本结论书仅对本次委托有效，不作他用。"),
            ], foot: foot(organ, facts.detained.adding(20), &random), hasRedHead: true)
    }

    static func fingerprints(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let organ = facts.place.city + "物证鉴定所"
        return Composer.letter(
            style: facts.style,
            organ: organ, title: "鉴定意见书", number: "\(facts.place.short)物鉴（痕）字〔\(facts.year)〕\(facts.serial % 400)号",
            body: [
                Paragraph("一、绪论", typeface: .hei), Paragraph("委托单位：\(facts.place.police)"), Paragraph("受理日期：\(facts.detained.adding(4).text)"), Paragraph("送检材料：现场提取的残缺汗液指纹1枚（标记为检材）；\(facts.suspect.name)十指指纹捺印样本1份（标记为样本）。"),
                Paragraph("鉴定要求：检材与样本是否为同一人所留。"), Paragraph("二、检验", typeface: .hei), Paragraph("检材指纹为箕型纹，纹线较清晰，中心及右侧三角区可见，检出稳定特征点11个。样本指纹捺印清晰，满足比对条件。"),
                Paragraph("将检材与样本右手拇指指纹进行比对，在纹线的起点、终点、分歧、结合、小点等特征的种类、位置、方向及相互关系上，均一致。"), Paragraph("三、论证", typeface: .hei), Paragraph("上述符合特征的数量多、质量高，其总和反映了同一人的手印特征，差异点系捺印时受力不均造成。"),
                Paragraph("四、鉴定意见", typeface: .hei), Paragraph("送检的现场指纹与\(facts.suspect.name)右手拇指指纹为同一人所留。"), Paragraph("鉴定人：\(facts.expert.name)、\(facts.witnesses[5].name)"),
            ], foot: foot(organ, facts.detained.adding(18), &random))
    }

    static func returned(_ facts: CaseFacts, seed: UInt64) -> DraftDocument {
        Composer.listing(
            title: "发还清单", number: facts.policeNumber("发还", 4), author: facts.place.police, day: facts.closed.adding(-10), columns: [14, 48, 18, 58, 24],
            head: ["编号", "名　称", "数量", "特　征", "备注"], rows: facts.goods.dropLast().enumerated().map { ["\($0.offset + 1)", $0.element.name, "\($0.element.count)", $0.element.mark, "已发还"] },
            foot: ["领取人：", "办案民警：", "\(facts.closed.adding(-10).text)　领取人捺印"], rowsPerPage: 14, sealed: false, seed: seed)
    }
}
