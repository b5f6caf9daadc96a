import DossierModel
import Archive
import Foundation

/// What lies in a delivery, before anything is read: the files in scan order and the batch sheet.
struct Delivery {
    struct File {
        var path: String
        var name: String
    }

    /// Name of the batch: that of its folder.
    var name: String
    var files: [File]
    var sheet: BatchSheetDraft?
    /// Left out because they are no scans by their name: hidden files and folder views of other systems.
    var ignored: [String]
    /// What lies there and cannot be taken.
    private(set) var refusals: [Finding] = []

    private let marker: String?

    /// Lists a folder, or files, as the scanner left them.
    ///
    /// - Parameter marker: Name of a file that is no scan.
    ///
    /// #### Errors
    /// `notFound` for a path that does not exist; `badUsage` for a batch sheet that does not make sense; `fileSystem` for a
    /// folder that was given and cannot be listed, and where disk or share fail. Whatever else cannot be had is among `refusals`.
    init(of inputs: [String], ignoring marker: String? = nil) throws(DossierError) {
        self.marker = marker
        files = []
        ignored = []
        name = ""
        for input in inputs { try add(input) }
        files.sort { NaturalOrder.precedes($0.name, $1.name) }
        ignored.sort(by: NaturalOrder.precedes)
        try requireDistinctNames()
    }

    private mutating func add(_ input: String) throws(DossierError) {
        let path = URL(fileURLWithPath: input).standardizedFileURL.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw DossierError(.notFound, "no such file or folder; check the path", location: input)
        }
        let folder = isFolder.boolValue ? path : PathName.parent(of: path)
        if name.isEmpty { name = (folder as NSString).lastPathComponent }
        try readSheet(in: folder)
        if isFolder.boolValue {
            try addContents(of: path)
        } else {
            files.append(File(path: path, name: (path as NSString).lastPathComponent))
        }
    }

    private mutating func readSheet(in folder: String) throws(DossierError) {
        let path = folder + "/" + BatchSheetDraft.fileName
        guard sheet == nil, FileManager.default.fileExists(atPath: path) else { return }
        sheet = try BatchSheetDraft(readingFileAt: path)
    }

    /// - Parameter prefix: path from the delivery's folder to this one, with a slash at its end; empty for the folder itself.
    private mutating func addContents(of folder: String, prefix: String = "") throws(DossierError) {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
            guard prefix.isEmpty else { return refusals.append(try .unlisted(String(prefix.dropLast()), error, folder)) }
            throw DossierError(.fileSystem, "cannot list the folder; check its permissions", cause: error.localizedDescription, location: folder)
        }
        for name in names { try add(name, in: folder, prefix: prefix) }
    }

    private mutating func add(_ name: String, in folder: String, prefix: String) throws(DossierError) {
        guard !Self.isNoScan(name), name != marker else { return ignored.append(prefix + name) }
        let path = folder + "/" + name
        switch try FolderEntry(at: path, name: prefix + name) {
        case .file: files.append(File(path: path, name: prefix + name))
        case .folder: try addContents(of: path, prefix: prefix + name + "/")
        case .refused(let finding): refusals.append(finding)
        }
    }

    private static let strangers: Set<String> = ["Thumbs.db", "desktop.ini", BatchSheetDraft.fileName]

    private static func isNoScan(_ name: String) -> Bool {
        name.hasPrefix(".") || strangers.contains(name)
    }

    private func requireDistinctNames() throws(DossierError) {
        for (a, b) in zip(files, files.dropFirst()) where a.name == b.name {
            throw DossierError(.badUsage, "two files have the same name; give the folder above them, or run them as two batches", location: "\(a.path), \(b.path)")
        }
    }
}
