/// A value that is known to be right for its field.
public indirect enum FieldValue: Hashable, Sendable {
    case absent
    case text(String)
    case date(CalendarDay)
    /// Hours and minutes.
    case dateTime(CalendarDay, Int, Int)
    case number(Int)
    /// Hundredths of a yuan.
    case money(Int)
    case yesNo(Bool)
    /// A person.
    case record([String: FieldValue])
    case list([[String: FieldValue]])

    public var isAbsent: Bool { self == .absent }

    /// How it reads where no transform is asked for.
    var reading: String {
        switch self {
        case .absent, .list: ""
        case .text(let text): text
        case .date(let day): "\(day.year)年\(day.month)月\(day.day)日"
        case .dateTime(let day, let hour, let minute): "\(day.year)年\(day.month)月\(day.day)日\(hour)时\(minute)分"
        case .number(let number): "\(number)"
        case .money(let fen): Self.spelled(fen: fen)
        case .yesNo(let yes): yes ? "是" : "否"
        case .record(let values): values["姓名"]?.reading ?? ""
        }
    }

    private static func spelled(fen: Int) -> String {
        let rest = fen % 100
        return "\(fen / 100)" + (rest == 0 ? "" : rest < 10 ? ".0\(rest)" : ".\(rest)")
    }

    /// A text that depends on the value alone; different values have different texts.
    var canonical: String {
        switch self {
        case .absent: "-"
        case .text(let text): "t\(text.utf8.count):\(text)"
        case .date, .dateTime, .number, .money, .yesNo: "v\(reading.utf8.count):\(reading)"
        case .record(let values): Self.canonical(values)
        case .list(let rows): "[\(rows.map(Self.canonical).joined())]"
        }
    }

    static func canonical(_ values: [String: FieldValue]) -> String {
        let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return "{" + sorted.map { "\($0.key.utf8.count):\($0.key)=\($0.value.canonical);" }.joined() + "}"
    }
}
