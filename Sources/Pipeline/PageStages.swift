import Barcodes
import Cataloguing
import DossierModel
import Foundation
import Hashing
import ImageCodecs
import Imaging
import Layering

/// The page stages as plain functions, in the order data flows: decode → clean → separate → recognise → layer.
struct PageStages {
    let engine: any OCREngine
    let settings: Settings
    var stopwatch: PageStopwatch?

    struct Output {
        var product: PageProduct
        /// Coded bytes by digest, for the store.
        var blobs: [SHA256Digest: [UInt8]]
    }

    /// Reads one frame from end to end. What is wrong with the page is in the product; nothing is thrown.
    func read(_ source: ScanSource, frame: Int, hands: PageHands) -> Output {
        let decoded: DecodedFrame
        do {
            decoded = try timed(.decode) { () throws(DossierError) in
                try ScannerFiles.decode(path: source.path, name: source.name, frame: frame, settings: settings.intake)
            }
        } catch {
            return Output(product: .refusal(of: source.name, frame: frame, error), blobs: [:])
        }
        var output = Output(
            product: PageProduct(scanned: decoded.page, clean: nil, recognised: nil), blobs: decoded.parts)
        timed(.thumbnail) { addThumbnail(of: decoded, to: &output) }
        var (clean, page, doubt) = cleaned(decoded, hands)
        var reading = page.map { page in timed(.recognise) { recognised(page) } }
        settleDirection(of: decoded, hands, &clean, &page, &reading, &doubt)
        if let doubt, let read = reading { settle(doubt, of: decoded, by: read, &clean, &page, &reading) }
        askOnce(&clean, reading)
        timed(.recognise) { straightenAsRead(&clean, &page, &reading) }
        if settings.separate.barcodes, clean.disposition == .page {
            output.product.barcodes = timed(.separate) { BarcodeReader.read(decoded.raster, dpi: decoded.page.dpi) }
        }
        if let page, var reading {
            reading.findings += remarks(on: reading, page)
            reading.seals = timed(.recognise) { page.seals.map { legend(of: $0, on: decoded) } }
            reading.findings += reading.seals.contains { $0.colour == .blue && $0.legend == nil } ? [.unreadBlueSeal] : []
            output.product.recognised = reading
        }
        output.product.clean = clean
        if clean.disposition == .page || settings.clean.blanks == .deliver { timed(.layer) { layer(decoded, page, &output) } }
        return output
    }

    func timed<Value, Failure: Error>(_ step: PageStopwatch.Step, _ work: () throws(Failure) -> Value) throws(Failure) -> Value {
        guard let stopwatch else { return try work() }
        return try stopwatch.measure(step, work)
    }

    /// What is drawn in the place of the delivered bytes takes their place among the blobs, too.
    private func layer(_ decoded: DecodedFrame, _ page: ReadablePage?, _ output: inout Output) {
        guard let made = layers(of: decoded, page, output.product) else { return }
        output.product.layered = made.page
        guard made.page.image != nil else { return }
        for part in decoded.parts.keys { output.blobs[part] = nil }
        output.blobs.merge(made.parts) { _, new in new }
    }

    private func layers(of decoded: DecodedFrame, _ page: ReadablePage?, _ product: PageProduct) -> PageLayerer.Output? {
        let profile = settings.images.profile
        let geometry = product.clean?.geometry ?? PageGeometry(source: decoded.page.size)
        let lines = product.recognised?.lines ?? []
        let rereading: PageLayerer.Rereading? = page.map { page in
            { shown, open in self.readingOtherwise(open, of: lines, page, as: shown, decoded.page, geometry) }
        }
        do {
            let places = lines.map { $0.quad.map(geometry.sourcePoint(ofUpright:)) }
            return try PageLayerer(profile: profile).layered(decoded, lines: places, rereading: rereading)
        } catch {
            let bytes = decoded.page.image.parts.reduce(0) { $0 + $1.byteCount }
            let record = PageLayering(profile: profile, outcome: .coderFailed, bytesBefore: bytes)
            return .init(page: LayeredPage(image: nil, layering: record), parts: [:], shown: nil)
        }
    }

