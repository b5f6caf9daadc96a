import Archive
import DossierModel
import Foundation
import Publishing
import Search
import Synchronization

/// The cases of a workspace, opened when asked for. The last few stay open; one that was published anew is opened anew.
final class CaseShelf: Sendable {
    let workspace: Workspace
    private let open = Mutex<[OpenCase]>([])
    private let figures = Mutex<[String: (stamps: OpenCase.Stamps, figures: Figures)]>([:])
    private let search = Mutex<(stamp: FileStamp, index: SearchIndex)?>(nil)
    /// A case of 3,000 pages takes about 20 MB.
    private static let capacity = 8

    init(_ workspace: Workspace) { self.workspace = workspace }

    /// What the list shows of a case.
    struct Summary: Sendable, Encodable {
        var number: String
        var cause: String?
        var parties: [BatchSheet.Party]
        /// `finished`; `running` while a run is under way or was broken off; `unpublished` before the first one has ended.
        var state: State
        var volumes: Int
        var documents: Int
        var counts: Reconciliation?

        enum State: String, Encodable { case finished, running, unpublished }
    }

    func summaries() throws(DossierError) -> [Summary] {
        var all: [Summary] = []
        for registered in try workspace.journal.cases() { all.append(try summary(of: registered)) }
        return all
    }

    /// #### Errors
    /// `notFound` for a case the workspace does not have.
    func registered(_ number: String) throws(DossierError) -> RegisteredCase {
        guard let found = try workspace.journal.cases().first(where: { $0.number == number }) else {
            throw DossierError(.notFound, "there is no case “\(number)” here; the list of cases is at /")
        }
        return found
    }

    func state(of number: String) throws(DossierError) -> Summary.State {
        guard try OpenCase.Stamps(number, in: workspace) != nil else { return .unpublished }
        return try workspace.journal.runs(ofCase: number).last?.outcome == nil ? .running : .finished
    }

    private func summary(of registered: RegisteredCase) throws(DossierError) -> Summary {
        // A case whose files do not read must not take the list with it; opening it says what is wrong.
        let figures = try? figures(of: registered.number)
        return Summary(
            number: registered.number, cause: registered.cause, parties: registered.parties,
            state: try state(of: registered.number), volumes: figures?.volumes ?? 0, documents: figures?.documents ?? 0,
            counts: figures?.counts)
    }

    /// What the list shows of a publication.
    private struct Figures: Sendable {
        var volumes: Int
        var documents: Int
        var counts: Reconciliation
    }

    /// Kept for each publication. The list needs no pages; opening every case for it would read them all.
    private func figures(of number: String) throws(DossierError) -> Figures? {
        guard let stamps = try OpenCase.Stamps(number, in: workspace) else { return nil }
        if let known = figures.withLock({ $0[number] }), known.stamps == stamps { return known.figures }
        let index = try PublishedText.index(workspace.product(Publisher.FileName.index, of: number))
        let counts = try PublishedText.manifest(workspace.product(Publisher.FileName.manifest, of: number)).counts
        let fresh = Figures(volumes: index.volumes.count, documents: index.volumes.map(\.documents.count).reduce(0, +), counts: counts)
        figures.withLock { $0[number] = (stamps, fresh) }
        return fresh
    }

    /// #### Errors
    /// `notFound` when there is no such case or it has not been published yet; `integrity`, `fileSystem`.
    func open(_ number: String) throws(DossierError) -> OpenCase {
        guard let stamps = try OpenCase.Stamps(number, in: workspace) else {
            _ = try registered(number)
            throw DossierError(.notFound, "case “\(number)” has not been published yet; “dossier run” publishes it at its end")
        }
        let known = open.withLock { open in open.first { $0.number == number && $0.stamps == stamps } }
        if let known { return known }
        let fresh = try OpenCase(number, stamps: stamps, in: workspace)
        open.withLock { open in
            open.removeAll { $0.number == number }
            open.append(fresh)
            if open.count > Self.capacity { open.removeFirst() }
        }
        return fresh
    }

    /// #### Errors
    /// As `SearchIndex.search`; `notFound` when nothing has been indexed.
    func find(_ term: String, in number: String, limit: Int, offset: Int) throws(DossierError) -> SearchIndex.Result {
        try searchIndex().search(term, case: number, limit: limit, offset: offset)
    }

    /// Kept open; opened anew when the file is another one, since an index may be deleted and rebuilt at any time.
    private func searchIndex() throws(DossierError) -> SearchIndex {
        let path = workspace.searchIndexPath
        let stamp = FileStamp(path)
        if let known = search.withLock({ $0 }), known.stamp == stamp { return known.index }
        let index = try SearchIndex.open(at: path, readOnly: true)
        search.withLock { $0 = (stamp, index) }
        return index
    }
}

/// Which file stands under a name.
struct FileStamp: Equatable, Sendable {
    private let device: UInt64
    private let file: UInt64

    init(_ path: String) {
        var status = stat()
        let isThere = stat(path, &status) == 0
        (device, file) = isThere ? (UInt64(status.st_dev), UInt64(status.st_ino)) : (0, 0)
    }
}
