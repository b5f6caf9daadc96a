import DossierModel
import Foundation

/// What a name in a scanner's folder stands for, told without opening it: to open a pipe may wait for ever.
enum FolderEntry {
    case file
    case folder
    case refused(Finding)

    /// - Parameter name: as it is told to people, relative to the delivery.
    init(at path: String, name: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { self = .refused(.unseen(name, errno)); return }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        if isLink, stat(path, &status) != 0 { self = .refused(errno == ENOENT || errno == ELOOP ? .brokenLink(name) : .unseen(name, errno)); return }
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
    private static let again = "then run the same command again"

    static func brokenLink(_ name: String) -> Finding {
        Finding(
            id: "file.link-broken", severity: .block, message: "\(name): the link leads nowhere, so no scan was taken",
            remedy: "put the file itself there, or take the link out; \(again)")
    }

    static func linkedFolder(_ name: String) -> Finding {
        Finding(
            id: "folder.link", severity: .block, message: "\(name): a link to a folder is not followed, so nothing of what lies there was taken",
            remedy: "put the folder itself there, or take the link out; \(again)")
    }

    /// No scan is lost with a pipe or a socket, but somebody should know why it lies there.
    static func irregular(_ name: String) -> Finding {
        Finding(
            id: "file.irregular", severity: .warn, message: "\(name): this is a pipe, socket or device and no file, and was not opened",
            remedy: "take it out of the folder")
    }

    static func vanished(_ name: String) -> Finding {
        Finding(
            id: "file.vanished", severity: .block, message: "\(name): the file was there when the folder was listed and gone when it was to be read",
            remedy: "look where it went, put it back, and see that nothing else moves files there; \(again)")
    }

    static func unreadable(_ name: String, _ reason: String) -> Finding {
        Finding(
            id: "file.unreadable", severity: .block, message: "\(name): the file cannot be read (\(reason))",
            remedy: "check its owner, its rights and the disk; \(again)")
    }

    static func unreadableFolder(_ name: String) -> Finding {
        Finding(
            id: "folder.unreadable", severity: .block, message: "\(name): the folder cannot be listed, so nothing of what lies there was taken",
            remedy: "check its owner and its rights; \(again)")
    }

    fileprivate static func unseen(_ name: String, _ number: Int32) -> Finding {
        number == ENOENT ? .vanished(name) : .unreadable(name, String(cString: strerror(number)))
    }

    /// nil for an error that is no matter of the one file: the store is full, or the scanner still writes.
    static func untaken(_ error: DossierError, _ file: Delivery.File) -> Finding? {
        guard error.location == file.path else { return nil }
        return switch error.code {
        case .notFound: .vanished(file.name)
        case .unusableInput: .irregular(file.name)
        case .fileSystem: .unreadable(file.name, error.cause ?? error.message)
        default: nil
        }
    }
}
