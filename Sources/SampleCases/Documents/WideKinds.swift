import Typesetting

/// The kinds of paper only large cases hold, told by their words; volume by volume.
enum WideKinds {
    private static func suspect(_ facts: CaseFacts) -> String {
        "犯罪嫌疑人\(facts.suspect.name)，\(facts.suspect.sex)，\(facts.suspect.birth.text)出生，身份证号码\(facts.suspect.identity)，住\(facts.suspect.home)"
    }

    private static func law(_ article: String) -> String { "根据《中华人民共和国刑事诉讼法》第\(article)条之规定" }
    private static let family: @Sendable (CaseFacts) -> String = { "\($0.accomplice.name)家属：" }
    private static let house: @Sendable (CaseFacts) -> String = { $0.place.detentionHouse + "：" }
    private static let police: @Sendable (CaseFacts) -> String = { $0.place.police + "：" }

    static let proceedings: [LetterKind] = [
        LetterKind("指定管辖决定书", "指管", days: 2, to: { $0.place.station + "：" }) { ["经对\($0.caseName)的管辖问题进行审查，\(law("一百零九"))，决定由你单位管辖。", "请在接到本决定书后立即开展侦查工作。"] },
        LetterKind("移送案件通知书", "移案", days: 3, to: { $0.victim.name + "：" }) { ["你于\($0.reported.text)提出报案的\($0.crime.rawValue)一案，\(law("一百一十"))，决定移送\($0.place.police)管辖。", "特此通知。"] },
        LetterKind("回避申请书", nil, .person(\.suspect, signsAs: "申请人"), days: 12, isHandwritten: true) { ["申请事项：申请侦查人员\($0.officers[1].name)回避。", "事实与理由：该侦查人员与被害人\($0.victim.name)系邻居，可能影响案件公正处理。请依法审查。"] },
        LetterKind("驳回申请回避决定书", "驳避", days: 15, to: { $0.suspect.name + "：" }) { ["你提出的要求\($0.officers[1].name)回避的申请，经审查，\(law("三十一"))，决定驳回。", "如不服本决定，可以在收到本决定书后五日以内申请复议一次。"] },
        LetterKind("提供法律援助通知书", "法援", days: 9, to: { $0.place.city + "法律援助中心：" }) { ["我局办理的\($0.caseName)，\(suspect($0))，没有委托辩护人，\(law("三十五"))，请指派律师为其提供辩护。", "联系人：\($0.officers[0].name)，联系方式：\($0.officers[0].phone)。"] },
        LetterKind("法律援助公函", nil, .company("法律援助中心"), days: 11, to: police) { ["根据《中华人民共和国法律援助法》之规定，现指派律师\($0.officers[3].name)担任\($0.caseName)犯罪嫌疑人\($0.suspect.name)的辩护人，请予接洽。"] },
        LetterKind("授权委托书", nil, .person(\.accomplice, signsAs: "委托人"), days: 13) { ["委托人\($0.accomplice.name)，因涉嫌\($0.crime.rawValue)一案，委托律师\($0.expert.name)担任侦查、审查起诉阶段的辩护人。", "委托权限：为委托人提供法律帮助，代理申诉、控告，申请变更强制措施。"] },
        LetterKind("律师事务所函", nil, .company("望潮律师事务所"), days: 14, to: police) { ["本所接受\($0.accomplice.name)的委托，指派\($0.expert.name)律师担任其辩护人。特此函告。", "附：授权委托书一份。"] },
        LetterKind("拘传证", "拘传", days: 6) { ["\(law("六十六"))，兹派我局侦查人员\($0.officers[0].name)、\($0.officers[1].name)对\(suspect($0))执行拘传。"] },
        LetterKind("取保候审决定书", "取保", days: 8) { ["犯罪嫌疑人\($0.accomplice.name)，\($0.accomplice.sex)，\($0.accomplice.birth.text)出生，住\($0.accomplice.home)。", "我局正在侦查\($0.caseName)，因犯罪嫌疑人可能判处管制、拘役或者独立适用附加刑，\(law("六十七"))，决定对其取保候审，期限从\($0.detained.adding(1).text)起算。", "犯罪嫌疑人应当遵守取保候审的规定，接受保证人的监督。"] },
        LetterKind("被取保候审人义务告知书", nil, days: 8, to: { $0.accomplice.name + "：" }) { facts in ["\(law("七十一"))，被取保候审人应当遵守以下规定：", "（一）未经执行机关批准不得离开所居住的市、县；", "（二）住址、工作单位和联系方式发生变动的，在二十四小时以内向执行机关报告；", "（三）在传讯的时候及时到案；", "（四）不得以任何形式干扰证人作证；", "（五）不得毁灭、伪造证据或者串供。"] },
        LetterKind("取保候审保证书", nil, .person(\.victim, signsAs: "保证人"), days: 8, isHandwritten: true) { ["我叫\($0.victim.name)，住\($0.victim.home)，与被取保候审人\($0.accomplice.name)是邻居关系。我自愿作如下保证：监督被保证人遵守刑事诉讼法第七十一条的规定，发现其可能违反规定的，及时向执行机关报告。本人未履行保证义务的，愿承担法律责任。"] },
        LetterKind("收取保证金通知书", "收保", days: 8, to: { $0.accomplice.name + "：" }) { ["我局决定对你取保候审，\(law("七十二"))，请于\($0.detained.adding(2).text)前向\($0.place.city)商业银行交纳保证金（大写）伍仟元整。"] },
        LetterKind("解除取保候审决定书", "解保", days: 80) { ["犯罪嫌疑人\($0.accomplice.name)，住\($0.accomplice.home)，我局于\($0.detained.adding(1).text)起对其取保候审，现因案件侦查终结，\(law("七十九"))，决定予以解除。"] },
        LetterKind("监视居住决定书", "监居", days: 9) { ["\(suspect($0))。", "我局正在侦查\($0.caseName)，因案件情况特殊，\(law("七十四"))，决定在\($0.suspect.home)对犯罪嫌疑人监视居住，由\($0.place.station)负责执行。"] },
        LetterKind("变更逮捕措施通知书", "变捕", days: 60, to: { $0.place.procuratorate + "：" }) { ["你院于\($0.arrested.adding(-1).text)决定批准逮捕的犯罪嫌疑人\($0.suspect.name)，因患有严重疾病，\(law("九十六"))，我局决定对其变更强制措施。"] },
        LetterKind("释放通知书", "释通", days: 61, to: house) { ["我局于\($0.detained.text)拘留的犯罪嫌疑人\($0.suspect.name)，因变更强制措施，\(law("九十六"))，决定予以释放，请立即执行。"] },
        LetterKind("提请批准延长侦查羁押期限意见书", "提延", days: 70, to: { $0.place.procuratorate + "：" }) { ["我局办理的\($0.caseName)，犯罪嫌疑人\($0.suspect.name)于\($0.arrested.text)被执行逮捕，因案情复杂，期限届满不能终结，\(law("一百五十六"))，特提请批准延长侦查羁押期限一个月。"] },
        LetterKind("批准延长侦查羁押期限决定书", "延押", .procuratorate, days: 74, to: police) { ["你局提请批准延长犯罪嫌疑人\($0.suspect.name)侦查羁押期限的意见书及案卷材料收悉。经审查，\(law("一百五十六"))，决定批准延长侦查羁押期限一个月。"] },
        LetterKind("被害人诉讼权利义务告知书", nil, days: 4, to: { $0.victim.name + "：" }) { facts in ["根据刑事诉讼法的规定，你在侦查阶段有如下诉讼权利和义务：", "一、有权要求侦查人员回避；", "二、有权对侦查人员侵犯其诉讼权利的行为提出控告；", "三、有如实陈述的义务，诬告陷害的应负法律责任；", "四、有权核对询问笔录，记载有遗漏或者差错的可以提出补充或者改正。"] },
        LetterKind("证人诉讼权利义务告知书", nil, days: 5, to: { $0.witnesses[0].name + "：" }) { facts in ["根据刑事诉讼法的规定，你作为证人有如下诉讼权利和义务：", "一、凡是知道案件情况的人都有作证的义务；", "二、有权使用本民族语言文字进行诉讼；", "三、应当如实提供证据、证言，有意作伪证或者隐匿罪证的应负法律责任。"] },
        LetterKind("询问通知书", "询通", days: 5, to: { $0.witnesses[1].name + "：" }) { ["我局正在办理\($0.caseName)，为查明案件事实，\(law("一百二十四"))，现通知你于\($0.caught.text)到\($0.place.station)接受询问。"] },
        LetterKind("协助查询财产通知书", "查财", days: 10, to: { $0.place.city + "商业银行：" }) { ["我局因办理\($0.caseName)，\(law("一百四十四"))，请协助查询犯罪嫌疑人\($0.suspect.name)（身份证号码\($0.suspect.identity)）在你单位的存款、汇款情况。"] },
        LetterKind("协助冻结财产通知书", "冻财", days: 10, to: { $0.place.city + "商业银行：" }) { ["我局因办理\($0.caseName)，\(law("一百四十四"))，请对犯罪嫌疑人\($0.suspect.name)名下账户内的存款\($0.amount)元予以冻结，期限六个月。"] },
        LetterKind("办案协作函", "协", days: 16, to: { _ in "渔火县公安局：" }) { ["我局正在侦查\($0.caseName)，现派侦查人员\($0.officers[0].name)、\($0.officers[2].name)前往你处调查取证，请予协助。"] },
        LetterKind("侦查终结报告书", nil, days: 87) { [suspect($0) + "。", "\($0.caseName)，我局于\($0.filed.text)立案侦查，现已侦查终结。", Narrative.act($0), "上述事实有书证、证人证言、被害人陈述、鉴定意见等证据证实。拟移送\($0.place.procuratorate)审查起诉。"] },
    ]

