public import DossierModel
public import Foundation

/// What is published for a case: files that appear whole or not at all.
extension Workspace {
    /// What the folder of a case is called, whether or not there is one.
    ///
    /// #### Errors
    /// `badUsage` for a number that cannot name a folder.
    public static func folderName(ofCase number: String) throws(DossierError) -> String { try CaseFolderName.encoded(number) }

    /// The folder of a case's products. It may not exist yet.
    ///
    /// #### Errors
    /// `badUsage` for a number that cannot name a folder.
    public func caseFolder(_ number: String) throws(DossierError) -> String {
        "\(path)/cases/\(try CaseFolderName.encoded(number))"
    }

    /// Publishes one product, replacing an earlier one of that name.
    ///
    /// - Parameter name: A file name without `/`, not starting with a dot.
    ///
    /// #### Errors
    /// `badUsage` for the case number or the name; `fileSystem`.
    public func publish(_ bytes: [UInt8], as name: String, of caseNumber: String) throws(DossierError) {
        let target = try target(name, of: caseNumber)
        let file = try PendingFile(at: Self.partial(target))
        try file.write(bytes)
        try file.commit(as: target, mode: 0o644)
    }

    /// Publishes one product that is written piece by piece, for those too large to be held in memory.
    ///
    /// #### Errors
    /// As above; what `body` throws, and then nothing is published.
    public func publish(
        as name: String, of caseNumber: String,
        writing body: (_ write: ([UInt8]) throws(DossierError) -> Void) throws(DossierError) -> Void
    ) throws(DossierError) {
        let target = try target(name, of: caseNumber)
        let file = try PendingFile(at: Self.partial(target))
        try body { (bytes) throws(DossierError) in try file.write(bytes) }
        try file.commit(as: target, mode: 0o644)
    }

    /// Publishes a finished temporary file. It is moved out of `temporaryFolder()`; from elsewhere it is copied and removed.
    ///
    /// #### Errors
    /// As above; `notFound`.
    public func publish(fileAt temporary: String, as name: String, of caseNumber: String) throws(DossierError) {
        let target = try target(name, of: caseNumber)
        let partial = Self.partial(target)
        if rename(temporary, partial) != 0 {
            guard errno == EXDEV else { throw .system(errno, "cannot move the finished file", temporary) }
            return try publish(copyOf: temporary, as: target)
        }
        try Self.sync(partial)
        guard rename(partial, target) == 0 else { throw .system(errno, "cannot rename the finished file", target) }
        try Folder.sync(PathName.parent(of: target))
    }

    /// Leaves bytes in a temporary folder for the writer to adopt; what a worker process may do without holding the
    /// workspace. Whole or not at all, also when two workers leave the same bytes at once.
    ///
    /// #### Errors
    /// `fileSystem`.
    public static func leave(_ bytes: [UInt8], as name: String, in folder: String) throws(DossierError) {
        let file = try PendingFile(at: "\(folder)/.\(name).\(getpid())")
        try file.write(bytes)
        try file.leave(as: "\(folder)/\(name)")
    }

    /// Takes back a product that the case no longer has. One that is not there is fine.
    public func withdraw(_ name: String, of caseNumber: String) throws(DossierError) {
        let target = try target(name, of: caseNumber)
        guard unlink(target) == 0 || errno == ENOENT else { throw .system(errno, "cannot remove the product", target) }
        try Folder.sync(PathName.parent(of: target))
    }

    /// Names of what is published for a case, sorted by their bytes.
    public func products(of caseNumber: String) throws(DossierError) -> [String] {
        let folder = try caseFolder(caseNumber)
        guard Folder.exists(folder) else { return [] }
        return try Folder.names(in: folder).filter { !$0.hasPrefix(".") }
    }

    /// What tells one publication of a file from the next: a product is replaced by renaming a new file over it, never
    /// written in place.
    public struct ProductStamp: Hashable, Sendable {
        public let byteCount: Int
        private let file: UInt64
        private let seconds: Int
        private let nanoseconds: Int

        /// nil when there is no such file.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            byteCount = Int(status.st_size)
            file = UInt64(status.st_ino)
            (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        }

        public func isNewer(than other: ProductStamp) -> Bool {
            (seconds, nanoseconds) > (other.seconds, other.nanoseconds)
        }
    }

    /// nil when the case has no product of that name.
    public func stamp(of name: String, of caseNumber: String) throws(DossierError) -> ProductStamp? {
        ProductStamp("\(try caseFolder(caseNumber))/\(name)")
    }

    /// The bytes of a product, mapped into memory: they stay those of this publication when another takes its place.
    ///
    /// #### Errors
    /// `notFound`, `fileSystem`.
    public func product(_ name: String, of caseNumber: String) throws(DossierError) -> Data {
        let path = "\(try caseFolder(caseNumber))/\(name)"
        do { return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) } catch {
            guard FileManager.default.fileExists(atPath: path) else {
                throw DossierError(.notFound, "the case has no \(name); run “dossier run” to publish it", location: path)
            }
            throw DossierError(.fileSystem, "cannot read the product; check disk and permissions", cause: "\(error)", location: path)
        }
    }

    static func removePartialProducts(in folder: String) throws(DossierError) {
        for name in try Folder.names(in: folder) where name.hasPrefix(".") && name.hasSuffix(".partial") {
            unlink("\(folder)/\(name)")
        }
    }

    private func target(_ name: String, of caseNumber: String) throws(DossierError) -> String {
        try demandWriter()
        guard !name.isEmpty, !name.hasPrefix("."), !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }) else {
            throw DossierError(.badUsage, "“\(name)” cannot name a product; use a file name without “/” or a leading dot")
        }
        let folder = try caseFolder(caseNumber)
        try Folder.create(folder)
        return "\(folder)/\(name)"
    }

    private static func partial(_ target: String) -> String {
        "\(PathName.parent(of: target))/.\((target as NSString).lastPathComponent).partial"
    }

    private static func sync(_ path: String) throws(DossierError) {
        let descriptor = Foundation.open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, "cannot open the file", path) }
        defer { close(descriptor) }
        guard fchmod(descriptor, 0o644) == 0 else { throw .system(errno, "cannot set the permissions of the file", path) }
        guard fsync(descriptor) == 0 else { throw .system(errno, "cannot write the file", path) }
    }

    private func publish(copyOf source: String, as target: String) throws(DossierError) {
        let file = try PendingFile(at: Self.partial(target))
        try SourceFile(at: source).forEachPiece { piece throws(DossierError) in try file.write(piece) }
        try file.commit(as: target, mode: 0o644)
        unlink(source)
    }
}
