import Barcodes
public import DossierModel
import SeparatorSheets
import Typesetting

/// Ordinary pages of a generated case with separator sheets among them that are hurt in the ways scanners and offices
/// know: what the reading of separator sheets is measured with. Equal seeds give equal pages.
public struct SeparatorTrial: Sendable {
    public struct Page: Sendable {
        public var raster: Raster
        public var dpi: Resolution
        /// Characters printed on it, spaces not counted.
        public var glyphs: Int
        /// nil for a page of the case.
        public var sheet: Sheet?
        /// What to call it in a list.
        public var name: String
    }

    public struct Sheet: Sendable {
        public var order: SeparatorOrder
        /// Of a patch code its name; nil for any other.
        public var patch: String?
        public var injury: Injury
    }

    public enum Injury: String, Sendable, CaseIterable {
        case none, skewed, upsideDown, sideways, fax, blurred, noisy, faint, covered
        /// Tilted, blurred, noisy and partly covered at once.
        case everything
    }

    private let seed: UInt64
    private let pages: Int
    private let sheetsPerPage: Double

    /// - Parameters:
    ///   - pages: of the case; sheets come on top.
    ///   - sheetsPerPage: how many sheets for each of its pages.
    public init(seed: UInt64, pages: Int, sheetsPerPage: Double = 0.25) {
        (self.seed, self.pages, self.sheetsPerPage) = (seed, pages, sheetsPerPage)
    }

    /// Makes one page after the other.
    ///
    /// #### Errors
    /// `missingComponent` without the Fandol fonts; what `body` throws.
    public func forEach(_ body: (Page) throws -> Void) throws {
        var random = SplitMix64(seed: seed).stream(11)
        var scanner = try Scanner()
        var number = 0
        for image in ordinary(&random) {
            let scan = try scanner.scan(image.side, image.condition, random: &random)
            try body(Page(raster: scan.raster, dpi: scan.dpi, glyphs: Self.glyphs(scan), sheet: nil, name: "page \(number) \(image.condition.flags.joined(separator: "+"))"))
            number += 1
            guard random.chance(sheetsPerPage) else { continue }
            try body(sheet(&scanner, random: &random))
        }
    }

    private func ordinary(_ random: inout SplitMix64) -> [PlannedImage] {
        let plan = CasePlan.wide(seed: seed, pages: pages, texts: nil)
        var feeder = SheetFeeder(difficulty: .hard, random: random.stream(5), duplex: 0.1)
        return plan.volumes.flatMap { feeder.images(of: $0) }.filter { $0.disposition == .page }
    }

    private static func glyphs(_ scan: Scan) -> Int { scan.lines.reduce(0) { $0 + $1.text.count { !$0.isWhitespace } } }

    private func sheet(_ scanner: inout Scanner, random: inout SplitMix64) throws -> Page {
        let (kind, sheet, patch) = drawnSheet(&random)
        let injury = random.pick(Injury.allCases)
        var layout = try kind.layout()
        if injury == .covered || injury == .everything { layout.elements.append(Self.cover(&random)) }
        let condition = Self.condition(injury, &random)
        let scan = try scanner.scan(Side(page: DraftPage(layout: layout)), condition, random: &random)
        let (raster, dpi) = injury == .fax ? Self.everySecondRow(scan.raster) : (scan.raster, scan.dpi)
        return Page(
            raster: raster, dpi: dpi, glyphs: Self.glyphs(scan), sheet: Sheet(order: sheet, patch: patch, injury: injury),
            name: "\(patch.map { "patch \($0)" } ?? sheet.payload) \(injury.rawValue) \(condition.mode.rawValue) \(Int(condition.dpi))")
    }

    private func drawnSheet(_ random: inout SplitMix64) -> (SeparatorSheets.SeparatorSheet, SeparatorOrder, patch: String?) {
        switch random.integer(0...5) {
        case 0:
            let code = random.pick(PatchCode.allCases)
            return (.patch(code), .openDocument(title: nil), code.rawValue)
        case 1: return (.patchT, .openDocument(title: nil), nil)
        case 2:
            let order = SeparatorOrder.openCase("海检刑诉受〔202\(random.integer(0...9))〕\(random.integer(1...999))号")
            return (.order(order), order, nil)
        case 3:
            let order = SeparatorOrder.openVolume(number: random.integer(1...40), kind: random.pick(VolumeKind.allCases))
            return (.order(order), order, nil)
        case 4: return (.order(.openDocument(title: nil)), .openDocument(title: nil), nil)
        default:
            let order = SeparatorOrder.openDocument(title: "\(random.pick(["A", "B", "C"]))0\(random.integer(10...49))")
            return (.order(order), order, nil)
        }
    }

    /// A slip of paper, or a shadow as dark as print, over 30 to 50 % of the sheet from one side.
    private static func cover(_ random: inout SplitMix64) -> PageLayout.Element {
        let share = random.between(0.3, 0.5)
        let (w, h) = (PaperSize.a4.width, PaperSize.a4.height)
        let grey = random.chance(0.7) ? 1 : 0.25
        let ink = Ink(red: grey, green: grey, blue: grey)
        let (origin, size): (PaperPoint, PaperSize) = switch random.integer(0...3) {
        case 0: (PaperPoint(0, 0), PaperSize(width: w * share, height: h))
        case 1: (PaperPoint(w * (1 - share), 0), PaperSize(width: w * share, height: h))
        case 2: (PaperPoint(0, 0), PaperSize(width: w, height: h * share))
        default: (PaperPoint(0, h * (1 - share)), PaperSize(width: w, height: h * share))
        }
        return .fill(.rectangle(origin, size), ink)
    }

    private static func condition(_ injury: Injury, _ random: inout SplitMix64) -> Condition {
        var condition = Condition.drawn(.mixed, isRed: false, random: &random)
        condition.rotation = .none
        condition.fading = 0
        switch injury {
        case .none, .covered: break
        case .skewed: condition.skew = random.between(4, 15) * (random.chance(0.5) ? 1 : -1)
        case .upsideDown: condition.rotation = .half
        case .sideways: condition.rotation = random.pick([.clockwise90, .clockwise270])
        case .fax: (condition.mode, condition.dpi) = (.bitonal, 204)
        case .blurred: (condition.blur, condition.mode, condition.dpi) = (0.25, .grey, 200)
        case .noisy: (condition.noise, condition.specks) = (random.between(12, 22), random.integer(200...600))
        case .faint: (condition.fading, condition.mode) = (random.between(0.5, 0.8), random.chance(0.5) ? .grey : .colour)
        case .everything:
            condition.skew = random.between(-8, 8)
            (condition.blur, condition.noise, condition.specks) = (0.2, random.between(6, 14), 200)
            if random.chance(0.5) { condition.rotation = .half }
        }
        return condition
    }

    /// Standard fax resolution, 204 × 98 dots per inch.
    private static func everySecondRow(_ raster: Raster) -> (Raster, Resolution) {
        let rows = raster.height / 2, length = raster.bytesPerRow
        var bytes: [UInt8] = []
        for row in 0..<rows { bytes += raster.bytes[2 * row * length..<(2 * row + 1) * length] }
        return (Raster(width: raster.width, height: rows, mode: raster.mode, bytes: bytes), Resolution(x: 204, y: 98))
    }
}
