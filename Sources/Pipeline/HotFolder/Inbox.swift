public import DossierModel
import Foundation

/// A folder into which scanners put batches, each in a folder of its own.
///
/// It is looked at again and again, because shares (NFS, SMB) tell nobody when another machine writes. Only what is
/// finished is moved, into another folder beside it.
public struct Inbox: Sendable {
    public let path: String
    public let finishedPath: String
    /// A file whose being there says that a batch is complete; nil: rest alone decides.
    let marker: String?

    /// - Parameters:
    ///   - finished: Where finished batches go; on the same file system, so that they are moved in one step. nil: `finished`
    ///     beside the inbox.
    ///
    /// #### Errors
    /// `notFound` when there is no such folder; `badUsage` when `finished` lies in the inbox; `fileSystem`.
    public init(_ path: String, finished: String?, marker: String?) throws(DossierError) {
        let inbox = URL(fileURLWithPath: path).standardizedFileURL.path
        let finished = finished.map { URL(fileURLWithPath: $0).standardizedFileURL.path } ?? PathName.parent(of: inbox) + "/finished"
        guard Self.isFolder(inbox) else {
            throw DossierError(.notFound, "there is no such inbox; make the folder and let the scanner write there", location: path)
        }
        guard finished != inbox, !finished.hasPrefix(inbox + "/") else {
            throw DossierError(.badUsage, "finished batches cannot go into the inbox itself; give another folder with --finished", location: finished)
        }
        guard Self.device(of: inbox) == Self.device(of: Self.existing(finished)) else {
            throw DossierError(
                .badUsage, "the inbox and the folder for finished batches lie on two file systems, where nothing can be moved in one step; "
                    + "give a folder on the inbox's own with --finished", location: finished)
        }
        self.path = inbox
        finishedPath = finished
        self.marker = marker
    }

    /// What lies in the inbox. Hidden files and folders are none of its business.
    struct Contents {
        var batches: [String: InboxMemory.Listing] = [:]
        /// Files that lie in no batch folder, but for the notes that were left.
        var loose: [String] = []
    }

    /// #### Errors
    /// `fileSystem` when the inbox cannot be listed.
    func contents() throws(DossierError) -> Contents {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw DossierError(.fileSystem, "the inbox cannot be listed; check the share and its rights", cause: error.localizedDescription, location: path)
        }
        var contents = Contents()
        for name in names where !name.hasPrefix(".") {
            if Self.isFolder(path + "/" + name) { contents.batches[name] = listing(of: name) } else if !name.hasSuffix(Self.noteSuffix) { contents.loose.append(name) }
        }
        return contents
    }

    func listing(of batch: String) -> InboxMemory.Listing? { listing(ofFolder: path + "/" + batch) }

    private func listing(ofFolder folder: String) -> InboxMemory.Listing? {
        guard let files = Self.files(in: folder, prefix: "") else { return nil }
        return .init(files: files, isMarked: marker.map { marker in files.contains { $0.name == marker } } ?? true)
    }

    /// nil when something went away meanwhile. A folder that cannot be listed counts as one file: the batch is taken, and the
    /// run says what it could not have.
    private static func files(in folder: String, prefix: String) -> Set<InboxMemory.Listing.File>? {
        var status = stat()
        guard lstat(folder, &status) == 0 else { return nil }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [file(prefix + ".", status, folder)] }
        var files: Set<InboxMemory.Listing.File> = []
        for name in names {
            let path = folder + "/" + name
            guard lstat(path, &status) == 0 else { return nil }
            if status.st_mode & S_IFMT != S_IFDIR { files.insert(file(prefix + name, status, path)); continue }
            guard let inner = Self.files(in: path, prefix: prefix + name + "/") else { return nil }
            files.formUnion(inner)
        }
        return files
    }

    private static func file(_ name: String, _ status: stat, _ path: String) -> InboxMemory.Listing.File {
        .init(
            name: name, bytes: Int(status.st_size), modified: Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec),
            isReadable: access(path, R_OK) == 0)
    }

    private static func existing(_ path: String) -> String {
        var here = path
        while !isFolder(here), here != "/" { here = PathName.parent(of: here) }
        return here
    }

    private static func device(of path: String) -> UInt? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt(status.st_dev) : nil
    }

    /// Moves a batch out of the inbox; gives where it went, or nil when it is no longer as `listing` has it: then it
    /// stays. A name that is taken gets a number.
    ///
    /// #### Errors
    /// `fileSystem`: the batch stays where it is.
    func finish(_ batch: String, asIn listing: InboxMemory.Listing) throws(DossierError) -> String? {
        guard self.listing(of: batch) == listing else { return nil }
        let target = try move(batch)
        // Something may have been written between looking and moving; it must not count as processed.
        guard self.listing(ofFolder: target)?.isWritten(as: listing) == true else {
            guard rename(target, path + "/" + batch) == 0 else {
                throw DossierError(
                    .fileSystem, "the batch changed while it was moved and cannot be put back; move it into the inbox by hand", location: target)
            }
            return nil
        }
        return target
    }

    private func move(_ batch: String) throws(DossierError) -> String {
        do { try FileManager.default.createDirectory(atPath: finishedPath, withIntermediateDirectories: true) } catch {
            throw DossierError(.fileSystem, "the folder for finished batches cannot be made", cause: error.localizedDescription, location: finishedPath)
        }
        var target = finishedPath + "/" + batch
        var number = 2
        // Never over another: RENAME_NOREPLACE (rename(2)) is not known to every share, so the name is looked up first.
        while FileManager.default.fileExists(atPath: target) {
            target = "\(finishedPath)/\(batch)-\(number)"
            number += 1
        }
        guard rename(path + "/" + batch, target) == 0 else {
            throw DossierError(
                .fileSystem, "the finished batch cannot be moved; put --finished on the same file system as the inbox",
                cause: String(cString: strerror(errno)), location: target)
        }
        return target
    }

    /// What is wrong with a batch, where the operator sees it: a text beside its folder. Failing to write it is no error,
    /// since a scanner's share may be read-only.
    func leaveNote(_ batch: String, _ text: String) { try? text.write(toFile: notePath(batch), atomically: true, encoding: .utf8) }

    func removeNote(_ batch: String) { try? FileManager.default.removeItem(atPath: notePath(batch)) }

    private static let noteSuffix = ".problem.txt"

    private func notePath(_ batch: String) -> String { "\(path)/\(batch)\(Self.noteSuffix)" }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
