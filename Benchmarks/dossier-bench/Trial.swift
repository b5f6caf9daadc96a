import DossierModel
import Foundation

/// A generated case on disk, with its truth.
struct Trial {
    let folder: String
    let scans: String
    let truth: Truth
    /// Size of all scanner files.
    let bytesIn: Int

    init(seed: Int, pages: Int, folder: String) throws {
        self.folder = folder
        let generator = MeasuredProcess(Built.path("dossier-samples"), ["generate", folder + "/case", "--seed", "\(seed)", "--pages", "\(pages)"])
        try generator.run().require(atMost: 0, of: "dossier-samples")
        scans = folder + "/case/scans"
        truth = try JSONDecoder().decode(Truth.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/case/truth.json")))
        bytesIn = Set(truth.images.map(\.file)).map { Files.size(folder + "/case/scans/" + $0) }.reduce(0, +)
    }

    /// Printed characters, spaces left out.
    var characters: Int {
        truth.pages.flatMap { $0.lines ?? [] }.map { $0.text.unicodeScalars.count { !$0.properties.isWhitespace } }.reduce(0, +)
    }

    /// The scanner files in scan order.
    var files: [String] {
        truth.images.map(\.file).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }.map { scans + "/" + $0 }
    }
}

/// The programs of this package, built beside the bench.
enum Built {
    static func path(_ name: String) -> String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return PathName.parent(of: own) + "/" + name
    }
}

enum Files {
    static func size(_ path: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int) ?? 0
    }
}
