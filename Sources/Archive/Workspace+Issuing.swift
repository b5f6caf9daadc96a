public import DossierModel
public import Foundation
import GRDB
import Hashing

/// Numbered documents: the number, the document and its row in the register come into being together.
extension Workspace {
    /// Takes the next number of each order's series, lets the caller make the documents with these numbers, and keeps
    /// them: one immediate transaction.
    ///
    /// When the call returns, every document is durably in the store and in the register. A document that could not be
    /// made leaves its number behind as void, with the reason; a number is never given twice. When the process dies
    /// before the transaction ends, no number was taken, and the next caller gets the same ones.
    /// - Parameters:
    ///   - who: Name of the person who issues.
    ///   - make: Gets the sequence numbers, in the order of `orders`; gives the document, or why there is none, for each.
    ///     Others wait meanwhile, so it only typesets.
    /// - Returns: The rows, in the order of `orders`.
    ///
    /// #### Errors
    /// `badUsage` in a workspace opened for reading, or when `numberText` gives a number that another series has used;
    /// `busy` when others hold the register for longer than a minute; `fileSystem`. Then no number was taken.
    public func issue(
        _ orders: [NumberOrder], by who: String, at time: Date = Date(),
        make: ([Int]) -> [Result<FinishedDocument, DossierError>]
    ) throws(DossierError) -> [RegisteredDocument] {
        guard !orders.isEmpty else { return [] }
        return try journal.signing { database in
            let sequences = try Self.nextSequences(for: orders.map(\.series), in: database)
            let results = make(sequences)
            precondition(results.count == orders.count, "one result for every order")
            let made = results.compactMap { try? $0.get() }
            var digests = try blobs.put(issued: made.map(\.bytes))[...]
            return try zip(zip(orders, sequences), results).map { pair, result in
                let row = Self.row(pair.0, sequence: pair.1, result, digest: (try? result.get()).flatMap { _ in digests.popFirst() }, who, time)
                try Journal.insert(row, in: database)
                return row
            }
        }
    }

    private static func nextSequences(for series: [NumberSeries], in database: Database) throws -> [Int] {
        var next: [NumberSeries: Int] = [:]
        return try series.map { series in
            let sequence = try next[series] ?? Journal.highestSequence(of: series, in: database) + 1
            next[series] = sequence + 1
            return sequence
        }
    }

    private static func row(
        _ order: NumberOrder, sequence: Int, _ result: Result<FinishedDocument, DossierError>, digest: SHA256Digest?,
        _ who: String, _ time: Date
    ) -> RegisteredDocument {
        var row = RegisteredDocument(
            series: order.series, sequence: sequence, number: order.numberText(sequence), template: order.template,
            templateDigest: order.templateDigest, caseNumber: order.caseNumber, valuesDigest: order.valuesDigest,
            date: order.date, counterparts: order.counterparts, who: who,
            // Whole seconds come back from the database as they went in.
            time: Date(timeIntervalSince1970: time.timeIntervalSince1970.rounded(.down)))
        switch result {
        case .success(let document):
            row.file = digest.map { .init(digest: $0, byteCount: document.bytes.count, pages: document.pages) }
        case .failure(let error): row.reason = error.description
        }
        return row
    }

    /// Writes copies of issued documents where people look for them: `documents/<case>/<number>.pdf`. Each appears
    /// whole or not at all.
    /// - Returns: Their paths, in the same order.
    ///
    /// #### Errors
    /// `badUsage` for a case number or document number that cannot name a file; `fileSystem`.
    public func deliver(_ documents: [(row: RegisteredDocument, bytes: [UInt8])]) throws(DossierError) -> [String] {
        var files: [DurableFiles.File] = []
        for (row, bytes) in documents {
            let folder = "\(path)/documents/\(try CaseFolderName.encoded(row.caseNumber ?? "无案号"))"
            try Folder.create(folder)
            let name = try CaseFolderName.encoded(row.number)
            files.append(DurableFiles.File(pending: "\(folder)/.\(name).\(getpid()).partial", target: "\(folder)/\(name).pdf", bytes: bytes, mode: 0o644))
        }
        try DurableFiles.write(files)
        return files.map(\.target)
    }

    /// Writes one file outside the workspace, whole or not at all.
    ///
    /// #### Errors
    /// `notFound` when the folder is not there; `fileSystem`.
    public static func writeOutput(_ bytes: [UInt8], to path: String) throws(DossierError) {
        let pending = "\(PathName.parent(of: path))/.\((path as NSString).lastPathComponent).\(getpid()).partial"
        do { try DurableFiles.write([DurableFiles.File(pending: pending, target: path, bytes: bytes, mode: 0o644)]) } catch {
            unlink(pending)
            throw error
        }
    }

    /// Folder of the house's own templates. It may not exist.
    public var templateFolder: String { path + "/templates" }
}
