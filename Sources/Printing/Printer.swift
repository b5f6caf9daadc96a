public import DossierModel
import Foundation

/// A printer that speaks IPP: a queue of the print scheduler (CUPS), or a device by its address.
///
/// ## Topics
/// - ``init(_:)``, ``init(named:)``, ``init(uri:)``
/// - ``status(patience:)``
/// - ``print(pdf:jobName:options:isCancelled:progress:)``
public struct Printer: Hashable, Sendable, Codable {
    /// The queue's name; for a device its address.
    public var name: String
    /// `ipp://host:port/path`, or `ipps:` for an encrypted connection.
    public var uri: String
    public var isDefault: Bool
    /// Whether the local scheduler keeps it.
    public var isQueue: Bool

    init(queue name: String, uri: String, isDefault: Bool) {
        self.name = name
        self.uri = uri
        self.isDefault = isDefault
        isQueue = true
    }

    /// A queue's name, or an address.
    ///
    /// #### Errors
    /// Those of ``init(named:)`` and ``init(uri:)``.
    public init(_ nameOrURI: String) throws(DossierError) {
        if nameOrURI.contains("://") { try self.init(uri: nameOrURI) } else { try self.init(named: nameOrURI) }
    }

    /// A queue of the scheduler.
    ///
    /// #### Errors
    /// `notFound` when it has no such queue.
    public init(named name: String) throws(DossierError) {
        let known = PrinterDirectory.printers()
        if let found = known.first(where: { $0.name == name }) {
            self = found
            return
        }
        let names = known.isEmpty ? "no printer is set up on this machine" : "there are " + known.map(\.name).joined(separator: ", ")
        throw DossierError(
            .notFound, "there is no printer named \(name): \(names); “dossier printer list” shows them, and an address such as ipp://HOST/ipp/print works too")
    }

    /// A device by its address; the path of one without is that of IPP Everywhere, `/ipp/print`.
    ///
    /// #### Errors
    /// `badUsage` when it is not an address of the schemes ipp, ipps, http or https.
    public init(uri: String) throws(DossierError) {
        guard let parts = URLComponents(string: uri), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme, ["ipp", "ipps", "http", "https"].contains(scheme),
            parts.port.map({ (1...65_535).contains($0) }) ?? true
        else {
            throw DossierError(.badUsage, "“\(uri)” is no address of a printer; write ipp://HOST:PORT/PATH, for example ipp://192.0.2.7/ipp/print")
        }
        // It would stand in ledger and messages, and is not used.
        guard parts.user == nil, parts.password == nil else {
            throw DossierError(.badUsage, "the address of the printer at \(host) holds a user or password, which is not supported; leave it out")
        }
        var complete = parts
        if parts.path.isEmpty || parts.path == "/" { complete.path = "/ipp/print" }
        name = complete.string ?? uri
        self.uri = name
        isDefault = false
        isQueue = false
    }

    var address: (scheme: String, host: String, port: Int) {
        let parts = URLComponents(string: uri)
        let scheme = parts?.scheme ?? "ipp"
        let host = (parts?.host ?? "").trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        // RFC 8010 §4.4, RFC 7472 §4.3: 631 for both IPP schemes.
        return (scheme, host, parts?.port ?? (scheme == "http" ? 80 : scheme == "https" ? 443 : 631))
    }

    var resource: String { URLComponents(string: uri)?.percentEncodedPath ?? "/" }
}