    static let evidence: [LetterKind] = [
        LetterKind("抓获经过", nil, .station, days: 7) { [Narrative.report($0), "\($0.caught.text)，民警\($0.officers[0].name)根据线索在\($0.scene)附近将犯罪嫌疑人\($0.suspect.name)抓获。", "特此说明。"] },
        LetterKind("亲笔供词", nil, .person(\.suspect, signsAs: "供述人"), days: 12, isHandwritten: true) { [Narrative.act($0), "我知道自己错了，愿意退赔，请求从宽处理。以上是我自己写的。", "当天我先到了\($0.scene.prefix(8))，等到天黑以后才动手，事后没有跟别人说过这件事。", "我写这份材料没有受到任何人的强迫。"] },
        LetterKind("亲笔证词", nil, .person(\.expert, signsAs: "证明人"), days: 14, isHandwritten: true) { ["我叫\($0.expert.name)，\($0.offence.text)晚上在\($0.scene)附近散步，看到\($0.suspect.name)和另一个人匆忙离开，手里拿着东西。以上属实。"] },
        LetterKind("谅解书", nil, .person(\.victim, signsAs: "谅解人"), days: 50, isHandwritten: true) { ["我是\($0.caseName)的被害人\($0.victim.name)。\($0.suspect.name)的家属已向我赔偿全部损失并赔礼道歉，我对其表示谅解，请求司法机关从轻处理。"] },
        LetterKind("收条", nil, .person(\.victim, signsAs: "收款人"), days: 50, isHandwritten: true) { ["今收到\($0.suspect.name)家属赔偿款人民币\($0.amount)元整。"] },
        LetterKind("赔偿协议书", nil, .person(\.victim, signsAs: "甲方"), days: 49) { ["甲方（被害人）：\($0.victim.name)", "乙方（赔偿人）：\($0.suspect.name)", "一、乙方一次性赔偿甲方各项损失共计人民币\($0.amount)元，于签订之日付清。", "二、甲方收到款项后对乙方的行为予以谅解，并出具谅解书。", "三、本协议一式三份，双方各执一份，交办案机关一份。"] },
        LetterKind("无前科证明", nil, .station, days: 8) { ["兹证明\($0.accomplice.name)（身份证号码\($0.accomplice.identity)）在我辖区居住期间无违法犯罪前科。", "特此证明。"] },
        LetterKind("现实表现证明", nil, .company("青禾街道石榴社区居民委员会"), days: 20) { ["\($0.suspect.name)系我社区居民，住\($0.suspect.home)，平时与邻里相处融洽，未发现不良行为。", "特此证明。"] },
        LetterKind("行政处罚决定书", "行罚决", days: -300) { ["违法行为人\($0.suspect.name)，住\($0.suspect.home)。", "现查明该人于上年在\($0.place.district)一商店内盗窃饮料二箱，以上事实有本人陈述、证人证言等证据证实。", "根据《中华人民共和国治安管理处罚法》第四十九条之规定，决定给予行政拘留五日的处罚。"] },
        LetterKind("诊断证明书", nil, .company("第一人民医院"), days: 2) { ["患者姓名：\($0.victim.name)　性别：\($0.victim.sex)　科别：急诊外科", "诊断意见：左手第五掌骨骨折，面部软组织挫伤。", "处理意见：休息四周，门诊随访。"] },
        LetterKind("协查函", "协查", days: 18, to: { _ in "渔火县公安局青石派出所：" }) { ["我局在办理\($0.caseName)中，需核实\($0.accomplice.name)在你辖区的居住及违法犯罪情况，请协助查证并函复。"] },
        LetterKind("工作说明", nil, .station, days: 25) { ["关于\($0.caseName)作案工具的查找情况说明如下：我所民警多次沿河岸寻找犯罪嫌疑人丢弃的工具，均未找到。", "特此说明。"] },
        LetterKind("同步录音录像资料说明", nil, .station, days: 13) { ["我所于\($0.caught.text)对犯罪嫌疑人\($0.suspect.name)进行讯问，全程同步录音录像，时长1小时45分，已刻录光盘一张，随案移送。"] },
        LetterKind("监控录像调取说明", nil, .station, days: 6) { ["我所民警\($0.officers[1].name)从\($0.scene)门前监控调取\($0.offence.text)\($0.hour)时至\($0.hour + 1)时的录像一段，系统时间与北京时间一致，已刻盘保存。"] },
        LetterKind("视听资料光盘说明", nil, .station, days: 15) { ["光盘一张，内有视频文件二个，系从现场监控设备中提取，制作人\($0.officers[1].name)，与原始载体内容一致。"] },
        LetterKind("租赁合同", nil, .person(\.suspect, signsAs: "承租方"), days: -90) { facts in
            ["出租方：\(facts.witnesses[2].name)", "承租方：\(facts.suspect.name)", "第一条　租赁房屋坐落于\(facts.suspect.home)，建筑面积六十二平方米，用途为居住。"]
                + (2...14).map { "第\(Day.numeral($0))条　双方约定，承租方应当按期交纳租金每月\(900 + $0 * 10)元，爱护房屋及附属设施，未经出租方同意不得转租、转借或者改变用途；出租方应当保证房屋符合约定的使用条件，并负责主体结构的维修。" }
        },
        LetterKind("审计报告", "审", .company("诚恕会计师事务所有限公司"), days: 30, to: police) { facts in
            ["我们接受委托，对\(facts.caseName)涉及的财务资料进行了审计。现将审计情况报告如下。", "一、基本情况"]
                + (1...4).map { "（\(Day.numeral($0))）经查阅账簿、凭证及银行流水，\(facts.suspect.name)于\(facts.offence.adding(-30 * $0).text)前后收取款项\(1200 * $0)元，未见相应的入账记录。" }
                + ["二、审计依据", "审计依据为委托方提供的会计凭证、银行交易明细及询问笔录等材料，提供资料的真实性由委托方负责。", "三、审计结论", "经审计，涉案期间未入账金额合计\(facts.amount)元。", "四、其他需要说明的事项", "本报告仅供办案机关参考。", "附件：1.审计明细表；2.会计师事务所执业证书复印件。"]
        },
    ]

