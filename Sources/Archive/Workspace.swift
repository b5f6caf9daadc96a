public import DossierModel
import Foundation

/// The workspace on disk: settings, blobs, journal and the published cases. The archive is its only writer.
///
/// ```
/// dossier.yaml     settings, commented        store/     blobs (BlobStore)
/// dossier.sqlite   the journal (Journal)      cases/     one folder per case, published whole file by whole file
/// search.sqlite    the full-text index        inbox/     what the scanner delivers
/// .lock            who writes                 tmp/       emptied when a writer opens
/// templates/       document templates of the house (never written by Dossier)
/// documents/       copies of issued legal documents, one folder per case
/// cache/           derived, may be deleted (CacheFolder)
/// ```
public final class Workspace: Sendable {
    public enum Purpose: Sendable {
        /// Any number of readers, also while a writer works.
        case readOnly
        /// Issuing numbered documents and keeping the print ledger, in short transactions: any number at once, also
        /// while a writer works.
        case registrar
        /// The one writer.
        case writer
    }

    /// The workspace's folder.
    public let path: String
    /// From `dossier.yaml`, over the defaults.
    public let settings: Settings
    public let blobs: BlobStore
    public let journal: Journal
    /// Where the full-text index lies.
    public var searchIndexPath: String { path + "/search.sqlite" }
    /// The hot folder.
    public var inbox: String { path + "/inbox" }

    let access: WriteAccess

    private init(path: String, settings: Settings, journal: Journal, access: WriteAccess) {
        self.path = path
        self.settings = settings
        self.journal = journal
        self.access = access
        self.blobs = BlobStore(folder: path + "/store", access: access)
    }

    /// Creates what is missing of a workspace. It may be called again at any time and never overwrites a settings file.
    ///
    /// #### Errors
    /// `fileSystem`; `busy` when another process is creating the same workspace.
    public static func initialise(at path: String) throws(DossierError) {
        try createFolders(at: path)
        guard !FileManager.default.fileExists(atPath: path + "/dossier.sqlite") else { return }
        _ = try create(at: path)
    }

    /// Opens a workspace as its one writer, creating what is missing of it. The right to write is held throughout, so
    /// that nobody slips in between.
    ///
    /// #### Errors
    /// As `initialise(at:)` and `open(at:for:)`.
    public static func create(at path: String) throws(DossierError) -> Workspace {
        try createFolders(at: path)
        return try open(path, access: access(for: .writer, at: path))
    }

    private static func createFolders(at path: String) throws(DossierError) {
        for folder in ["", "/inbox", "/store", "/store/incoming", "/cases", "/tmp", "/templates"] { try Folder.create(path + folder) }
        let settings = path + "/dossier.yaml"
        guard !FileManager.default.fileExists(atPath: settings) else { return }
        let file = try PendingFile(at: path + "/.dossier.yaml.\(getpid()).partial")
        try file.write(Array(SettingsFile.template.utf8))
        try file.commit(as: settings, mode: 0o644)
    }

    /// Opens a workspace for reading, for issuing documents, or as its one writer. The right to write ends with the
    /// last reference to the workspace, its blobs or its journal.
    ///
    /// #### Errors
    /// `notFound` where there is no workspace; `busy` naming the other writer's pid, host and start; `badUsage` for a
    /// mistake in the settings, with line; `unsupported` when a newer Dossier wrote it; `integrity`; `fileSystem`.
    public static func open(at path: String, for purpose: Purpose) throws(DossierError) -> Workspace {
        guard FileManager.default.fileExists(atPath: path + "/dossier.sqlite") else {
            throw DossierError(.notFound, "there is no workspace here; create one with “dossier init”", location: path)
        }
        return try open(path, access: access(for: purpose, at: path))
    }

    private static func open(_ path: String, access: WriteAccess) throws(DossierError) -> Workspace {
        let settings = try SettingsFile.load(path + "/dossier.yaml")
        if access.isWriter { try removeLeftovers(of: path) }
        let journal = try Journal(at: path + "/dossier.sqlite", access: access)
        return Workspace(path: path, settings: settings, journal: journal, access: access)
    }

    private static func access(for purpose: Purpose, at path: String) throws(DossierError) -> WriteAccess {
        switch purpose {
        case .readOnly: .none
        case .registrar: .registrar
        case .writer: .writer(try WriterLock(at: path + "/.lock"))
        }
    }

    /// A folder for this run's temporary files, on the same file system as store and cases.
    ///
    /// #### Errors
    /// `badUsage` in a workspace opened for reading.
    public func temporaryFolder() throws(DossierError) -> String {
        try demandWriter()
        return path + "/tmp"
    }

    func demandWriter() throws(DossierError) {
        guard access.isWriter else {
            throw DossierError(.badUsage, "the workspace was not opened for writing; nothing can be written to it", location: path)
        }
    }

    /// What a killed writer left half-written. Nobody else writes while the lock is held.
    private static func removeLeftovers(of path: String) throws(DossierError) {
        for folder in [path + "/tmp", BlobStore.incomingFolder(of: path + "/store")] {
            try Folder.create(folder)
            try Folder.empty(folder)
        }
        try Folder.create(path + "/cases")
        for folder in try Folder.names(in: path + "/cases") where Folder.exists("\(path)/cases/\(folder)") {
            try removePartialProducts(in: "\(path)/cases/\(folder)")
        }
    }
}
