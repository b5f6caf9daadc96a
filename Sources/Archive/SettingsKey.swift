import DossierModel

/// One key of `dossier.yaml`: where it stands, what it means, what it may hold and which setting it sets.
struct SettingsKey: Sendable {
    enum Value: Sendable {
        case whole(any Sendable & WritableKeyPath<Settings, Int>, ClosedRange<Int>)
        case number(any Sendable & WritableKeyPath<Settings, Double>, ClosedRange<Double>)
        case yesNo(any Sendable & WritableKeyPath<Settings, Bool>)
        /// One line of text, possibly empty.
        case text(any Sendable & WritableKeyPath<Settings, String>)
        /// One line of text that has to pass a check, which says what is wrong with it.
        case checked(any Sendable & WritableKeyPath<Settings, String>, @Sendable (String) throws(DossierError) -> Void)
        /// One of some words.
        case word([String], read: @Sendable (Settings) -> String, write: @Sendable (inout Settings, String) -> Void)
    }

    let section: String
    let name: String
    /// For the comment above the key.
    let meaning: String
    let value: Value

    static let sections: [(name: String, meaning: String)] = [
        ("intake", "Reading the scanner's files."),
        ("clean", "Turning, straightening and sorting out blanks. Originals are never altered."),
        ("quality", "What is good enough; what is not becomes a finding. DA/T 31-2017 gives few figures, the others are experience."),
        ("separate", "Separator sheets (docs/separators.md), and other signs by which the scans are cut."),
        ("recognise", "Reading the text."),
        ("images", "How pages go into the PDF. The scanner's files stay in the store whatever is chosen."),
        ("assemble", "Binding the volumes."),
        ("workers", "The processes that work on pages."),
        ("documents", "Legal documents made from templates."),
    ]

