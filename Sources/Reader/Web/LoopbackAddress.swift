public import DossierModel
import Foundation

/// An address of this machine itself: 127.0.0.0/8 (RFC 1122 §3.2.1.3), ::1 (RFC 4291 §2.5.3), or `localhost`.
public struct LoopbackAddress: Sendable {
    public let host: String

    /// #### Errors
    /// `badUsage` for any other address: whoever reaches it could read every case.
    public init(_ host: String) throws(DossierError) {
        guard Self.isLoopback(host) else {
            throw DossierError(
                .badUsage,
                "“\(host)” could be reached from other machines, and the reader knows neither users nor TLS yet; "
                    + "use 127.0.0.1, and an SSH tunnel from elsewhere (ssh -L 8080:127.0.0.1:8080 HOST)")
        }
        self.host = host
    }

    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil && $0.allSatisfy(\.isASCII) }
    }

    /// As it stands in a URL.
    var urlHost: String { host.contains(":") ? "[\(host)]" : host }
}
