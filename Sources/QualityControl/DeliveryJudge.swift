public import DossierModel

/// Holds what came against what was to come: counted images and pages, front and back of every sheet. Pure.
public enum DeliveryJudge {
    /// - Parameters:
    ///   - batch: its name, for messages.
    ///   - images: that it brought, refused ones too.
    public static func count(_ batch: String, images: Int, sheet: BatchSheet) -> Finding? {
        guard let expected = sheet.expectedImages, expected != images else { return nil }
        return DeliveryFinding.images(batch, images, expected)
    }

    /// - Parameter expected: numbered pages the volume has on paper.
    public static func pages(of catalogue: VolumeCatalogue, expected: Int?) -> Finding? {
        let numbered = catalogue.pages.count { $0.folio != nil }
        guard let expected, expected != numbered else { return nil }
        return DeliveryFinding.pages(catalogue.number, numbered, expected)
    }

    /// A volume of which no image became a page.
    public struct Emptiness: Sendable {
        public var volume: Int
        public var images: Int

        public init(volume: Int, images: Int) {
            self.volume = volume
            self.images = images
        }
    }

    /// - Parameters:
    ///   - images: of the case.
    ///   - isWholeCase: no volume has a page.
    public static func withoutPages(_ volumes: [Emptiness], of images: Int, isWholeCase: Bool) -> [Finding] {
        isWholeCase ? [DeliveryFinding.emptyCase(images)] : volumes.map(DeliveryFinding.emptyVolume)
    }

    /// So many stamped pages in a row on the wrong side are no slip of the stamp.
    private static let witnesses = 3

    /// Sides of a volume scanned on both: an even number, fronts numbered at the upper right, backs at the upper left.
    ///
    /// - Parameters:
    ///   - volume: number, for messages.
    ///   - sides: every image of the volume in scan order, and whether its number stands at the left; nil where none was read.
    public static func parity(_ volume: Int, sides: [(image: Int, isLeft: Bool?)]) -> [Finding] {
        var findings: [Finding] = []
        // What a front is at even places so long as nothing is missing.
        var isShifted = false
        let stamped = sides.enumerated().compactMap { place, side in side.isLeft.map { (place: place, image: side.image, isBack: $0) } }
        for at in stamped.indices {
            let next = stamped[at...].prefix(witnesses)
            guard next.count == witnesses, next.allSatisfy({ ($0.place % 2 == 1) != ($0.isBack != isShifted) }) else { continue }
            findings.append(DeliveryFinding.changedSides(volume, image: stamped[at].image))
            isShifted.toggle()
        }
        if findings.isEmpty, sides.count % 2 == 1 { findings.append(DeliveryFinding.oddSides(volume, sides.count)) }
        return findings
    }
}

/// All findings about deliveries: ids, words and remedies in one place.
enum DeliveryFinding {
    static func images(_ batch: String, _ images: Int, _ expected: Int) -> Finding {
        Finding(
            id: "batch.count", severity: images < expected ? .block : .warn,
            message: "batch “\(batch)” brought \(images) images; its sheet expects \(expected)",
            remedy: images < expected ? "look for the missing images and deliver them" : "correct the number in batch.yaml, or look for images of another batch",
            subject: "\(batch) \(images) \(expected)", score: 1)
    }

    static func pages(_ volume: Int, _ pages: Int, _ expected: Int) -> Finding {
        Finding(
            id: "volume.count", severity: pages < expected ? .block : .warn,
            message: "volume \(volume) has \(pages) numbered pages; its sheet expects \(expected)",
            remedy: pages < expected ? "look for the missing pages and scan them" : "correct the number in batch.yaml, or look for pages scanned twice",
            subject: "\(pages) \(expected)", score: 1)
    }

    static func emptyCase(_ images: Int) -> Finding {
        Finding(
            id: "case.no-page", severity: .warn, message: "none of the \(images) images of the case is a page: all are blank, separators or refused",
            remedy: "check that the right scans were delivered and that the scanner took the written side; “dossier review written” makes a blank one a page")
    }

    static func emptyVolume(_ empty: DeliveryJudge.Emptiness) -> Finding {
        Finding(
            id: "volume.no-page", severity: .warn,
            message: "volume \(empty.volume) has no page and is not made: its \(empty.images) images are blank, separators or refused",
            remedy: "check its scans; “dossier review written” makes a blank one a page")
    }

    static func oddSides(_ volume: Int, _ count: Int) -> Finding {
        Finding(
            id: "batch.parity", severity: .warn,
            message: "volume \(volume) was scanned on both sides, but has \(count) images, an odd number",
            remedy: "look where a side is missing or came twice, and scan the sheet again", subject: "\(count)", score: 1)
    }

    static func changedSides(_ volume: Int, image: Int) -> Finding {
        Finding(
            id: "batch.parity", severity: .warn,
            message: "in volume \(volume) front and back have changed places from image \(image) on: a side before it is missing or came twice",
            remedy: "compare the sheets before that image with the paper and scan again what is missing", score: 0.9)
    }
}
