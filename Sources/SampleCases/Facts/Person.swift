internal import DossierModel

/// An invented person.
struct Person: Hashable {
    var name: String
    var isWoman: Bool
    var birth: Day
    var identity: String
    var home: String
    var phone: String
    var work: String
    var schooling: String

    var sex: String { isWoman ? "女" : "男" }

    func age(on day: Day) -> Int {
        day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day) ? 1 : 0)
    }
}

/// Makes people nobody can be: the names are of an improbable make, the home code 99 names no province and no mobile
/// number starts with 120.
struct PersonMaker {
    private var random: SplitMix64
    private var anonymous: [String]
    private var full: [String]
    private let place: Place

    init(random: SplitMix64, place: Place) {
        var random = random
        anonymous = random.shuffled(["张某甲", "李某乙", "王某丙", "赵某丁", "周某戊", "吴某己", "郑某庚", "冯某辛"])
        full = random.shuffled(Self.inventedNames)
        self.random = random
        self.place = place
    }

    private static let inventedNames = [
        "钟离砚秋", "澹台栖木", "令狐问渠", "百里拾光", "东郭听澜", "公孙如砥", "南宫漱石", "濮阳既白", "司徒望舒",
        "上官拂晓", "慕容知夏", "宇文惊蛰", "端木青禾", "皇甫观棋", "欧阳枕溪", "西门落雁", "独孤守拙", "闻人采薇",
        "尉迟扶摇", "轩辕子衿", "呼延破浪", "申屠鹿鸣", "太叔云起", "夏侯折桂", "诸葛半亩", "长孙抱朴", "淳于垂虹",
        "单于绿竹", "公冶新雪", "宗政流萤",
    ]

    /// A party: 张某甲 and the like.
    mutating func party(on day: Day) -> Person {
        make(anonymous.isEmpty ? full.removeLast() : anonymous.removeLast(), on: day)
    }

    /// Everybody else: an invented full name; names are used again only when all thirty are used up.
    mutating func other(on day: Day) -> Person {
        if full.isEmpty { full = random.shuffled(Self.inventedNames) }
        return make(full.removeLast(), on: day)
    }

    private mutating func make(_ name: String, on day: Day) -> Person {
        let birth = Day(year: day.year - random.integer(21...58), month: random.integer(1...12), day: random.integer(1...28))
        let isWoman = random.chance(0.35)
        let order = random.integer(10...98) * 10 + (isWoman ? 2 : 1) + 2 * random.integer(0...3)
        return Person(
            name: name, isWoman: isWoman, birth: birth,
            identity: IdentityNumber.make(region: "99010\(random.integer(1...9))", birth: birth, order: order),
            home: place.district + random.pick(Place.streets) + "\(random.integer(1...199))号\(random.integer(1...9))幢\(random.integer(101...1804))室",
            phone: "120" + (0..<8).map { _ in "\(random.integer(0...9))" }.joined(),
            work: random.pick(["无固定职业", "某物流公司驾驶员", "某超市收银员", "个体经营", "某建筑公司工人", "某餐馆厨师", "某公司职员"]),
            schooling: random.pick(["小学文化", "初中文化", "高中文化", "大专文化", "本科文化"]))
    }
}

/// Citizen numbers as GB 11643-1999 forms them.
enum IdentityNumber {
    /// - Parameters:
    ///   - region: six digits. Codes starting with 99 belong to no province (GB/T 2260).
    ///   - order: 1…999, odd for men.
    static func make(region: String, birth: Day, order: Int) -> String {
        let body = region + birth.compact + Day.two(order / 10) + "\(order % 10)"
        return body + String(CitizenNumber.checkCharacter(of: body)!)
    }

}

/// An invented place.
struct Place {
    var city: String
    var district: String
    /// First character of organ numbers.
    var short: String

    static let streets = ["望潮路", "听雨巷", "石榴街", "青禾大道", "白鹭洲路", "旧船坞街", "三眼井巷", "梧桐里"]

    static let all = [
        Place(city: "海澜市", district: "东浦区", short: "澜"), Place(city: "云汀市", district: "栖霞岭区", short: "汀"),
        Place(city: "雁回市", district: "渡口区", short: "雁"),
    ]

    var police: String { city + "公安局" + district.dropLast() + "分局" }
    var station: String { police + "青禾派出所" }
    var court: String { city + district + "人民法院" }
    var procuratorate: String { city + district + "人民检察院" }
    var detentionHouse: String { city + "看守所" }
}
