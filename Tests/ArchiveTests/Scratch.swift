import Archive
import DossierModel
import Foundation
import Testing

/// A folder of its own for one test, gone afterwards.
final class Scratch {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "dossier-archive-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var workspace: String { path + "/workspace" }

    func writer() throws -> Workspace {
        try Workspace.initialise(at: workspace)
        return try Workspace.open(at: workspace, for: .writer)
    }

    @discardableResult func write(_ text: String, to name: String) throws -> String {
        let target = path + "/" + name
        try FileManager.default.createDirectory(
            atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: target))
        return target
    }
}

func text(at path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
}

/// Every file below a folder, for comparing before and after.
func listing(_ folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
}

func failure(_ work: () throws -> Void) -> DossierError? {
    do {
        try work()
        return nil
    } catch { return error as? DossierError }
}
