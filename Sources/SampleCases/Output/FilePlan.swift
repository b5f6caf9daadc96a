import DossierModel

/// Which images go into which file, and how they are coded.
struct FilePlan {
    enum Format: String { case tiff, jpeg, png, pdf }

    var name: String
    var format: Format
    var images: [PlannedImage]

    private static func ending(_ format: Format) -> String {
        switch format {
        case .tiff: "tif"
        case .jpeg: "jpg"
        case .png: "png"
        case .pdf: "pdf"
        }
    }

    /// Cuts the scan order of a volume into files, mostly multi-page TIFF as high-speed scanners write it.
    static func files(_ images: [PlannedImage], volume: Int, random: inout SplitMix64) -> [FilePlan] {
        var files: [FilePlan] = []
        var rest = images[...]
        while let first = rest.first {
            let format = format(for: first, &random)
            let taken = Array(rest.prefix(length(of: format, at: rest, &random)))
            let name = "volume-\(volume)/scan\(files.count + 1).\(ending(format))"
            files.append(FilePlan(name: name, format: format, images: taken))
            rest = rest.dropFirst(taken.count)
        }
        return files
    }

    private static func format(for image: PlannedImage, _ random: inout SplitMix64) -> Format {
        let roll = random.unit()
        if image.condition.mode == .bitonal { return roll < 0.2 ? .png : .tiff }
        return roll < 0.25 ? .jpeg : roll < 0.45 ? .pdf : .tiff
    }

    /// A PDF takes only what fits JPEG.
    private static func length(of format: Format, at rest: ArraySlice<PlannedImage>, _ random: inout SplitMix64) -> Int {
        switch format {
        case .jpeg, .png: 1
        case .tiff: random.integer(2...6)
        case .pdf: min(3, rest.prefix { $0.condition.mode != .bitonal }.count)
        }
    }
}
