import DossierModel
import Foundation

/// What the archive does with folders.
enum Folder {
    /// Creates the folder and those above it; one that exists is fine.
    static func create(_ path: String) throws(DossierError) {
        if mkdir(path, 0o755) == 0 { return try sync(PathName.parent(of: path)) }
        switch errno {
        case EEXIST where exists(path): return
        case ENOENT where PathName.parent(of: path) != path:
            try create(PathName.parent(of: path))
            try create(path)
        case let number: throw .system(number, "cannot create the folder", path)
        }
    }

    static func exists(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Makes names in the folder durable (open(2): a file's fsync does not cover its folder entry).
    static func sync(_ path: String) throws(DossierError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, "cannot open the folder", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(errno, "cannot make the folder durable", path) }
    }

    /// Names inside, sorted by their bytes.
    static func names(in path: String) throws(DossierError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        } catch {
            throw DossierError(.fileSystem, "cannot list the folder", cause: "\(error)", location: path)
        }
    }

    /// Removes everything inside.
    static func empty(_ path: String) throws(DossierError) {
        for name in try names(in: path) {
            do { try FileManager.default.removeItem(atPath: path + "/" + name) } catch {
                throw DossierError(.fileSystem, "cannot remove a left-over file", cause: "\(error)", location: path + "/" + name)
            }
        }
    }
}
