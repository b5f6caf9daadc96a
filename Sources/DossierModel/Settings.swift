/// Everything that can be set, with its default. Written, commented, to `dossier.yaml` by `dossier init`.
public struct Settings: Hashable, Sendable, Codable {
    public struct Intake: Hashable, Sendable, Codable {
        /// Assumed where a file does not say, dots per inch.
        public var defaultDPI: Double = 300
        /// Larger frames are refused before any memory is asked for, pixels. 200 million is A3 at 1,000 dpi.
        public var maxPixels: Int = 200_000_000
        /// Pages of a PDF that are not exactly one image are drawn at this resolution.
        public var renderDPI: Double = 300
        /// More frames than this in one file are refused.
        public var maxFramesPerFile: Int = 20_000
        public init() {}
    }

    public struct Clean: Hashable, Sendable, Codable {
        /// Turn and straighten pages.
        public var straighten: Bool = true
        /// Tilts below this many degrees are left alone.
        public var minimumSkew: Double = 0.05
        /// Tilts above this many degrees are not believed.
        public var maximumSkew: Double = 15
        /// Blank pages are left out of the volume (`omit`) or delivered (`deliver`). Either way they stay in the store.
        public var blanks: BlankPolicy = .omit
        public init() {}
    }

    public enum BlankPolicy: String, Codable, Sendable { case omit, deliver }

    /// What is good enough. The standards give few figures; those of experience are marked so.
    public struct Quality: Hashable, Sendable, Codable {
        /// Dots per inch (DA/T 31-2017 §9.4.1: 200 at least).
        public var minimumDPI: Double = 200
        /// Paper darker than this is too dark, 0…255 (experience).
        public var darkPaper: Double = 140
        /// A black-and-white page with more black than this is too dark, 0…1 (experience).
        public var inkShare: Double = 0.35
        /// Least difference between paper and print, share of full brightness (experience).
        public var contrast: Double = 0.42
        /// Print that rises over more than this is blurred, millimetres (experience).
        public var blur: Double = 0.28
        /// What shines through more than this is reported, share of the paper's brightness (experience).
        public var showThrough: Double = 0.18
        /// Dark borders deeper than this are reported, millimetres (experience; DA/T 31-2017 §10.3 asks to crop).
        public var border: Double = 5
        /// Tilts left over above this are reported, degrees (DA/T 31-2017 §10.2 names no figure; experience).
        public var skew: Double = 0.5
        /// Pages whose looks differ in at most so many of 64 bits have their texts compared (experience).
        public var lookDistance: Int = 12
        /// A page this much larger or smaller than the others is odd, share of a side (experience).
        public var sizeDeviation: Double = 0.06
        /// Paper that much brighter or darker than that of the others is odd, levels of 255 (experience).
        public var toneDeviation: Double = 30
        public init() {}
    }

    /// Where sheets between the papers, and what else the operator agreed upon, cut the scans.
    public struct Separate: Hashable, Sendable, Codable {
        /// Look for QR codes, Code 39, Code 128 and patch codes.
        public var barcodes: Bool = true
        /// Separator sheets are left out of the volume (`omit`) or bound where they lay (`deliver`). Either way they are
        /// counted as separators and stay in the store.
        public var sheets: SheetPolicy = .omit
        /// Regular expressions for codes of other makers, matched whole; the first group is number, kind or title.
        /// Empty: none.
        public var casePattern: String = ""
        public var volumePattern: String = ""
        public var documentPattern: String = ""
        /// A code on the first page of a document, which stays in the volume.
        public var stickerPattern: String = ""
        /// Patch codes that open a document, and those that open the next volume. T is the transfer patch, which speaks of
        /// what follows; 2 and 3 speak of the very page they stand on (Kodak A-61599), so they mean nothing unasked.
        public var documentPatches: String = "T"
        public var volumePatches: String = ""
        /// A document begins after every blank page.
        public var blanks: Bool = false
        /// A document begins after so many pages; 0: pages are not counted.
        public var everyPages: Int = 0
        public init() {}
    }

    public enum SheetPolicy: String, Codable, Sendable, CaseIterable { case omit, deliver }

    public struct Recognise: Hashable, Sendable, Codable {
        public var engine: EngineName = .ppocr
        /// Longest side of the image that text detection sees, pixels.
        public var detectionSide: Int = 1600
        /// How exactly PP-OCR calculates.
        public var precision: Precision = .auto
        /// Let the other engine read every page as well, and report where the two differ.
        public var compare: Bool = false
        /// Tesseract gives a reading up after so long; the page is delivered without its text. A page is read up to three times
        /// within `Workers.pageTimeout`. Seconds, 0: never.
        public var tesseractTimeout: Double = 35
        public init() {}
    }

    /// `auto`: 16-bit floats where the processor multiplies tiles of them (AMX), else 32-bit floats.
    public enum Precision: String, Codable, Sendable, CaseIterable { case auto, f32, bf16 }

    public enum EngineName: String, Codable, Sendable, CaseIterable {
        case ppocr, tesseract

        /// The one that a reading is compared with.
        public var other: EngineName { self == .ppocr ? .tesseract : .ppocr }
    }

    public struct Images: Hashable, Sendable, Codable {
        /// Small comes before fast (README, priorities): taking pages apart and reading them once more takes a third more time.
        public var profile: ImageProfile = .balanced
        public init() {}
    }

    public struct Assemble: Hashable, Sendable, Codable {
        /// A volume of more pages is divided into parts of about so many, never within a document; 0: never.
        public var pagesPerPart: Int = 200
        /// What is stamped on the pages, on a layer that a reader can hide.
        public var stamps: StampPolicy = .none
        public init() {}
    }

    /// `folio`: the page's 页号, upper right. `number`: case, volume and running number, at the foot.
    public enum StampPolicy: String, Codable, Sendable, CaseIterable { case none, folio, number, both }

    public struct Workers: Hashable, Sendable, Codable {
        /// 0: one per core, fewer where memory is short.
        public var count: Int = 0
        /// A page that takes longer is tried once more, then replaced by a placeholder. Seconds.
        public var pageTimeout: Double = 120
        /// Address-space growth that ends a worker, megabytes of resident memory.
        public var memoryLimit: Int = 3000
        /// A worker is replaced after this many pages.
        public var pagesBeforeRecycling: Int = 500
        public init() {}
    }

    public struct Documents: Hashable, Sendable, Codable {
        /// 院名 at the head of legal documents; empty: the template's, or the data file's.
        public var organName: String = ""
        /// 院代字 in their numbers.
        public var organCode: String = ""
        public init() {}
    }

    public var intake = Intake()
    public var clean = Clean()
    public var quality = Quality()
    public var separate = Separate()
    public var recognise = Recognise()
    public var images = Images()
    public var assemble = Assemble()
    public var workers = Workers()
    public var documents = Documents()

    public init() {}
}