    /// Of some lines, by number, those that the engine reads otherwise from the page as its layers show it, treated as the
    /// scan was.
    private func readingOtherwise(
        _ asked: [Int], of lines: [RecognisedLine], _ page: ReadablePage, as shown: ShownPage, _ scanned: ScannedPage, _ geometry: PageGeometry
    ) -> [Int] {
        guard !asked.isEmpty else { return [] }
        var view = shown.raster.forRecognition(dpi: scanned.dpi).turned(geometry.rotation)
        if geometry.skew != 0 { view = view.straightened(skew: geometry.skew) }
        let picture = squared(view, dpi: scanned.dpi.turned(geometry.rotation))
        do {
            let scaled = asked.map { lines[$0].scaled(x: page.scaleX, y: page.scaleY) }
            let again = try engine.reread(scaled, on: picture.raster, dpi: picture.dpi)
            let open = asked.indices.filter { again[$0] != scaled[$0].text }
            // A line looked at by itself can read otherwise than among the others: then the scan does so, too.
            let alone = open.isEmpty ? [] : try engine.reread(open.map { scaled[$0] }, on: page.raster, dpi: page.dpi)
            return zip(open, alone).filter { again[$0] != $1 }.map { asked[$0.0] }
        } catch {
            return asked
        }
    }

    private func addThumbnail(of decoded: DecodedFrame, to output: inout Output) {
        let longest = Double(max(decoded.raster.width, decoded.raster.height))
        let small = decoded.raster.scaled(by: min(1, 320 / longest)).turned(decoded.page.declaredTurn)
        guard let bytes = try? JPEGCodec.encode(small, quality: 60) else { return }
        let digest = SHA256Digest(of: bytes)
        output.product.thumbnail = digest
        output.blobs[digest] = bytes
    }
}

/// A page ready for the engine.
struct ReadablePage {
    var raster: Raster
    var dpi: Resolution
    /// What the engine sees has this many pixels for each of the upright page's, per axis.
    var scaleX: Double
    var scaleY: Double
    /// The round seals it was freed from, not read, pixels of the scanned image.
    var seals: [SealReading] = []
}

extension PageStages {
    /// What the pixels alone cannot decide.
    struct BlankDoubt {
        var blank: BlankMeasure
        /// The page should nothing be on it.
        var asBlank: CleanPage
    }

    /// Mirrored print, read as if it were none, gives a sure line now and then, never more than one in twenty.
    static let (fewestGlyphs, leastShare) = (8, 0.25)
    static let sureConfidence = 0.9

    /// Has the reading decide. A pale copy is written in words, a back through which the other side shines is not, or only in
    /// a mirror. Dust on strong show-through looks like ink: where there is any, and next to nothing can be read, a person has
    /// to say whether anything but the other side is on the page.
    private func settle(
        _ doubt: BlankDoubt, of decoded: DecodedFrame, by read: RecognisedPage, _ clean: inout CleanPage, _ page: inout ReadablePage?, _ reading: inout RecognisedPage?
    ) {
        guard doubt.blank.isOpenToReading, !read.hasFailed, !isWritten(read) else { return }
        let isMirrored =
            doubt.blank.verdict == .ask && sureGlyphs(read) < Self.fewestGlyphs && timed(.recognise) { isMirrorWriting(decoded, doubt.blank) }
        if doubt.blank.verdict == .yes || isMirrored {
            (clean, page, reading) = (doubt.asBlank, nil, nil)
            if isMirrored { clean.findings.append(.mirrorWriting) }
        } else if doubt.blank.verdict == .no {
            clean.findings.append(.almostBlank(0.5))
        }
    }

    private func isWritten(_ reading: RecognisedPage) -> Bool {
        let sure = sureGlyphs(reading)
        return sure >= Self.fewestGlyphs && Double(sure) >= Self.leastShare * Double(reading.lines.glyphCount)
    }

