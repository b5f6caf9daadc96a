/// What a tag may do with a value: `{{汉字日期(签发日期)}}`.
public enum Transform: String, CaseIterable, Sendable {
    /// 2024-03-02 → 2024年3月2日 (also what a date gives without a transform)
    case 年月日
    /// 2024-03-02 → 二〇二四年三月二日
    case 汉字日期
    /// The parts of a date or time, for forms that print 年, 月, 日 themselves.
    case 年, 月, 日, 时, 分
    /// 12 → 十二
    case 汉字数字
    /// 3 → 第三次
    case 第几次
    /// 1200 → 壹仟贰佰元整
    case 大写金额
    /// Rows of a list.
    case 计数

    /// The kind of its result, or nil where it does not apply.
    func result(of kind: Field.Kind) -> Field.Kind? {
        switch (self, kind) {
        case (.年月日, .date), (.年月日, .dateTime), (.汉字日期, .date), (.汉字日期, .dateTime): .text
        case (.年, .date), (.月, .date), (.日, .date), (.年, .dateTime), (.月, .dateTime), (.日, .dateTime): .number
        case (.时, .dateTime), (.分, .dateTime): .number
        case (.汉字数字, .number), (.第几次, .number): .text
        case (.大写金额, .money), (.大写金额, .number): .text
        case (.计数, .list): .number
        default: nil
        }
    }

    /// For `template show` and messages.
    public var meaning: String {
        switch self {
        case .年月日: "2024-03-02 → 2024年3月2日"
        case .汉字日期: "2024-03-02 → 二〇二四年三月二日"
        case .年: "2024-03-02 → 2024"
        case .月: "2024-03-02 → 3"
        case .日: "2024-03-02 → 2"
        case .时: "09:30 → 9"
        case .分: "09:30 → 30"
        case .汉字数字: "12 → 十二"
        case .第几次: "3 → 第三次"
        case .大写金额: "1200 → 壹仟贰佰元整"
        case .计数: "rows of a list → their number"
        }
    }

    func apply(to value: FieldValue) -> FieldValue? {
        switch (self, value) {
        case (_, .absent): .absent
        case (_, .dateTime(let day, let hour, let minute)):
            self == .时 ? .number(hour) : self == .分 ? .number(minute) : apply(to: .date(day))
        case (.年月日, .date): .text(value.reading)
        case (.汉字日期, .date(let day)): .text(ChineseNumeral.date(day))
        case (.年, .date(let day)): .number(day.year)
        case (.月, .date(let day)): .number(day.month)
        case (.日, .date(let day)): .number(day.day)
        case (.汉字数字, .number(let number)): .text(ChineseNumeral.counting(number))
        case (.第几次, .number(let number)): .text("第\(ChineseNumeral.counting(number))次")
        case (.大写金额, .money(let fen)): .text(ChineseNumeral.amount(fen: fen))
        case (.大写金额, .number(let yuan)): .text(ChineseNumeral.amount(fen: yuan * 100))
        case (.计数, .list(let rows)): .number(rows.count)
        default: nil
        }
    }
}

/// What a tag may ask of its place in a list: `{{^末项()}}、{{/末项()}}`.
enum PlaceInList: String, CaseIterable {
    case 首项, 末项, 序号

    /// In the words of the mustache library.
    var encoded: String {
        switch self {
        case .首项: "first()"
        case .末项: "last()"
        case .序号: "plusone(index())"
        }
    }
}
