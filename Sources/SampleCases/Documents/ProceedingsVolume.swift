import DossierModel
import Typesetting

/// The papers of the 诉讼文书卷 in binding order.
enum ProceedingsVolume {
    static func documents(_ facts: CaseFacts, random: inout SplitMix64) -> [DraftDocument] {
        [
            registration(facts, seed: random.next()), receipt(facts, &random), filing(facts, &random), summons(facts, &random),
            detention(facts, &random), detentionNotice(facts, &random), rights(facts, &random), detentionExtension(facts, &random),
            arrestRequest(facts, &random), arrestApproval(facts, &random), arrestWarrant(facts, &random), arrestNotice(facts, &random),
            searchWarrant(facts, &random), seizureDecision(facts, &random), seizureList(facts, seed: random.next()),
            evidenceRequest(facts, &random), engagement(facts, &random), appraisalNotice(facts, &random), delivery(facts, seed: random.next()),
            transferNotice(facts, &random), indictmentOpinion(facts, &random),
        ]
    }

    private static func foot(_ organ: String, _ day: Day, _ random: inout SplitMix64) -> Composer.Foot {
        Composer.Foot(organ: organ, day: day, tilt: random.between(-9, 9))
    }

    static func registration(_ facts: CaseFacts, seed: UInt64) -> DraftDocument {
        let victim = facts.victim
        let label = { (text: String) in Table.Cell(text, typeface: .song) }
        let value = { (text: String, span: Int) in Table.Cell(text, span: span, typeface: .kai) }
        let rows: [Table.Row] = [
            .init([label("案件来源"), value("☑110指令 □工作中发现 □报案 □投案 □移送 □扭送 □其他", 5)], minimumHeight: 12),
            .init([label("报案人姓名"), value(victim.name, 1), label("性别"), value(victim.sex, 1), label("出生日期"), value(victim.birth.text, 1)]),
            .init([label("身份证件"), value("居民身份证 \(victim.identity)", 3), label("联系方式"), value(victim.phone, 1)]),
            .init([label("现住址"), value(victim.home, 5)]), .init([label("工作单位"), value(victim.work, 5)]),
            .init([label("移送单位"), value("\\", 1), label("移送人"), value("\\", 1), label("联系方式"), value("\\", 1)]),
            .init([label("接报民警"), value(facts.officers[0].name, 1), label("接报时间"), value("\(facts.reported.text)9时20分", 1), label("接报地点"), value("青禾派出所", 1)]),
            .init(
                [label("简要案情或者报案记录"), Table.Cell("　　" + Narrative.report(facts), span: 5, typeface: .kai, alignment: .left, isTop: true)],
                minimumHeight: 62),
            .init([label("上交的证据材料"), value("1.购买凭证1份；2.现场照片打印件4张。", 5)], minimumHeight: 14),
            .init(
                [label("受案意见"), Table.Cell("☑属本单位管辖的刑事案件，建议及时立案侦查\n□属本单位管辖的行政案件，建议及时受案调查\n□不属于本单位管辖，建议移送\n受案民警：　　　　　　　\(facts.reported.text)", span: 5, alignment: .left)],
                minimumHeight: 34),
            .init([label("受案审批"), Table.Cell("同意。\n受案部门负责人：　　　　　\(facts.reported.text)", span: 5, alignment: .left)], minimumHeight: 26),
        ]
        let table = Table(columns: [24, 30, 20, 36, 20, 32], rows: rows, size: TypeSize.fifth)
        return Composer.form(
            organ: facts.place.station, title: "受案登记表", number: facts.policeNumber("受案"), author: facts.place.station,
            day: facts.reported, tables: [table], footnote: "一式两份，一份留存，一份附卷。", sealed: PaperPoint(152, 238),
            signatures: [PaperPoint(66, 221), PaperPoint(78, 246)], seed: seed)
    }