    func sureGlyphs(_ reading: RecognisedPage) -> Int { reading.lines.filter { $0.confidence >= Self.sureConfidence }.glyphCount }

    /// Blank decision, orientation, straightening. Gives no readable page for a blank, and no doubt where a person decided.
    ///
    /// - Parameter turn: what was found to make the page upright; nil: to be found.
    func cleaned(_ decoded: DecodedFrame, _ hands: PageHands, turnedBy turn: QuarterTurn? = nil) -> (CleanPage, ReadablePage?, BlankDoubt?) {
        let scanned = decoded.page
        let size = scanned.size
        let examination = timed(.blank) { PageExamination(decoded.raster, dpi: scanned.dpi) }
        let blank = examination.blank
        var measures = examination.measures
        let asBlank = CleanPage(
            geometry: PageGeometry(source: size, rotation: hands.rotation ?? scanned.declaredTurn), disposition: .blank,
            score: hands.disposition == .blank ? 1 : blank.verdict == .yes ? blank.score : 0.9, findings: [], measures: measures)
        let isCalledBlank = hands.disposition == .blank || hands.disposition == nil && blank.verdict == .yes
        if isCalledBlank, hands.disposition != nil || !blank.isWorthReading { return (asBlank, nil, nil) }
        var findings = blank.verdict != .no && hands.disposition == nil ? [Finding.almostBlank(blank.score)] : []
        var rotation = hands.rotation ?? scanned.declaredTurn
        let (page, seals) = decoded.raster.withoutSeals(dpi: scanned.dpi)
        var view = page.turned(rotation)
        var dpi = scanned.dpi.turned(rotation)
        if settings.clean.straighten, hands.rotation == nil {
            let turn = turn ?? timed(.orientation) { extraTurn(of: view, dpi: dpi, findings: &findings) }
            view = view.turned(turn)
            dpi = dpi.turned(turn)
            rotation = rotation + turn
        }
        let measure = timed(.skew) { Skew.measure(view, dpi: dpi, maximum: settings.clean.maximumSkew) }
        let skew = settings.clean.straighten ? skew(of: measure) : 0
        if skew != 0 { view = view.straightened(skew: skew) }
        measures.note(measure, straightenedBy: skew)
        measures.look = PageLook.bits(of: view)
        let clean = CleanPage(
            geometry: PageGeometry(source: size, rotation: rotation, skew: skew), disposition: .page,
            score: hands.disposition == .page ? 1 : blank.verdict == .no ? blank.score : 0.5, findings: findings, measures: measures)
        var readable = squared(view, dpi: dpi)
        readable.seals = seals
        return (clean, readable, hands.disposition == nil ? BlankDoubt(blank: blank, asBlank: asBlank) : nil)
    }

    private func extraTurn(of view: Raster, dpi: Resolution, findings: inout [Finding]) -> QuarterTurn {
        do {
            let decision = try engine.orientation(of: view, dpi: dpi)
            switch decision.verdict {
            case .yes: return decision.turn
            case .no: return .none
            case .ask:
                findings.append(.orientationUnsure(decision.score))
                return .none
            }
        } catch {
            findings.append(.engineFailed("orientation", error))
            return .none
        }
    }

    /// Rounded to a hundredth of a degree, so that the recorded value is the one that was used.
    private func skew(of measure: SkewMeasure) -> Double {
        let degrees = (measure.degrees * 100).rounded() / 100
        return measure.verdict == .yes && abs(degrees) >= settings.clean.minimumSkew ? degrees : 0
    }

    /// Fax modes have oblong pixels, which no engine was trained on.
    func squared(_ view: Raster, dpi: Resolution) -> ReadablePage {
        let finest = max(dpi.x, dpi.y)
        let (x, y) = (finest / dpi.x, finest / dpi.y)
        guard max(x, y) > 1.02, max(x, y) < 8 else {
            return ReadablePage(raster: view, dpi: dpi, scaleX: 1, scaleY: 1)
        }
        return ReadablePage(
            raster: view.stretched(x: x, y: y), dpi: Resolution(x: finest, y: finest), scaleX: x, scaleY: y)
    }

