import Archive
import DossierModel
import Foundation
import Publishing

/// One publication of a case, read into memory.
struct OpenCase: Sendable {
    let number: String
    let index: CaseIndex
    let counts: Reconciliation
    let pages: PageTable
    /// Every published file with its digest, as the manifest names it.
    let products: [String: Product]
    let stamps: Stamps

    /// What tells this publication from the next.
    struct Stamps: Hashable, Sendable {
        let index: Workspace.ProductStamp
        let pages: Workspace.ProductStamp
        let manifest: Workspace.ProductStamp

        /// nil while the case has not been published.
        init?(_ number: String, in workspace: Workspace) throws(DossierError) {
            guard let index = try workspace.stamp(of: Publisher.FileName.index, of: number),
                let pages = try workspace.stamp(of: Publisher.FileName.pages, of: number),
                let manifest = try workspace.stamp(of: Publisher.FileName.manifest, of: number)
            else { return nil }
            self.index = index
            self.pages = pages
            self.manifest = manifest
        }
    }

    init(_ number: String, stamps: Stamps, in workspace: Workspace) throws(DossierError) {
        self.number = number
        self.stamps = stamps
        let manifest = try PublishedText.manifest(workspace.product(Publisher.FileName.manifest, of: number))
        index = try PublishedText.index(workspace.product(Publisher.FileName.index, of: number))
        pages = try PageTable(workspace.product(Publisher.FileName.pages, of: number))
        counts = manifest.counts
        products = Dictionary(manifest.products.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    /// The file of a volume that has this name; `1.pdf` stands for the first of volume 1. nil when there is none.
    func volumeFile(_ name: String) -> String? {
        let files = index.volumes.flatMap(\.pdfs)
        return files.contains(name) ? name : index.volumes.first { "\($0.number).pdf" == name }?.pdf
    }

    /// Pages in the order they are read: volume after volume, then what stands in none, in scan order.
    func neighbours(of image: Int, before: Int, after: Int) -> [PageTable.Entry] {
        guard let position = pages.position(of: image) else { return [] }
        let ahead = pages.entries[(position + 1)...].prefix(after)
        let behind = pages.entries[..<position].suffix(before).reversed()
        return Array(ahead) + Array(behind)
    }
}
