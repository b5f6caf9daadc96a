import DossierModel
import Foundation
import HTTPTypes
import Hummingbird

/// What went wrong with a request, and the one place where an error becomes a status (RFC 9110 §15).
struct Problem: Error {
    var status: HTTPResponse.Status
    /// Stable, as in `DossierError.Code`.
    var code: String
    /// What is wrong and what to do about it.
    var message: String
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ code: DossierError.Code, _ message: String, headers: HTTPFields = [:]) {
        self.status = status
        self.code = code.rawValue
        self.message = message
        self.headers = headers
    }

    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as DossierError: self.init(Self.status(of: error.code), error.code, error.message)
        case let error as any HTTPResponseError where error.status == .notFound:
            self.init(.notFound, .notFound, "there is no such page; the list of cases is at /")
        case let error as any HTTPResponseError: self.init(error.status, .badUsage, error.status.reasonPhrase)
        default: self.init(.internalServerError, .library, "something went wrong here; the log of “dossier serve” says what")
        }
    }

    private static func status(of code: DossierError.Code) -> HTTPResponse.Status {
        switch code {
        case .badUsage: .badRequest
        case .notFound: .notFound
        case .busy: .serviceUnavailable
        default: .internalServerError
        }
    }

    static let noSuchPage = Problem(.notFound, .notFound, "the case has no such page; its pages are in the index on the left")

    /// `{"error":{"code":…,"message":…}}`
    var json: Data {
        struct Envelope: Encodable {
            struct Body: Encodable {
                var code: String
                var message: String
            }
            var error: Body
        }
        return (try? JSONEncoder().encode(Envelope(error: .init(code: code, message: message)))) ?? Data()
    }
}