    func recognised(_ page: ReadablePage) -> RecognisedPage {
        do {
            let all = try engine.recognise(page.raster, dpi: page.dpi)
            let lines = all.filter { $0.confidence >= engine.leastConfidence }
            let doubtful = all.filter { $0.confidence < engine.leastConfidence }
            return RecognisedPage(
                engine: engine.identity.description, lines: lines.map { $0.scaled(x: 1 / page.scaleX, y: 1 / page.scaleY) },
                findings: (doubtful.isEmpty ? [] : [.unread(doubtful)]) + ReadingCheck.findings(on: lines))
        } catch {
            return RecognisedPage(
                engine: engine.identity.description, lines: [], findings: [.engineFailed("text recognition", error)])
        }
    }
}

extension PageStages {
    /// So much has to be read in the mirror.
    private static let fewestMirroredGlyphs = 20
    /// Specks of dust that may lie beside what is read.
    private static let mostBeside = 3

    /// Whether the page carries nothing but what shines through from its other side: in a mirror it can be read for sure, and
    /// no more than dust lies beside the lines read there. Anything else a person has to see.
    private func isMirrorWriting(_ decoded: DecodedFrame, _ blank: BlankMeasure) -> Bool {
        let (size, dpi) = (decoded.page.size, decoded.page.dpi)
        let mirror = decoded.raster.forRecognition(dpi: dpi).mirrored()
        guard let decision = try? engine.orientation(of: mirror, dpi: dpi) else { return false }
        let turn: QuarterTurn = decision.verdict == .yes ? decision.turn : .none
        let reading = recognised(squared(mirror.turned(turn), dpi: dpi.turned(turn)))
        guard !reading.hasFailed, isWritten(reading), sureGlyphs(reading) >= Self.fewestMirroredGlyphs else { return false }
        let geometry = PageGeometry(source: size, rotation: turn)
        let lines = reading.lines.map { $0.quad.map { Self.mirrored(geometry.sourcePoint(ofUpright: $0), size) }.boundingBox(within: size) }
        return blank.pieces.count { piece in !lines.contains { $0.holds(piece) } } <= Self.mostBeside
    }

    private static func mirrored(_ point: PixelPoint, _ size: PixelSize) -> PixelPoint { PixelPoint(x: Double(size.width) - point.x, y: point.y) }
}

extension RecognisedPage {
    var hasFailed: Bool { findings.contains { [Finding.engineFailedID, Finding.readingTimeout].contains($0.id) } }
}

extension PixelRect {
    /// Whether the middle of a piece lies in a line, or as near to it as half of the line's height.
    fileprivate func holds(_ piece: PixelRect) -> Bool {
        let (x, y, reach) = (piece.x + piece.width / 2, piece.y + piece.height / 2, min(width, height) / 2)
        return x >= self.x - reach && x <= self.x + width + reach && y >= self.y - reach && y <= self.y + height + reach
    }
}

extension PageStages {
    /// A legend of fewer characters names no organ.
    private static let shortestLegend = 4

    /// Seals run round: the legend is unrolled and read as a line of its own.
    private func legend(of seal: SealReading, on decoded: DecodedFrame) -> SealReading {
        guard let strip = decoded.raster.sealLegend(in: seal.box, colour: seal.colour), let lines = try? engine.recognise(strip, dpi: decoded.page.dpi) else { return seal }
        let read = lines.sorted { $0.quad.topLeft.x < $1.quad.topLeft.x }
        // Letters stand apart round a ring, which says nothing.
        let text = read.map(\.text).joined().filter { !$0.isWhitespace }
        // Without a piece in the middle it would be the name of another organ.
        guard read.allSatisfy({ $0.confidence >= engine.leastConfidence }), text.unicodeScalars.count(where: \.properties.isIdeographic) >= Self.shortestLegend else { return seal }
        return SealReading(box: seal.box, colour: seal.colour, legend: text, confidence: read.map(\.confidence).min())
    }