    static let procuratorial: [LetterKind] = [
        LetterKind("犯罪嫌疑人诉讼权利义务告知书", nil, .procuratorate, days: 91, to: { $0.suspect.name + "：" }) { facts in ["根据《中华人民共和国刑事诉讼法》的规定，你在审查起诉阶段享有以下诉讼权利并承担相应义务：", "一、有权委托辩护人，符合条件的可以申请法律援助；", "二、有权申请回避；", "三、对检察人员侵犯诉讼权利的行为有权提出控告；", "四、有权核对讯问笔录。", "五、应当接受依法采取的强制措施。"] },
        LetterKind("认罪认罚从宽制度告知书", nil, .procuratorate, days: 91, to: { $0.suspect.name + "：" }) { facts in ["一、犯罪嫌疑人自愿如实供述自己的罪行，承认指控的犯罪事实，愿意接受处罚的，可以依法从宽处理。", "二、犯罪嫌疑人有权获得值班律师的法律帮助。", "三、认罪认罚的，应当在辩护人或者值班律师在场的情况下签署具结书。"] },
        LetterKind("值班律师法律帮助通知书", "值律", .procuratorate, days: 93, to: { $0.place.city + "法律援助中心：" }) { ["我院审查起诉的\($0.caseName)，犯罪嫌疑人没有委托辩护人，请安排值班律师于\($0.closed.adding(8).text)到\($0.place.detentionHouse)提供法律帮助。"] },
        LetterKind("补充侦查决定书", "补侦", .procuratorate, days: 95, to: police) { ["你局移送审查起诉的\($0.caseName)，经本院审查，认为事实不清、证据不足，\(law("一百七十五"))，决定将此案退回你局补充侦查。", "附：补充侦查提纲、案卷二册。"] },
        LetterKind("补充侦查提纲", nil, .procuratorate, days: 95) { facts in ["\(facts.caseName)，为有效地指控犯罪，请补充查明下列事项：", "1.查明作案工具的来源和去向；", "2.对\(facts.witnesses[2].name)补充制作询问笔录；", "3.调取案发时段现场周边的其他监控录像；", "4.补充价格认定结论书所依据的购买凭证。"] },
        LetterKind("延长审查起诉期限通知书", "延诉", .procuratorate, days: 120, to: house) { ["我院审查起诉的\($0.caseName)，因案情复杂，\(law("一百七十二"))，决定延长审查起诉期限十五日。"] },
        LetterKind("认罪认罚具结书", nil, .person(\.suspect, signsAs: "犯罪嫌疑人"), days: 125) { ["一、犯罪嫌疑人身份信息：\(suspect($0))。", "二、权利知悉：本人已阅读《认罪认罚从宽制度告知书》，且理解其全部内容。", "三、认罪认罚内容：本人知悉并认可\($0.place.procuratorate)指控的犯罪事实，构成\($0.crime.rawValue)罪，同意适用速裁程序。", "四、自愿签署声明：本人自愿签署，未受任何暴力、威胁。"] },
        LetterKind("量刑建议书", "量建", .procuratorate, days: 128) { ["被告人\($0.suspect.name)涉嫌\($0.crime.rawValue)犯罪一案，经本院审查认为，其行为已触犯《中华人民共和国刑法》\($0.crime.article)，具有坦白、退赃情节。", "建议判处被告人有期徒刑八个月至一年，并处罚金。", "此致", $0.place.court] },
        LetterKind("适用速裁程序建议书", "速建", .procuratorate, days: 128, to: { $0.place.court + "：" }) { ["我院提起公诉的被告人\($0.suspect.name)\($0.crime.rawValue)一案，事实清楚，证据确实、充分，被告人认罪认罚，建议你院适用速裁程序审理此案。"] },
    ]

