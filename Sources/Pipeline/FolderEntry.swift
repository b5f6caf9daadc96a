import Archive
import DossierModel
import Foundation

/// What a name in a scanner's folder stands for, told without opening it: to open a pipe may wait for ever.
enum FolderEntry {
    case file
    case folder
    case refused(Finding)

    /// - Parameter name: as it is told to people, relative to the delivery.
    ///
    /// #### Errors
    /// `fileSystem` where disk or share fail: nothing can be said of the file then.
    init(at path: String, name: String) throws(DossierError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { self = .refused(try .unseen(name, errno, path)); return }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        if isLink, stat(path, &status) != 0 { self = .refused([ENOENT, ELOOP, ENOTDIR].contains(errno) ? .brokenLink(name) : try .unseen(name, errno, path)); return }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file
        // A link to a folder may lead round in a circle; leaving it out unsaid would lose what lies there.
        case S_IFDIR: self = isLink ? .refused(.linkedFolder(name)) : .folder
        default: self = .refused(.irregular(name))
        }
    }
}

/// What of a delivery cannot be taken: said of the delivery, since without bytes there is no image to say it of.
extension Finding {
    private static let again = "then take the delivery again (“dossier watch” does so by itself)"

    static func brokenLink(_ name: String) -> Finding {
        Finding(
            id: "file.link-broken", severity: .block, message: "\(name): the link leads nowhere, so no scan was taken",
            remedy: "put the file itself there, or take the link out; \(again)", subject: name)
    }

    static func linkedFolder(_ name: String) -> Finding {
        Finding(
            id: "folder.link", severity: .block, message: "\(name): a link to a folder is not followed, so nothing of what lies there was taken",
            remedy: "put the folder itself there, or take the link out; \(again)", subject: name)
    }

    /// No scan is lost with a pipe or a socket, but somebody should know why it lies there.
    static func irregular(_ name: String) -> Finding {
        Finding(
            id: "file.irregular", severity: .warn, message: "\(name): this is a pipe, socket or device and no file, and was not opened",
            remedy: "take it out of the folder", subject: name)
    }

    static func vanished(_ name: String) -> Finding {
        Finding(
            id: "file.vanished", severity: .block, message: "\(name): the file was there when the folder was listed and gone when it was to be read",
            remedy: "look where it went, put it back, and see that nothing else moves files there; \(again)", subject: name)
    }

    static func unreadable(_ name: String, _ reason: String) -> Finding {
        Finding(
            id: "file.unreadable", severity: .block, message: "\(name): the file cannot be read (\(reason))",
            remedy: "check its owner and its rights; \(again)", subject: name)
    }

    static func unreadableFolder(_ name: String) -> Finding {
        Finding(
            id: "folder.unreadable", severity: .block, message: "\(name): the folder cannot be listed, so nothing of what lies there was taken",
            remedy: "check its owner and its rights; \(again)", subject: name)
    }

    fileprivate static func unseen(_ name: String, _ number: Int32, _ path: String) throws(DossierError) -> Finding {
        let reason = String(cString: strerror(number))
        switch number {
        case ENOENT: return .vanished(name)
        case EACCES, EPERM: return .unreadable(name, reason)
        default: throw DossierError(.fileSystem, "the file cannot be looked at; check the disk or the share", cause: reason, location: path)
        }
    }

    /// A folder of the delivery that could not be listed.
    ///
    /// #### Errors
    /// `fileSystem` where disk or share fail.
    static func unlisted(_ name: String, _ error: any Error, _ path: String) throws(DossierError) -> Finding {
        switch (error as? CocoaError)?.code {
        case .fileReadNoPermission: return .unreadableFolder(name)
        case .fileNoSuchFile, .fileReadNoSuchFile: return .vanished(name)
        default: throw DossierError(.fileSystem, "the folder cannot be listed; check the disk or the share", cause: error.localizedDescription, location: path)
        }
    }

    /// nil for an error that is no matter of the one file, or may be gone with the next try: the store is full, disk or share
    /// fail, the scanner still writes.
    static func untaken(_ error: DossierError, _ file: Delivery.File) -> Finding? {
        guard error.location == file.path else { return nil }
        return switch error.code {
        case .notFound: .vanished(file.name)
        case .unusableInput: .irregular(file.name)
        case .fileSystem where error.isPermissionDenied: .unreadable(file.name, error.cause ?? error.message)
        default: nil
        }
    }

    /// Whether it is about this file of the delivery, or a folder around it, whose scan is lacking.
    func isLacking(_ file: String) -> Bool {
        guard severity == .block, let subject else { return false }
        return file == subject || file.hasPrefix(subject + "/")
    }
}