    private func remarks(on reading: RecognisedPage, _ page: ReadablePage) -> [Finding] {
        let lines = reading.lines.map { $0.scaled(x: page.scaleX, y: page.scaleY) }
        do { return try engine.remarks(on: lines, of: page.raster, dpi: page.dpi) } catch { return [.engineFailed("the second reading", error)] }
    }
}

extension RecognisedLine {
    fileprivate func scaled(x: Double, y: Double) -> RecognisedLine {
        guard x != 1 || y != 1 else { return self }
        var line = self
        line.quad = quad.map { PixelPoint(x: $0.x * x, y: $0.y * y) }
        return line
    }
}

extension Resolution {
    func turned(_ turn: QuarterTurn) -> Resolution { turn.swapsSides ? Resolution(x: y, y: x) : self }
}

extension PageProduct {
    /// A frame that is refused (too large, encrypted, not an image) is rejected; a damaged one keeps its place as a placeholder.
    static func refusal(of name: String, frame: Int, _ error: DossierError) -> PageProduct {
        let refused: Bool = [.limitExceeded, .encrypted, .unsupported].contains(error.code)
        return .refused(
            as: refused ? .rejected : .page,
            Finding(
                // The survey's name for the same fault.
                id: error.code == .limitExceeded ? "frame.too-large" : "frame.\(error.code.rawValue)", severity: .block,
                message: "\(name), frame \(frame): \(error.message)" + (error.cause.map { " (\($0))" } ?? ""),
                remedy: "scan the sheet again and add it to the batch, or check the file with the program that made it"))
    }
}

extension Finding {
    /// Pens write blue, too: a passage ringed in blue looks like a seal whose legend cannot be read.
    static var unreadBlueSeal: Finding {
        Finding(
            id: "page.seal.blue", severity: .note,
            message: "blue ink within a round mark was taken for a seal and left out of reading; its legend could not be read",
            remedy: "look at the mark: what somebody wrote there in blue is not in the text")
    }

    static let almostBlankID = "page.blank.unsure"

    static func almostBlank(_ score: Double) -> Finding {
        Finding(
            id: almostBlankID, severity: .note,
            message: "the page is almost empty; it was kept (score \((score * 100).rounded() / 100))",
            remedy: "nothing to do unless the sheet really is blank")
    }

    static var mirrorWriting: Finding {
        Finding(
            id: "page.blank.mirrored", severity: .note,
            message: "the other side shines through so strongly that it can be read in a mirror; nothing else was found on this side, and it counts as blank",
            remedy: "nothing to do; if something is written on this side, “dossier review written” delivers it", score: 0.9)
    }

    static let orientationUnsureID = "page.orientation.unsure"

    static func orientationUnsure(_ score: Double) -> Finding {
        Finding(
            id: orientationUnsureID, severity: .note,
            message: "too little text to tell which way up the page is; it was left as scanned (score \((score * 100).rounded() / 100))",
            remedy: "look at the page and turn it if needed")
    }

    /// What was read of them is kept here, with its confidence, though not as text of the page.
    static func unread(_ lines: [RecognisedLine]) -> Finding {
        let readings = lines.map { "“\($0.text)” (\(($0.confidence * 100).rounded() / 100))" }.joined(separator: ", ")
        return Finding(
            id: "page.text.unread", severity: .note,
            message: "signatures, handwriting or marks that could not be read with confidence were not entered as text: \(readings)",
            remedy: "nothing to do unless printed text is missing there; the page image is complete")
    }

    /// The next run reads such a page again.
    static let readingTimeout = "page.recognise.timeout"
    static let engineFailedID = "page.recognise.failed"

    static func engineFailed(_ step: String, _ error: DossierError) -> Finding {
        Finding(
            id: error.code == .timedOut ? readingTimeout : engineFailedID, severity: .warn, message: "\(step) failed: \(error)",
            remedy: "run again with the other engine (--engine tesseract or ppocr); the page image is complete")
    }
}

extension PageStages {
    func survey(_ source: ScanSource) -> FileSurvey {
        ScannerFiles.survey(path: source.path, name: source.name, settings: settings.intake)
    }
}
