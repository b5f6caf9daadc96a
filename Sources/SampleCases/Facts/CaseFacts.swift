import DossierModel

/// What the case is about.
enum Crime: String, CaseIterable {
    case theft = "盗窃"
    case fraud = "诈骗"
    case injury = "故意伤害"

    /// The article of the Criminal Law (刑法) the documents cite.
    var article: String {
        switch self {
        case .theft: "第二百六十四条"
        case .fraud: "第二百六十六条"
        case .injury: "第二百三十四条第一款"
        }
    }
}

/// Everything the documents of one case agree on. All of it is invented.
struct CaseFacts {
    var place: Place
    var crime: Crime
    var suspect: Person
    var accomplice: Person
    var victim: Person
    var witnesses: [Person]
    var officers: [Person]
    var expert: Person
    var offence: Day
    var hour: Int
    var scene: String
    var goods: [Item]
    /// Yuan.
    var amount: Int
    var serial: Int
    /// How the papers are laid out.
    var style = PaperStyle.official

    struct Item: Hashable {
        var name: String
        var count: Int
        var mark: String
        var price: Int
    }

    var year: Int { offence.year }
    var caseName: String { "\(suspect.name)涉嫌\(crime.rawValue)案" }
    /// A9901 stands where a real number has the organ's code.
    var caseNumber: String { "A9901\(year)\(serial)" }

    var reported: Day { offence.adding(1) }
    var filed: Day { offence.adding(2) }
    var caught: Day { offence.adding(6) }
    var detained: Day { offence.adding(7) }
    var arrestAsked: Day { offence.adding(34) }
    var arrested: Day { offence.adding(41) }
    var closed: Day { offence.adding(88) }

    /// 文号 of the police: 澜公（东）立字〔2024〕1023号.
    func policeNumber(_ kind: String, _ offset: Int = 0) -> String {
        "\(place.short)公（\(place.district.prefix(1))）\(kind)字〔\(year)〕\(serial % 1000 + offset)号"
    }

    /// 文号 of the procuratorate: 澜东检刑捕〔2024〕88号.
    func procuratorateNumber(_ kind: String, _ offset: Int = 0) -> String {
        "\(place.short)\(place.district.prefix(1))检\(kind)〔\(year)〕\(serial % 300 + offset)号"
    }

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed).stream(1)
        place = random.pick(Place.all)
        crime = random.pick(Crime.allCases)
        offence = Day(year: random.integer(2021...2024), month: random.integer(1...9), day: random.integer(1...28))
        hour = random.integer(18...23)
        var people = PersonMaker(random: random.stream(2), place: place)
        suspect = people.party(on: offence)
        accomplice = people.party(on: offence)
        victim = people.party(on: offence)
        let day = offence
        witnesses = (0..<6).map { _ in people.other(on: day) }
        officers = (0..<4).map { _ in people.other(on: day) }
        expert = people.other(on: offence)
        scene = place.city + place.district + random.pick(Place.streets) + "\(random.integer(1...199))号"
        goods = random.shuffled(Self.stock).prefix(random.integer(4...7)).map { item in
            Item(name: item.0, count: random.integer(1...3), mark: item.1, price: random.integer(item.2...(item.2 * 3)))
        }
        amount = goods.reduce(0) { $0 + $1.price * $1.count }
        serial = random.integer(2100...8999)
    }

    private static let stock: [(String, String, Int)] = [
        ("黑色智能手机", "屏幕右上角有裂纹", 1800), ("银灰色笔记本电脑", "底部贴有编号标签", 3600), ("男式手表", "表带为棕色皮质", 900),
        ("电动自行车", "车身为深蓝色", 2400), ("黄金项链", "重约12.6克", 5200), ("棕色手提包", "内衬有墨水印", 300),
        ("铝合金撬棍", "长约45厘米", 60), ("数码照相机", "机身编号末四位0417", 2900), ("平板电脑", "背面有划痕", 1500),
        ("白酒", "未开封，原包装", 480),
    ]
}
