import DossierModel
import Testing
import Typesetting

@testable import Recognition

/// How far the places of characters are from where the typesetter put them, as a share of each character's width.
@Suite(.serialized) struct CharacterPlaceTests {
    private static let dpi = 300.0
    private static let texts = [
        "犯罪嫌疑人周海平于二〇二四年三月二日被依法刑事拘留", "现羁押于青石县看守所，经审查查明下列事实：",
        "问：你的身份证号码是多少？答：110105199003071234。", "青公（刑）立字〔2024〕33号，涉案金额1280.50元",
        "被害人“林若溪”称：其手机（型号HUAWEI Mate60）被盗，", "一、二、三、四；甲、乙、丙、丁。", "姓名　　　　性别　　　　民族",
    ]

    private static func lines() -> [TextLine] {
        texts.enumerated().map { TextLine($1, typeface: $0 % 2 == 0 ? .fangSong : .song, size: [16, 12, 10.5][$0 % 3], left: 20 + Double($0), top: 30 + 15 * Double($0)) }
    }

    private func errors(with engine: any OCREngine) throws -> [[Double]] {
        var typesetter = try Typesetter()
        let drawn = Self.lines()
        let page = try typesetter.draw(PageLayout(paper: .a4, elements: drawn.map { .text($0) }), dpi: Self.dpi, mode: .grey).raster
        let read = try engine.recognise(page, dpi: Resolution(x: Self.dpi, y: Self.dpi))
        return drawn.flatMap { line in
            read.filter { found in
                let y = (found.quad.topLeft.y + found.quad.bottomLeft.y) / 2
                return abs(y - (line.top + TextLine.em(line.size) / 2) / 25.4 * Self.dpi) < 30
            }.map { Self.errors($0, in: line) }
        }
    }

    /// Of the characters of `found` that are in `drawn`, in their order.
    private static func errors(_ found: RecognisedLine, in drawn: TextLine) -> [Double] {
        let cells = cells(of: drawn)
        let (left, width) = (found.quad.topLeft.x, found.quad.topRight.x - found.quad.topLeft.x)
        var next = 0
        var errors: [Double] = []
        for (i, character) in found.text.enumerated() where !character.isWhitespace {
            guard let place = cells[next...].firstIndex(where: { $0.character == character }), place < next + 12 else { continue }
            next = place + 1
            let centre = left + width * (found.characterSpans[2 * i] + found.characterSpans[2 * i + 1]) / 2
            errors.append(abs(centre - cells[place].centre) / cells[place].width)
        }
        return errors
    }

    private static func cells(of line: TextLine) -> [(character: Character, centre: Double, width: Double)] {
        var left = line.left
        return line.text.map { character in
            let width = CharacterWidth.cells(of: character) * line.pitch
            defer { left += width }
            return (character, (left + width / 2) / 25.4 * dpi, width / 25.4 * dpi)
        }
    }

    private func meanError(with kind: Settings.EngineName) throws -> Double {
        let engine = try OCREngines.make(kind, settings: Settings.Recognise(), threads: 1, cacheFolder: nil)
        let all = try errors(with: engine).flatMap(\.self)
        #expect(all.count > 120)
        return all.reduce(0, +) / Double(all.count)
    }

    @Test func ppocrPlacesACharacterWithinAThirdOfItsWidth() throws {
        #expect(try meanError(with: .ppocr) < 1.0 / 3)
    }

    /// Its own boxes are off by 0.58 of a width.
    @Test func tesseractPlacesACharacterWithinHalfItsWidth() throws {
        #expect(try meanError(with: .tesseract) < 0.5)
    }
}
