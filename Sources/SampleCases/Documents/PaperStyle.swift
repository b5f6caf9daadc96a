import Typesetting

/// Offices set the same paper in different ways. The official one is that of the committed sample.
struct PaperStyle: Hashable {
    enum Head { case twoLines, oneLine, smallOrgan, titleOnly }
    enum PageMark { case top, foot, none }

    var head = Head.twoLines
    /// Titles up to this many characters are set with spaces.
    var longestSpaced = 6
    /// Points.
    var titleSize = TypeSize.second
    var numberIsCentred = false
    /// Arabic dates where they would be Chinese, and the other way round.
    var turnsDates = false
    /// “第 1 页 共 3 页” on records.
    var pageMark = PageMark.top
    /// “第二次” stands on a line of its own.
    var timeIsBelow = false
    /// The catalogue of a volume in the form the police use: six columns, ranges of pages.
    var catalogueIsOfPolice = false

    static let official = PaperStyle()

    static let all: [PaperStyle] = [
        official,
        PaperStyle(head: .oneLine, titleSize: TypeSize.smallSecond, numberIsCentred: true, pageMark: .none, timeIsBelow: true, catalogueIsOfPolice: true),
        PaperStyle(head: .smallOrgan, titleSize: TypeSize.smallSecond, turnsDates: true, pageMark: .foot),
        PaperStyle(head: .titleOnly, longestSpaced: 4, numberIsCentred: true, turnsDates: true, pageMark: .none, catalogueIsOfPolice: true),
    ]

    func foot(_ foot: Composer.Foot) -> Composer.Foot {
        var foot = foot
        if turnsDates { foot.isChineseDate.toggle() }
        return foot
    }
}