    static let supplementary: [LetterKind] = [
        LetterKind("补充侦查报告书", "补侦报", days: 115, to: { $0.place.procuratorate + "：" }) { facts in ["你院于\(facts.closed.adding(7).text)退回补充侦查的\(facts.caseName)，已经补充侦查完毕，结果如下：", "1.作案工具系\(facts.suspect.name)从旧货市场购得，现已丢弃，无法找到；", "2.已补充询问证人；", "3.周边其他监控录像已被覆盖，无法调取。", "现将补充侦查案卷一册移送你院，请审查。"] },
        LetterKind("情况说明", nil, .station, days: 112) { ["关于退回补充侦查提纲第三项，经与\($0.scene)周边商户联系，相关录像保存期限为三十日，现已被覆盖，无法调取。", "特此说明。"] },
    ]

    static let inner: [LetterKind] = [
        LetterKind("讯问提纲", nil, .procuratorate, days: 94) { facts in ["一、核实身份，告知诉讼权利；", "二、讯问作案的时间、地点、经过和分工；", "三、讯问赃物的去向和退赔情况；", "四、讯问是否认罪认罚。"] },
        LetterKind("案件审查报告", nil, .procuratorate, days: 126) { facts in
            ["一、犯罪嫌疑人及其他诉讼参与人的基本情况", suspect(facts) + "。", "二、发案、立案、破案经过", "\(facts.caseName)，由被害人\(facts.victim.name)于\(facts.reported.text)报案，\(facts.place.police)于\(facts.filed.text)立案侦查。", "三、经审查认定的事实", Narrative.act(facts), "四、证据分析"]
                + facts.goods.map { "关于\($0.name)：有被害人陈述、扣押清单、价格认定结论书相互印证，价值\($0.price * $0.count)元，足以认定。" }
                + ["五、承办人意见", "建议以\(facts.crime.rawValue)罪提起公诉，并提出确定刑量刑建议。"]
        },
    ]
}