    /// In the order of the file.
    static let all: [SettingsKey] = [
        .init(section: "intake", name: "defaultDPI", meaning: "Resolution assumed where a file names none, dots per inch.",
            value: .number(\.intake.defaultDPI, 50...2400)),
        .init(section: "intake", name: "maxPixels", meaning: "Larger images are refused, pixels (width × height). 200 million is A3 at 1,000 dots per inch.",
            value: .whole(\.intake.maxPixels, 1_000_000...4_000_000_000)),
        .init(section: "intake", name: "renderDPI", meaning: "PDF pages that are not exactly one image are drawn at this resolution, dots per inch.",
            value: .number(\.intake.renderDPI, 72...1200)),
        .init(section: "intake", name: "maxFramesPerFile", meaning: "Files with more images than this are refused.",
            value: .whole(\.intake.maxFramesPerFile, 1...1_000_000)),
        .init(section: "clean", name: "straighten", meaning: "Turn and straighten pages (true or false).",
            value: .yesNo(\.clean.straighten)),
        .init(section: "clean", name: "minimumSkew", meaning: "Tilts below this are left alone, degrees.",
            value: .number(\.clean.minimumSkew, 0...45)),
        .init(section: "clean", name: "maximumSkew", meaning: "Tilts above this are not believed, degrees.",
            value: .number(\.clean.maximumSkew, 0...45)),
        .init(section: "clean", name: "blanks", meaning: "Blank pages are left out of the volume (omit) or delivered (deliver). Either way they stay in the store.",
            value: .words(\.clean.blanks, ["omit", "deliver"])),
        .init(section: "quality", name: "minimumDPI", meaning: "Least resolution, dots per inch (DA/T 31-2017 §9.4).",
            value: .number(\.quality.minimumDPI, 1...2400)),
        .init(section: "quality", name: "darkPaper", meaning: "Paper darker than this is too dark, 0 to 255.",
            value: .number(\.quality.darkPaper, 0...255)),
        .init(section: "quality", name: "inkShare", meaning: "A black-and-white page with more black than this is too dark, 0 to 1.",
            value: .number(\.quality.inkShare, 0...1)),
        .init(section: "quality", name: "contrast", meaning: "Least difference between paper and print, 0 to 1.",
            value: .number(\.quality.contrast, 0...1)),
        .init(section: "quality", name: "blur", meaning: "Print that rises over more than this is blurred, millimetres.",
            value: .number(\.quality.blur, 0.01...10)),
        .init(section: "quality", name: "showThrough", meaning: "What shines through more than this is reported, share of the paper's brightness, 0 to 1.",
            value: .number(\.quality.showThrough, 0...1)),
        .init(section: "quality", name: "border", meaning: "Dark borders deeper than this are reported, millimetres (DA/T 31-2017 §10.3 asks to crop them).",
            value: .number(\.quality.border, 0...500)),
        .init(section: "quality", name: "skew", meaning: "Tilts left over above this are reported, degrees (DA/T 31-2017 §10.2 names no figure).",
            value: .number(\.quality.skew, 0...45)),
        .init(section: "quality", name: "lookDistance", meaning: "Pages whose looks differ in at most so many of 64 bits have their texts compared; more finds more and is slower.",
            value: .whole(\.quality.lookDistance, 0...64)),
        .init(section: "quality", name: "sizeDeviation", meaning: "A page this much larger or smaller than the others of its volume is odd, share of a side.",
            value: .number(\.quality.sizeDeviation, 0...1)),
        .init(section: "quality", name: "toneDeviation", meaning: "Paper that much brighter or darker than that of the others is odd, levels of 255.",
            value: .number(\.quality.toneDeviation, 0...255)),
        .init(section: "separate", name: "barcodes", meaning: "Look for bar codes and patch codes (true or false).",
            value: .yesNo(\.separate.barcodes)),
        .init(section: "separate", name: "sheets", meaning: "Separator sheets are left out of the volume (omit) or bound where they lay (deliver). Either way they count as separators and stay in the store.",
            value: .words(\.separate.sheets, Settings.SheetPolicy.allCases.map(\.rawValue))),
        .pattern("casePattern", \.separate.casePattern, "sheet that opens a case; its first group is the case number"),
        .pattern("volumePattern", \.separate.volumePattern, "sheet that opens a volume; its first group is number or kind"),
        .pattern("documentPattern", \.separate.documentPattern, "sheet that opens a document; its first group is code or name of the title"),
        .pattern("stickerPattern", \.separate.stickerPattern, "code stuck on the first page of a document, which stays; its first group as above"),
        .patches("documentPatches", \.separate.documentPatches, "open a document"),
        .patches("volumePatches", \.separate.volumePatches, "open the next volume"),
        .init(section: "separate", name: "blanks", meaning: "A document begins after every blank page (true or false).",
            value: .yesNo(\.separate.blanks)),
        .init(section: "separate", name: "everyPages", meaning: "A document begins after so many pages; 0 is: pages are not counted.",
            value: .whole(\.separate.everyPages, 0...100_000)),
        .init(section: "recognise", name: "engine", meaning: "ppocr, or tesseract.",
            value: .words(\.recognise.engine, Settings.EngineName.allCases.map(\.rawValue))),
        .init(section: "recognise", name: "detectionSide", meaning: "Longest side of the image in which text is looked for, pixels; a sheet of A3 gets as much more. Larger finds smaller print and is slower.",
            value: .whole(\.recognise.detectionSide, 320...8000)),
        .init(section: "recognise", name: "precision", meaning: "How exactly PP-OCR calculates: auto (bf16, 16-bit floats, where the processor has AMX; else f32), f32, bf16. Name f32 where machines of different kinds must give the same bytes.",
            value: .words(\.recognise.precision, Settings.Precision.allCases.map(\.rawValue))),
        .init(section: "recognise", name: "compare", meaning: "Let the other engine read every page as well and report where the two differ (true or false). Takes several times as long.",
            value: .yesNo(\.recognise.compare)),
        .init(section: "recognise", name: "tesseractTimeout", meaning: "Tesseract gives a reading up after so many seconds; the page is delivered without its text, with a finding, and read again by the next run. 0: never.",
            value: .number(\.recognise.tesseractTimeout, 0...3600)),
        .init(section: "images", name: "profile", meaning: "Grey and coloured pages: faithful (the scanner's bytes), balanced (a fifth to a third of the bytes: sharp text, seals and the like untouched, paper in less detail; every page read again), compact (paper in still less). Only faithful puts a scanner's JPEG into the PDF byte for byte, and takes a quarter less time.",
            value: .words(\.images.profile, ImageProfile.allCases.map(\.rawValue))),
        .init(section: "assemble", name: "pagesPerPart", meaning: "A volume of more pages is divided into parts of about so many, never within a document; 0 is never.",
            value: .whole(\.assemble.pagesPerPart, 0...100_000)),
        .init(section: "assemble", name: "stamps", meaning: "Stamped on the pages on a layer that a reader can hide: none, folio (页号, upper right), number (case, volume and running number, at the foot), both.",
            value: .words(\.assemble.stamps, Settings.StampPolicy.allCases.map(\.rawValue))),
        .init(section: "workers", name: "count", meaning: "How many; 0 is one per processor core, fewer where memory is short.",
            value: .whole(\.workers.count, 0...1024)),
        .init(section: "workers", name: "pageTimeout", meaning: "A page that takes longer is tried once more, then replaced by a placeholder, seconds.",
            value: .number(\.workers.pageTimeout, 1...86_400)),
        .init(section: "workers", name: "memoryLimit", meaning: "A process that grows beyond this is ended, megabytes.",
            value: .whole(\.workers.memoryLimit, 200...1_000_000)),
        .init(section: "workers", name: "pagesBeforeRecycling", meaning: "A process is replaced by a fresh one after this many pages.",
            value: .whole(\.workers.pagesBeforeRecycling, 1...1_000_000)),
        .init(section: "documents", name: "organName", meaning: "Name at the head of documents (院名), as in 海州市海东区人民检察院.",
            value: .text(\.documents.organName)),
        .init(section: "documents", name: "organCode", meaning: "What stands for the organ in document numbers (院代字), as in 海东.",
            value: .text(\.documents.organCode)),
    ]

