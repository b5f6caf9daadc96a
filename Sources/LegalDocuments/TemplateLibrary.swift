public import DossierModel
import Foundation

/// The templates there are: the house's own folder over those that come with Dossier.
public struct TemplateLibrary: Sendable {
    public enum Origin: String, Hashable, Sendable, Codable { case shipped, workspace }

    /// One template as listed.
    public struct Entry: Sendable {
        public var name: String
        public var origin: Origin
        public var path: String
    }

    private let folders: [(path: String, origin: Origin)]

    /// - Parameter folder: The house's own templates; it may not exist. They come before shipped ones of the same name.
    public init(folder: String?) {
        let shipped = Bundle.module.resourcePath.map { ($0 + "/Templates", Origin.shipped) }
        folders = [folder.map { ($0, Origin.workspace) }, shipped].compactMap(\.self)
    }

    private static let ending = ".md"
    private static let partialEnding = ".part.md"

    /// Every template, by name.
    public var entries: [Entry] {
        var seen: Set<String> = []
        var entries: [Entry] = []
        for folder in folders {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            for file in names where file.hasSuffix(Self.ending) && !file.hasSuffix(Self.partialEnding) {
                let name = String(file.dropLast(Self.ending.count))
                if seen.insert(name).inserted { entries.append(Entry(name: name, origin: folder.origin, path: folder.path + "/" + file)) }
            }
        }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Reads a template by name.
    ///
    /// #### Errors
    /// `notFound`, naming those there are; `unusableInput` with every mistake's place.
    public func template(named name: String) throws(DossierError) -> DocumentTemplate {
        let entries = entries
        guard let entry = entries.first(where: { $0.name == name }) else {
            let nearest = Nearest.advice(for: name, among: entries.map(\.name))
            throw DossierError(.notFound, "there is no template “\(name)”; \(nearest)")
        }
        return try template(at: entry.path)
    }

    /// Reads a template file; its partials lie beside it, or in the library's folders.
    ///
    /// #### Errors
    /// `notFound`, `unusableInput` with every mistake's place, `fileSystem`.
    public func template(at path: String) throws(DossierError) -> DocumentTemplate {
        guard FileManager.default.fileExists(atPath: path) else {
            throw DossierError(.notFound, "there is no such template file", location: path)
        }
        let text = try Self.text(at: path)
        let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        let beside = PathName.parent(of: path)
        do throws(TemplateMistakes) {
            return try DocumentTemplate(name: name, text: text) { self.partial($0, beside: beside) }
        } catch {
            let words = error.list.map { "\(path):\($0)" }.joined(separator: "\n")
            throw DossierError(.unusableInput, "the template has \(error.list.count == 1 ? "a mistake" : "\(error.list.count) mistakes"):\n\(words)")
        }
    }

    private func partial(_ name: String, beside folder: String) -> String? {
        guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else { return nil }
        let places = [folder.isEmpty ? "." : folder] + folders.map(\.path)
        for place in places {
            if let text = try? Self.text(at: "\(place)/\(name)\(Self.partialEnding)") { return text }
        }
        return nil
    }

    private static func text(at path: String) throws(DossierError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DossierError(.fileSystem, "cannot read the template; check its permissions", location: path)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw DossierError(.unusableInput, "the template is not UTF-8 text; save it as UTF-8", location: path)
        }
        return text
    }
}
