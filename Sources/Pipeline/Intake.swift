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

    /// Lists a folder, or files, as the scanner left them.
    ///
    /// #### Errors
    /// `notFound` for a path that does not exist; `badUsage` for a batch sheet that does not make sense.
    init(of inputs: [String]) throws(DossierError) {
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
        let folder = isFolder.boolValue ? path : (path as NSString).deletingLastPathComponent
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

    private mutating func addContents(of folder: String) throws(DossierError) {
        guard let walk = FileManager.default.enumerator(atPath: folder) else {
            throw DossierError(.fileSystem, "cannot list the folder; check its permissions", location: folder)
        }
        while let name = walk.nextObject() as? String {
            let path = folder + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else { continue }
            if Self.isNoScan(name) { ignored.append(name) } else { files.append(File(path: path, name: name)) }
        }
    }

    private static let strangers: Set<String> = ["Thumbs.db", "desktop.ini", BatchSheetDraft.fileName]

    private static func isNoScan(_ name: String) -> Bool {
        let parts = name.split(separator: "/")
        return parts.contains { $0.hasPrefix(".") } || strangers.contains(String(parts.last ?? ""))
    }

    private func requireDistinctNames() throws(DossierError) {
        for (a, b) in zip(files, files.dropFirst()) where a.name == b.name {
            throw DossierError(.badUsage, "two files have the same name; give the folder above them, or run them as two batches", location: "\(a.path), \(b.path)")
        }
    }
}