    /// The value as the file spells it.
    func spelled(in settings: Settings) -> String {
        switch value {
        case .whole(let path, _): "\(settings[keyPath: path])"
        case .number(let path, _): Self.spelled(settings[keyPath: path])
        case .yesNo(let path): "\(settings[keyPath: path])"
        case .text(let path), .checked(let path, _): "\"\(settings[keyPath: path])\""
        case .word(_, let read, _): read(settings)
        }
    }

    static func spelled(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
}

extension SettingsKey {
    private static func pattern(_ name: String, _ path: any Sendable & WritableKeyPath<Settings, String>, _ what: String) -> SettingsKey {
        SettingsKey(
            section: "separate", name: name, meaning: "Regular expression for the whole text of a \(what). In single quotes.",
            value: .checked(path) { (text) throws(DossierError) in
                if !text.isEmpty { _ = try SeparatorRules.regex(text, of: name) }
            })
    }

    private static func patches(_ name: String, _ path: any Sendable & WritableKeyPath<Settings, String>, _ what: String) -> SettingsKey {
        SettingsKey(
            section: "separate", name: name, meaning: "Patch codes that \(what): some of 1 2 3 4 6 T.",
            value: .checked(path) { (text) throws(DossierError) in _ = try SeparatorRules.patches(text, of: name) })
    }
}

extension SettingsKey.Value {
    static func words<Word: RawRepresentable<String> & SendableMetatype>(
        _ path: any Sendable & WritableKeyPath<Settings, Word>, _ words: [String]
    ) -> Self {
        .word(
            words, read: { $0[keyPath: path].rawValue },
            write: { settings, word in Word(rawValue: word).map { settings[keyPath: path] = $0 } })
    }
}
