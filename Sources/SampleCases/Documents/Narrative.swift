import DossierModel
import Typesetting

/// What happened, told by whoever writes the paper.
enum Narrative {
    enum Request { case arrest, prosecution }

    static func report(_ facts: CaseFacts) -> String {
        "\(facts.reported.text)9时20分，\(facts.victim.name)到我所报称：\(facts.offence.text)\(facts.hour)时许，其在\(facts.scene)" + harm(facts)
    }

    private static func harm(_ facts: CaseFacts) -> String {
        let goods = facts.goods.prefix(3).map { "\($0.name)\($0.count)件" }.joined(separator: "、")
        return switch facts.crime {
        case .theft: "的店铺被人撬门进入，丢失\(goods)等财物，损失约人民币\(facts.amount)元。"
        case .fraud: "与一名自称可以代办低价货源的男子见面，交付\(goods)等财物及货款后对方失去联系，损失约人民币\(facts.amount)元。"
        case .injury: "因停车位一事与人发生争执，被对方打伤面部和左手，随身的\(goods)等财物受损，损失约人民币\(facts.amount)元。"
        }
    }

    static func act(_ facts: CaseFacts) -> String {
        let goods = facts.goods.map { "\($0.name)\($0.count)件（价值人民币\($0.price * $0.count)元）" }.joined(separator: "、")
        return switch facts.crime {
        case .theft:
            "\(facts.offence.text)\(facts.hour)时许，犯罪嫌疑人\(facts.suspect.name)伙同\(facts.accomplice.name)窜至\(facts.scene)，由\(facts.accomplice.name)在路口望风，\(facts.suspect.name)使用事先准备的撬棍撬开卷帘门进入室内，窃得\(goods)。"
        case .fraud:
            "\(facts.offence.text)\(facts.hour)时许，犯罪嫌疑人\(facts.suspect.name)伙同\(facts.accomplice.name)在\(facts.scene)，虚构可以代办低价货源的事实，骗取被害人\(facts.victim.name)的\(goods)。"
        case .injury:
            "\(facts.offence.text)\(facts.hour)时许，犯罪嫌疑人\(facts.suspect.name)、\(facts.accomplice.name)在\(facts.scene)因停车位与被害人\(facts.victim.name)发生争执，继而对其拳打脚踢，致其面部及左手受伤，并损坏\(goods)。"
        }
    }

    private static func introduction(_ person: Person, _ facts: CaseFacts) -> String {
        "犯罪嫌疑人\(person.name)，\(person.sex)，\(person.birth.text)出生，居民身份证号码\(person.identity)，汉族，\(person.schooling)，\(person.work)，住\(person.home)。"
    }

    static func opinion(_ facts: CaseFacts, asks request: Request) -> [Paragraph] {
        var body = [
            Paragraph(introduction(facts.suspect, facts) + "\(facts.detained.text)因涉嫌\(facts.crime.rawValue)罪被我局刑事拘留。"),
            Paragraph(introduction(facts.accomplice, facts) + "\(facts.detained.adding(1).text)因涉嫌\(facts.crime.rawValue)罪被我局取保候审。"),
            Paragraph("\(facts.caseName)，由被害人\(facts.victim.name)于\(facts.reported.text)报案至我局。我局经过审查，于\(facts.filed.text)立案进行侦查。犯罪嫌疑人\(facts.suspect.name)已于\(facts.caught.text)被抓获归案。"),
            Paragraph("经依法侦查查明：", typeface: .hei), Paragraph(act(facts)),
            Paragraph("案发后，赃物大部分已追回并发还被害人。经\(facts.place.city)价格认证中心认定，涉案财物价值共计人民币\(facts.amount)元。"),
            Paragraph("认定上述事实的证据如下：", typeface: .hei),
            Paragraph("1.扣押清单、情况说明、户籍证明等书证；2.证人\(facts.witnesses[0].name)、\(facts.witnesses[1].name)的证言；3.被害人\(facts.victim.name)的陈述；4.犯罪嫌疑人\(facts.suspect.name)、\(facts.accomplice.name)的供述和辩解；5.手印鉴定书、价格认定结论书；6.现场勘验笔录、辨认笔录。"),
            Paragraph("上述犯罪事实清楚，证据确实、充分，足以认定。"),
        ]
        let law = request == .arrest ? "第八十一条、第八十七条之规定，特提请批准逮捕。" : "第一百六十二条之规定，现将此案移送审查起诉。"
        body.append(
            Paragraph("综上所述，犯罪嫌疑人\(facts.suspect.name)、\(facts.accomplice.name)的行为已触犯《中华人民共和国刑法》\(facts.crime.article)之规定，涉嫌\(facts.crime.rawValue)罪。根据《中华人民共和国刑事诉讼法》" + law))
        body += [Paragraph("此致"), Paragraph(facts.place.procuratorate, indent: 0)]
        if request == .prosecution { body.append(Paragraph("附：1.本案卷宗共2卷；2.犯罪嫌疑人\(facts.suspect.name)现羁押于\(facts.place.detentionHouse)。")) }
        return body
    }

