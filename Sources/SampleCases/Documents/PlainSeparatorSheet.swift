import Barcodes
import Typesetting

/// The sheet an operator lays between two deliveries: big words and a bar code scanners know.
enum PlainSeparatorSheet {
    static let layout = PageLayout(
        elements: [
            .text(Composer.centred("分 隔 页", .boldHei, 60, top: 60)), .text(Composer.centred("SEPARATOR", .boldHei, 36, top: 95)),
            .text(Composer.centred("此页仅供扫描分件使用，请勿装订", .hei, TypeSize.third, top: 125)),
        ] + bars("PATCHT", left: 35, top: 150, width: 140, height: 40) + [.text(Composer.centred("*PATCHT*", .song, TypeSize.third, top: 194))])

    /// Code 39 with start and stop characters.
    private static func bars(_ text: String, left: Double, top: Double, width: Double, height: Double) -> [PageLayout.Element] {
        let characters = Array("*\(text)*")
        let modules = Double(characters.count) * (6 + 3 * Code39.wide) + Double(characters.count - 1)
        let unit = width / modules
        var x = left
        var bars: [PageLayout.Element] = []
        for character in characters {
            for (index, element) in (Code39.pattern(of: character) ?? "").enumerated() {
                let breadth = element == "w" ? Code39.wide * unit : unit
                if index % 2 == 0 {
                    bars.append(.fill(.rectangle(PaperPoint(x, top), PaperSize(width: breadth, height: height)), .black))
                }
                x += breadth
            }
            x += unit
        }
        return bars
    }
}