    static func receipt(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.station, title: "受案回执", addressee: facts.victim.name + "：",
            body: [
                Paragraph("你于\(facts.reported.text)报称的\(facts.victim.name)被\(facts.crime.rawValue)一案，我单位已受理，受案登记表文号为\(facts.policeNumber("受案"))。"),
                Paragraph("你可通过来访、电话查询案件进展情况。联系人：\(facts.officers[0].name)、\(facts.officers[1].name)；联系方式：\(facts.officers[0].phone)。"),
                Paragraph("特此告知。"),
            ], foot: foot(facts.place.station, facts.reported, &random))
    }

    static func filing(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "立案决定书", number: facts.policeNumber("立"),
            body: [
                Paragraph("根据《中华人民共和国刑事诉讼法》第一百一十二条之规定，决定对\(facts.victim.name)被\(facts.crime.rawValue)案立案侦查。")
            ], foot: foot(facts.place.police, facts.filed, &random))
    }

    static func summons(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "传唤证", number: facts.policeNumber("传唤", 3),
            body: [
                Paragraph("根据《中华人民共和国刑事诉讼法》第一百一十九条之规定，兹传唤涉嫌\(facts.crime.rawValue)罪的犯罪嫌疑人\(facts.suspect.name)（性别\(facts.suspect.sex)，出生日期\(facts.suspect.birth.text)，住址\(facts.suspect.home)）于\(facts.caught.text)14时前到\(facts.place.station)接受讯问。"),
                Paragraph("被传唤人必须持此件报到，无正当理由拒不接受传唤的，可以依法拘传。"),
            ], foot: foot(facts.place.police, facts.caught, &random))
    }

    static func detention(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        var document = Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "拘留证", number: facts.policeNumber("拘", 11),
            body: [
                Paragraph("根据《中华人民共和国刑事诉讼法》第八十二条第一项之规定，兹决定对犯罪嫌疑人\(facts.suspect.name)（性别\(facts.suspect.sex)，出生日期\(facts.suspect.birth.text)，住址\(facts.suspect.home)）执行拘留，送\(facts.place.detentionHouse)羁押。")
            ], foot: foot(facts.place.police, facts.detained, &random))
        served(&document, "本证已于\(facts.detained.text)16时向我宣布。", "被拘留人：", top: 212, random: &random)
        return document
    }

    /// The lower part of a warrant: the person concerned signs that it was read out.
    private static func served(_ document: inout DraftDocument, _ text: String, _ label: String, top: Double, random: inout SplitMix64) {
        let lines = [
            TextLine(text, size: TypeSize.fourth, left: 39, top: top), TextLine(label + "　　　　　　　（捺指印）", size: TypeSize.fourth, left: 39, top: top + 12),
        ]
        let last = document.pages.count - 1
        document.pages[last].layout.elements += lines.map { .text($0) }
        document.pages[last].marks += [
            .signature(seed: random.next(), PaperPoint(64, top + 9), width: 24),
            .fingerprint(PaperPoint(90, top + 14), tilt: random.between(-30, 30)),
        ]
    }

    static func detentionNotice(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "拘留通知书", number: facts.policeNumber("拘通", 11), addressee: "\(facts.suspect.name)家属：",
            body: [
                Paragraph("根据《中华人民共和国刑事诉讼法》第八十二条第一项之规定，我局已于\(facts.detained.text)16时将涉嫌\(facts.crime.rawValue)罪的\(facts.suspect.name)刑事拘留，现羁押在\(facts.place.detentionHouse)。"),
                Paragraph("注：看守所地址 \(facts.place.city)旧船坞街90号"),
            ], foot: foot(facts.place.police, facts.detained, &random))
    }

    static func rights(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        let items = [
            "不通晓当地通用的语言文字时有权要求配备翻译人员。", "对于公安机关及其侦查人员侵犯其诉讼权利和人身侮辱的行为，有权提出申诉或者控告。",
            "对于侦查人员、鉴定人、记录人、翻译人员有法定回避情形的，有权申请他们回避。", "自接受第一次讯问或者被采取强制措施之日起，有权委托律师作为辩护人。",
            "在接受传唤、拘传、讯问时，有权要求饮食和必要的休息时间。", "对于侦查人员的提问，应当如实回答。但是对与本案无关的问题，有拒绝回答的权利。",
            "有权核对讯问笔录；没有阅读能力的，侦查人员应当向其宣读。", "如实供述自己罪行可以从轻处罚，自愿认罪认罚的可以依法从宽处理。",
            "未满十八周岁的犯罪嫌疑人在接受讯问时有要求通知其法定代理人到场的权利。", "聋、哑的犯罪嫌疑人在讯问时有要求通晓聋、哑手势的人参加的权利。",
        ]
        let body =
            [Paragraph("根据《中华人民共和国刑事诉讼法》的规定，在公安机关对案件进行侦查期间，犯罪嫌疑人有如下权利和义务：")]
            + items.enumerated().map { Paragraph("\($0.offset + 1).\($0.element)") }
            + [Paragraph("此告知书在第一次讯问犯罪嫌疑人时交犯罪嫌疑人。"), Paragraph("本告知书于\(facts.caught.text)15时10分向我告知。")]
        var end = Composer.Foot(organ: "被告知人：\(facts.suspect.name)", day: facts.caught)
        end.isChineseDate = false
        end.isPersonal = true
        end.tilt = random.between(-20, 20)
        var document = Composer.letter(style: facts.style, organ: facts.place.police, title: "犯罪嫌疑人诉讼权利义务告知书", body: body, foot: end)
        document.author = facts.place.police
        return document
    }

    static func detentionExtension(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "延长拘留期限通知书", number: facts.policeNumber("拘延", 14), addressee: facts.place.detentionHouse + "：",
            body: [
                Paragraph("因\(facts.suspect.name)系结伙作案的重大嫌疑分子，根据《中华人民共和国刑事诉讼法》第九十一条第二款之规定，决定延长\(facts.suspect.name)（性别\(facts.suspect.sex)，出生日期\(facts.suspect.birth.text)）的拘留期限，时间从\(facts.detained.adding(3).text)至\(facts.detained.adding(30).text)。")
            ], foot: foot(facts.place.police, facts.detained.adding(3), &random))
    }

    static func arrestRequest(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "提请批准逮捕书", number: facts.policeNumber("提捕", 21), body: Narrative.opinion(facts, asks: .arrest),
            foot: foot(facts.place.police, facts.arrestAsked, &random))
    }

    static func arrestApproval(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.procuratorate, title: "批准逮捕决定书", number: facts.procuratorateNumber("批捕"), addressee: facts.place.police + "：",
            body: [
                Paragraph("你局于\(facts.arrestAsked.text)以\(facts.policeNumber("提捕", 21))提请批准逮捕书提请批准逮捕犯罪嫌疑人\(facts.suspect.name)，经本院审查认为，该犯罪嫌疑人涉嫌\(facts.crime.rawValue)犯罪，符合《中华人民共和国刑事诉讼法》第八十一条规定的逮捕条件，决定批准逮捕犯罪嫌疑人\(facts.suspect.name)。请依法立即执行，并将执行情况在三日以内通知本院。")
            ], foot: foot(facts.place.procuratorate, facts.arrested.adding(-1), &random), hasRedHead: true)
    }

    static func arrestWarrant(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        var document = Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "逮捕证", number: facts.policeNumber("捕", 9),
            body: [
                Paragraph("根据《中华人民共和国刑事诉讼法》第八十条之规定，经\(facts.place.procuratorate)批准，兹由我局对涉嫌\(facts.crime.rawValue)罪的\(facts.suspect.name)（性别\(facts.suspect.sex)，出生日期\(facts.suspect.birth.text)，住址\(facts.suspect.home)）执行逮捕，送\(facts.place.detentionHouse)羁押。")
            ], foot: foot(facts.place.police, facts.arrested, &random))
        served(&document, "本证已于\(facts.arrested.text)10时向我宣布。", "被逮捕人：", top: 214, random: &random)
        return document
    }

    static func arrestNotice(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "逮捕通知书", number: facts.policeNumber("捕通", 9), addressee: "\(facts.suspect.name)家属：",
            body: [
                Paragraph("经\(facts.place.procuratorate)批准，我局已于\(facts.arrested.text)10时对涉嫌\(facts.crime.rawValue)罪的\(facts.suspect.name)执行逮捕，现羁押在\(facts.place.detentionHouse)。")
            ], foot: foot(facts.place.police, facts.arrested, &random))
    }

    static func searchWarrant(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "搜查证", number: facts.policeNumber("搜查", 5),
            body: [
                Paragraph("根据《中华人民共和国刑事诉讼法》第一百三十六条之规定，兹派我局侦查人员\(facts.officers[0].name)、\(facts.officers[1].name)对\(facts.suspect.home)进行搜查。")
            ], foot: foot(facts.place.police, facts.detained, &random))
    }

    static func seizureDecision(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "扣押决定书", number: facts.policeNumber("扣", 6),
            body: [
                Paragraph("姓名\(facts.suspect.name)，性别\(facts.suspect.sex)，出生日期\(facts.suspect.birth.text)，身份证件种类及号码居民身份证\(facts.suspect.identity)，住址\(facts.suspect.home)。"),
                Paragraph("我局在侦查\(facts.caseName)中发现你持有的下列物品可用以证明犯罪嫌疑人有罪或者无罪，根据《中华人民共和国刑事诉讼法》第一百四十一条之规定，现决定扣押（详见扣押清单）。"),
            ], foot: foot(facts.place.police, facts.detained, &random))
    }

    static func seizureList(_ facts: CaseFacts, seed: UInt64) -> DraftDocument {
        let rows = facts.goods.enumerated().map { ["\($0.offset + 1)", $0.element.name, "\($0.element.count)", $0.element.mark, "\\"] }
        let blank = [["", "（以下空白）", "", "", ""]]
        return Composer.listing(
            title: "扣押清单", number: facts.policeNumber("扣", 6), author: facts.place.police, day: facts.detained,
            columns: [14, 48, 18, 58, 24], head: ["编号", "名　称", "数量", "特　征", "备注"], rows: rows + blank,
            foot: ["持有人：", "见证人：", "办案民警：", "办案单位（公章）　\(facts.detained.text)"], rowsPerPage: 14, sealed: true, seed: seed)
    }

    static func evidenceRequest(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "调取证据通知书", number: facts.policeNumber("调证", 31), addressee: "某支付服务有限公司：",
            body: [
                Paragraph("根据《中华人民共和国刑事诉讼法》第五十四条之规定，我局侦办的\(facts.caseName)需调取你处下列有关证据：\(facts.suspect.name)（身份证号\(facts.suspect.identity)）名下账户自\(facts.offence.adding(-60).text)至\(facts.caught.text)的交易记录。"),
                Paragraph("伪造证据、隐匿证据或者毁灭证据的，将受法律追究。"),
            ], foot: foot(facts.place.police, facts.detained.adding(2), &random))
    }

    static func engagement(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "鉴定聘请书", number: facts.policeNumber("鉴聘", 7), addressee: "\(facts.place.city)物证鉴定所：",
            body: [
                Paragraph("我局侦办的\(facts.caseName)需进行手印鉴定，根据《中华人民共和国刑事诉讼法》第一百四十六条之规定，特聘请\(facts.expert.name)对现场提取的手印与\(facts.suspect.name)的十指指纹是否同一进行鉴定。请于\(facts.detained.adding(20).text)前将书面鉴定意见送交我局。")
            ], foot: foot(facts.place.police, facts.detained.adding(4), &random))
    }

    static func appraisalNotice(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "鉴定意见通知书", number: facts.policeNumber("鉴通", 8), addressee: "\(facts.suspect.name)、\(facts.victim.name)：",
            body: [
                Paragraph("我局指派、聘请有关人员，对涉案财物的价格进行了认定。认定结论是：涉案财物在基准日的市场价格为人民币\(facts.amount)元。根据《中华人民共和国刑事诉讼法》第一百四十八条之规定，如果你对该认定结论有异议，可以提出补充认定或者重新认定的申请。")
            ], foot: foot(facts.place.police, facts.detained.adding(22), &random))
    }

    static func delivery(_ facts: CaseFacts, seed: UInt64) -> DraftDocument {
        let kinds = ["鉴定意见通知书", "拘留通知书", "逮捕通知书", "案件移送起诉告知书"]
        let served = { (row: Int) in facts.detained.adding(1 + row * 25) }
        let rows: [Table.Row] =
            [
                .init([.init("案由", typeface: .hei), .init(facts.crime.rawValue), .init("受送达人", typeface: .hei), .init(facts.suspect.name)], minimumHeight: 15),
                .init([.init("送达地点", typeface: .hei), .init(facts.place.detentionHouse, span: 3)], minimumHeight: 15),
                .init(["送达文书名称", "送达时间", "受送达人签名", "送达人签名"].map { .init($0, typeface: .hei) }, minimumHeight: 15),
            ] + kinds.enumerated().map { .init([.init($0.element), .init(served($0.offset).text), .init(""), .init("")], minimumHeight: 24) }
            + [.init([.init("备考", typeface: .hei), .init("\\", span: 3)], minimumHeight: 30)]
        let table = Table(columns: [46, 42, 38, 36], rows: rows, size: TypeSize.smallFourth)
        let signatures = (0..<4).flatMap { [PaperPoint(118, 102 + Double($0) * 24), PaperPoint(154, 102 + Double($0) * 24)] }
        return Composer.form(
            organ: facts.place.police, title: "送达回证", author: facts.place.police, day: served(kinds.count - 1), tables: [table],
            footnote: "此联附卷。", sealed: PaperPoint(150, 66), signatures: signatures, seed: seed)
    }

    static func transferNotice(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "案件移送起诉告知书", number: facts.policeNumber("移诉", 12), addressee: facts.suspect.name + "：",
            body: [
                Paragraph("我局办理的\(facts.caseName)，已经侦查终结，现移送\(facts.place.procuratorate)审查起诉。根据《中华人民共和国刑事诉讼法》第一百六十二条之规定，特此告知。")
            ], foot: foot(facts.place.police, facts.closed, &random))
    }

    static func indictmentOpinion(_ facts: CaseFacts, _ random: inout SplitMix64) -> DraftDocument {
        Composer.letter(
            style: facts.style,
            organ: facts.place.police, title: "起诉意见书", number: facts.policeNumber("诉", 12), body: Narrative.opinion(facts, asks: .prosecution),
            foot: foot(facts.place.police, facts.closed, &random))
    }
}