    /// Questions and answers for an interview of `count` exchanges.
    static func interview(_ facts: CaseFacts, with person: Person, role: Role, count: Int, random: inout SplitMix64) -> [String] {
        var lines = opening(role)
        let bank = random.shuffled(questions(facts, person, role: role))
        for (question, answer) in bank.prefix(count) { lines += ["问：\(question)", "答：\(answer)"] }
        lines += ["问：你还有什么要补充的吗？", "答：没有了。", "问：以上所讲是否属实？", "答：属实。"]
        lines.append("以上笔录我看过，和我说的一样。\(person.name)")
        return lines
    }

    enum Role { case suspect, victim, witness }

    private static func opening(_ role: Role) -> [String] {
        let duty = role == .suspect ? "讯问" : "询问"
        return [
            "问：我们是公安机关的侦查人员，现依法对你进行\(duty)，你要如实回答，听清楚了吗？", "答：听清楚了。",
            role == .suspect ? "问：你是否申请回避，是否需要委托辩护人？" : "问：你的诉讼权利义务告知书看清楚了吗？",
            role == .suspect ? "答：不申请回避，暂时不委托。" : "答：看清楚了，没有异议。",
        ]
    }

    private static func questions(_ facts: CaseFacts, _ person: Person, role: Role) -> [(String, String)] {
        let common = common(facts, other: person == facts.suspect ? facts.accomplice : facts.suspect)
        switch role {
        case .suspect: return common + confession(facts)
        case .victim: return common + loss(facts)
        case .witness: return common + sight(facts)
        }
    }

    private static func common(_ facts: CaseFacts, other: Person) -> [(String, String)] {
        [
            ("\(facts.offence.text)晚上你在什么地方？", "我那天下午在家，晚饭后大约\(facts.hour - 1)时出的门，沿着\(facts.scene.prefix(8))一带走了走。"),
            ("现场当时的光线怎么样？", "路口有一盏路灯，不算亮，但是十来米以内的人能看清楚脸和衣服。"),
            ("你和\(other.name)是什么关系？", "以前在同一个工地上干过活，认识有两三年了，平时来往不多。"),
            ("当时还有谁在场？", "我记得\(facts.witnesses[0].name)在旁边的小卖部里，后来\(facts.witnesses[1].name)也从楼上下来了。"),
            ("你怎么能确定时间？", "我看了手机，正好是\(facts.hour)时12分，当时我还给家里打了一个电话，通话记录可以证明。"),
            ("那几个人的穿着有什么特点？", "一个穿深色连帽上衣、灰色运动裤，另一个戴浅色鸭舌帽，背着一个双肩包，个子要矮一些。"),
        ]
    }

    private static func confession(_ facts: CaseFacts) -> [(String, String)] {
        [
            ("你把事情的经过讲一遍。", act(facts).replacing("犯罪嫌疑人\(facts.suspect.name)", with: "我").replacing("\(facts.suspect.name)", with: "我") + "之后我们各自回家了。"),
            ("东西是怎么处理的？", "大部分放在我租的房子里，床底下的纸箱里面。有一件我打算拿去卖，还没有找到买家就被你们抓到了。"),
            ("工具是从哪里来的？", "是我\(facts.offence.adding(-3).text)在旧货市场买的，花了六十元钱，用完以后扔在河边的草丛里了。"),
            ("是谁先提出来的？", "是\(facts.accomplice.name)先提的，他说那边晚上没有人看守，我当时手头紧，就同意了。"),
            ("你们事先是怎么分工的？", "他在路口看着，有人来就打我电话。我负责动手。事后说好一人一半。"),
            ("你现在怎么认识自己的行为？", "我知道错了，我愿意退赔被害人的全部损失，愿意认罪认罚，希望得到从宽处理。"),
        ]
    }

    private static func loss(_ facts: CaseFacts) -> [(String, String)] {
        facts.goods.map { item in
            ("\(item.name)是什么时候买的，价值多少？", "买了大约一年，一共\(item.count)件，\(item.mark)，当时每件花了\(item.price + 300)元，购买凭证我可以提供。")
        } + [("你的损失现在追回了没有？", "大部分已经由派出所发还给我，我在发还清单上签了字，对\(facts.suspect.name)家属的赔偿我表示接受。")]
    }

    private static func sight(_ facts: CaseFacts) -> [(String, String)] {
        [
            ("你看到了什么？", "我听到外面有响动，从窗户往下看，看见两个人从\(facts.scene)门口出来，其中一个人手里提着一个棕色的包，走得很快。"),
            ("你能辨认出这两个人吗？", "离我近的那个人我能认出来，另一个人背对着我，看不清楚脸。"), ("你为什么没有当时报警？", "我以为他们是搬家的，第二天听\(facts.victim.name)说起才知道出了事。"),
            ("你和双方有没有矛盾？", "没有，我和他们都只是街坊，见面点个头，没有经济往来。"),
        ]
    }
}
