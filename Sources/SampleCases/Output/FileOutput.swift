import DossierModel
import Foundation

/// Texts and folders on disk.
enum FileOutput {
    static func makeFolder(of path: String) throws(DossierError) {
        let folder = PathName.parent(of: path)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw DossierError(.fileSystem, "the folder cannot be made; check rights and space", cause: "\(error)", location: folder)
        }
    }

    static func write(_ text: String, to path: String) throws(DossierError) { try write(Array(text.utf8), to: path) }

    static func write(_ bytes: [UInt8], to path: String) throws(DossierError) {
        try makeFolder(of: path)
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        } catch {
            throw DossierError(.fileSystem, "the file cannot be written; check rights and space", cause: "\(error)", location: path)
        }
    }
}

/// `batch.yaml`, written by hand: five keys need no library, and the order of lines is part of the bytes.
enum BatchSheetText {
    static func yaml(_ plan: CasePlan, images: CaseTruth) -> String {
        let facts = plan.facts
        var text = "# An invented case made by dossier-samples (seed \(images.seed)).\n"
        text += "case: \"\(facts.caseNumber)\"\ncause: \"\(facts.crime.rawValue)\"\nparties:\n"
        for (person, role) in [(facts.suspect, "犯罪嫌疑人"), (facts.accomplice, "犯罪嫌疑人"), (facts.victim, "被害人")] {
            text += "  - name: \"\(person.name)\"\n    role: \"\(role)\"\n"
        }
        text += "volumes:\n"
        for volume in plan.volumes {
            text += "  - number: \(volume.number)\n    kind: \(volume.kind.rawValue)\n    files: [\"volume-\(volume.number)/*\"]\n"
        }
        return text
    }
}

enum TruthText {
    /// Sorted keys, one value to a line where lists allow it.
    static func json(_ truth: CaseTruth) throws(DossierError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let images = try truth.images.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
            let documents = try truth.documents.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
            let lists = "\"documents\":[\n\(documents.joined(separator: ",\n"))\n],\n\"images\":[\n\(images.joined(separator: ",\n"))\n]"
            return "{\"case\":\"\(truth.case)\",\"cause\":\"\(truth.cause)\",\"seed\":\(truth.seed),\n\(lists)}\n"
        } catch {
            throw DossierError(.library, "the truth cannot be written as JSON", cause: "\(error)")
        }
    }
}
