public import DossierModel
public import Foundation
import GRDB

/// Stage results, kept by stage key: `SHA-256(stage id + version, input digests, settings)`.
extension Journal {
    /// The stored result, or nil.
    public func product(_ key: String) throws(DossierError) -> Data? {
        try reading { try Data.fetchOne($0, sql: "SELECT value FROM products WHERE key = ?", arguments: [key]) }
    }

    /// The results that are there, of many keys, from one moment.
    public func products(_ keys: some Sequence<String>) throws(DossierError) -> [String: Data] {
        try reading { database in
            let find = try database.makeStatement(sql: "SELECT value FROM products WHERE key = ?")
            var found: [String: Data] = [:]
            for key in keys { found[key] = try Data.fetchOne(find, arguments: [key]) }
            return found
        }
    }

    public func store(_ value: Data, key: String) throws(DossierError) {
        try store([(key, value)])
    }

    /// Stores all of them or, when it fails or the process dies, none.
    public func store(_ products: some Sequence<(key: String, value: Data)>) throws(DossierError) {
        try writing { database in
            let insert = try database.makeStatement(
                sql: "INSERT INTO products (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2")
            for (key, value) in products { try insert.execute(arguments: [key, value]) }
        }
    }
}
