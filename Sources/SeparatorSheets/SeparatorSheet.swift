public import Barcodes
public import DossierModel
public import Typesetting

/// A sheet that is laid between the papers before they are scanned.
public enum SeparatorSheet: Hashable, Sendable {
    /// QR code and Code 128 of the order, each twice, so that a fold or a slip of paper hides no more than one of a pair.
    /// `words` are what people read on it; nil: what the order itself says.
    case order(SeparatorOrder, words: String? = nil)
    /// The bars of a patch code along both short edges, so that it does not matter which goes first.
    case patch(PatchCode)
    /// PATCHT as Code 39, which other programs know, too.
    case patchT

    /// The sheet, A4.
    ///
    /// #### Errors
    /// `limitExceeded` for a text that no QR code holds.
    public func layout() throws(DossierError) -> PageLayout {
        switch self {
        case .order(let order, let words): try SheetOfOrder(order, words: words).layout()
        case .patch(let code): SheetOfPatch(code).layout
        case .patchT: SheetOfPatchT.layout
        }
    }
}

/// What all sheets have in common. Millimetres. A sheet carries few words: by that it is known where its codes are lost.
enum SheetParts {
    static let width = PaperSize.a4.width
    private static let margin = 15.0
    static let notice = "此页仅供扫描分件，请勿装订"

    static func centred(_ text: String, _ typeface: Typeface, _ size: Double, top: Double) -> PageLayout.Element {
        // What is too long for the sheet is set smaller.
        let room = (width - 2 * margin) / (CharacterWidth.cells(of: text) * TextLine.em(1))
        let size = min(size, room)
        let breadth = CharacterWidth.cells(of: text) * TextLine.em(size)
        return .text(TextLine(text, typeface: typeface, size: size, left: (width - breadth) / 2, top: top))
    }

    static func bar(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> PageLayout.Element {
        .fill(.rectangle(PaperPoint(x, y), PaperSize(width: width, height: height)), .black)
    }

    /// Upright bars over the whole breadth with quiet zones.
    static func bars(_ widths: [Double], quiet: Double, top: Double, height: Double, widest: Double) -> [PageLayout.Element] {
        let module = min(widest, (width - 2 * margin + 10) / (widths.reduce(0, +) + 2 * quiet))
        var x = (width - widths.reduce(0, +) * module) / 2
        return widths.enumerated().compactMap { index, modules in
            defer { x += modules * module }
            return index.isMultiple(of: 2) ? bar(x, top, modules * module, height) : nil
        }
    }
}

private struct SheetOfOrder {
    private let order: SeparatorOrder
    private let words: String?
    private let qrSide = 62.0
    /// Modules narrower than this are lost in a fax, millimetres.
    private let leastModule = 0.42
    private let widestModule = 0.7

    init(_ order: SeparatorOrder, words: String?) { (self.order, self.words) = (order, words) }

    func layout() throws(DossierError) -> PageLayout {
        let code = try QRCode(order.payload)
        var elements = [SheetParts.centred(name, .boldHei, 54, top: 14), SheetParts.centred(words ?? value, .hei, 36, top: 38)]
        elements += qr(code, left: 22, top: 64) + qr(code, left: 126, top: 186)
        elements += linear(top: 136) + linear(top: 256)
        elements.append(SheetParts.centred(SheetParts.notice, .hei, 14, top: 280))
        return PageLayout(elements: elements)
    }

    private var name: String {
        switch order {
        case .openCase: "案件分隔页"
        case .openVolume: "分册分隔页"
        case .openDocument: "文书分隔页"
        }
    }

    private var value: String {
        switch order {
        case .openCase(let number): number
        case .openVolume(let number, let kind): [number.map { "第\($0)册" } ?? "下一册", kind?.chineseName ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        case .openDocument(let title): title ?? "下一份文书"
        }
    }

    private func qr(_ code: QRCode, left: Double, top: Double) -> [PageLayout.Element] {
        let module = qrSide / Double(code.side)
        return (0..<code.side).flatMap { row in
            runs(code, row).map { run in
                SheetParts.bar(left + Double(run.lowerBound) * module, top + Double(row) * module, Double(run.count) * module, module)
            }
        }
    }

    private func runs(_ code: QRCode, _ row: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for column in 0..<code.side where code.isDark[row * code.side + column] {
            if let last = runs.last, last.upperBound == column { runs[runs.count - 1] = last.lowerBound..<column + 1 } else { runs.append(column..<column + 1) }
        }
        return runs
    }

    /// Only where it fits with modules that a scanner can tell apart.
    private func linear(top: Double) -> [PageLayout.Element] {
        guard let widths = Code128.widths(of: order.payload)?.map(Double.init) else { return [] }
        let room = SheetParts.width - 20
        guard room / (widths.reduce(0, +) + 2 * Double(Code128.quiet)) >= leastModule else { return [] }
        return SheetParts.bars(widths, quiet: Double(Code128.quiet), top: top, height: top < 200 ? 40 : 20, widest: widestModule)
    }
}

private struct SheetOfPatch {
    let code: PatchCode
    init(_ code: PatchCode) { self.code = code }

    /// From the edge, at least 6 mm (A-61599).
    private let distance = 12.0
    private let length = 150.0

    var layout: PageLayout {
        let words = [
            SheetParts.centred("分隔页", .boldHei, 60, top: 90), SheetParts.centred("PATCH \(code.rawValue)", .boldHei, 36, top: 125),
            SheetParts.centred(SheetParts.notice, .hei, 14, top: 160),
        ]
        return PageLayout(elements: bars(isBelow: false) + words + bars(isBelow: true))
    }

    private func bars(isBelow: Bool) -> [PageLayout.Element] {
        var y = distance
        return code.widths.enumerated().compactMap { index, width in
            defer { y += width }
            guard index.isMultiple(of: 2) else { return nil }
            return SheetParts.bar((SheetParts.width - length) / 2, isBelow ? PaperSize.a4.height - y - width : y, length, width)
        }
    }
}

private enum SheetOfPatchT {
    static var layout: PageLayout {
        let widths = Code39.widths(of: "PATCHT") ?? []
        let bars = [60.0, 200].flatMap { SheetParts.bars(widths, quiet: Code39.quiet, top: $0, height: 45, widest: 1) }
        let words = [SheetParts.centred("分隔页", .boldHei, 60, top: 125), SheetParts.centred(SheetParts.notice, .hei, 14, top: 160)]
        return PageLayout(elements: bars + words)
    }
}
