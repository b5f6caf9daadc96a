import Archive
import Assembly
import Cataloguing
import DossierModel
import Foundation
import Hashing
import Publishing
import Search
import VolumeSheets

/// Binds the volumes, writes the texts and the search index. The manifest comes last, so that it never names what is
/// not there.
struct CasePublisher {
    let workspace: Workspace
    let settings: Settings
    let cancellation: Cancellation
    let report: (RunEvent) -> Void

    struct Publication {
        var caseFile: CaseFile
        var folder: String
        /// Bytes of all volumes.
        var volumeBytes: Int
    }

    func publish(
        _ draft: CaseFile, images: [ScannedImage], volumes: [BoundVolume], clock: Stopwatch
    ) throws(DossierError) -> Publication {
        var file = draft
        report(.started(.assemble, total: volumes.count))
        var products: [Product] = []
        for volume in volumes {
            if cancellation.isCancelled { throw .interruptedRun }
            let (product, bound) = try VolumeBinder(workspace: workspace, caseFile: draft, settings: settings).bind(volume)
            products.append(product)
            file.boundVolumes.append(bound)
            report(.advanced(.assemble, done: products.count, total: volumes.count))
        }
        report(.finished(.assemble, total: volumes.count))
        clock.lap(.assemble)
        let volumeBytes = products.map(\.bytes).reduce(0, +)
        let facts = FactSheet.collected(case: file.caseNumber, volumes: volumes.filter { ($0.part?.number ?? 1) == 1 }.map(\.catalogue), parties: file.parties, cause: file.cause)
        try publishTexts(of: file, facts, after: &products, images: images, clock: clock)
        return Publication(caseFile: file, folder: try workspace.caseFolder(file.caseNumber), volumeBytes: volumeBytes)
    }

    private func publishTexts(
        of file: CaseFile, _ facts: FactSheet, after products: inout [Product], images: [ScannedImage], clock: Stopwatch
    ) throws(DossierError) {
        report(.started(.publish, total: file.records.count))
        let texts = [
            (Publisher.FileName.index, Publisher.indexJSON(file.index)),
            (Publisher.FileName.catalogue, Publisher.catalogueCSV(file.index)),
            (Publisher.FileName.facts, Publisher.factsJSON(facts)),
        ]
        for (name, bytes) in texts { products.append(try publish(bytes, as: name, of: file)) }
        let (pages, rasters) = try publishPages(of: file, images)
        products.append(pages)
        products.append(try publish(Publisher.digestsJSON(digestTable(of: file, rasters)), as: Publisher.FileName.digests, of: file))
        products.append(try publish(Publisher.report(file, thumbnails: thumbnails(of: file, images)), as: Publisher.FileName.report, of: file))
        let before = published(Publisher.FileName.manifest, of: file.caseNumber)
        let manifest = try publish(Publisher.manifestJSON(file, products: products), as: Publisher.FileName.manifest, of: file)
        try replaceSearch(of: file, images)
        clock.lap(.publish)
        let isSame = before.map { SHA256Digest(of: $0) == manifest.sha256 } ?? false
        try settle(products + [manifest, timings(of: file, isSame: isSame, clock)], of: file.caseNumber)
        report(.finished(.publish, total: file.records.count))
    }

    /// SM3 beside every SHA-256. Bytes never change under their name in the store, so each is read once and remembered.
    private func digestTable(of file: CaseFile, _ rasters: [DigestTable.Entry]) throws(DossierError) -> DigestTable {
        var entries: [DigestTable.Entry] = []
        for original in file.batches.flatMap(\.files) {
            entries.append(.init(kind: .original, sha256: original.sha256, sm3: try sm3(of: original.sha256)))
        }
        entries += rasters
        for stream in file.boundVolumes.flatMap(\.pages).flatMap(\.streams) {
            entries.append(.init(kind: .stream, sha256: stream, sm3: try sm3(of: stream)))
        }
        return DigestTable(case: file.caseNumber, entries: entries)
    }

    private func sm3(of blob: SHA256Digest) throws(DossierError) -> SM3Digest {
        let key = "sm3 \(blob)"
        if let data = try workspace.journal.product(key), let known = SM3Digest(hex: String(decoding: data, as: UTF8.self)) { return known }
        let new = try SM3Digest(ofFileAt: workspace.blobs.path(of: blob))
        try workspace.journal.store(Data(new.hex.utf8), key: key)
        return new
    }

    private func publish(_ bytes: [UInt8], as name: String, of file: CaseFile) throws(DossierError) -> Product {
        try workspace.publish(bytes, as: name, of: file.caseNumber)
        return Product(name: name, sha256: SHA256Digest(of: bytes), bytes: bytes.count)
    }

    /// Record by record, each with its lines from the shelf; gives the digests of the rasters, too, which lie there with them.
    private func publishPages(
        of file: CaseFile, _ images: [ScannedImage]
    ) throws(DossierError) -> (Product, rasters: [DigestTable.Entry]) {
        var count = 0
        var rasters: [DigestTable.Entry] = []
        try workspace.publish(as: Publisher.FileName.pages, of: file.caseNumber) { (write) throws(DossierError) in
            for (record, image) in zip(file.records, images) {
                let product = try PageShelf(workspace: workspace).product(at: image.place)
                if let scanned = product.scanned, let sm3 = scanned.rasterSM3 {
                    rasters.append(.init(kind: .raster, sha256: scanned.rasterDigest, sm3: sm3))
                }
                let bytes = Publisher.pageLine(complete(record, product))
                count += bytes.count
                try write(bytes)
            }
        }
        let path = try workspace.caseFolder(file.caseNumber) + "/" + Publisher.FileName.pages
        return (Product(name: Publisher.FileName.pages, sha256: try SHA256Digest(ofFileAt: path), bytes: count), rasters)
    }

    /// Where nothing changed since, the timings stay those of the run that made that state.
    private func timings(of file: CaseFile, isSame: Bool, _ clock: Stopwatch) throws(DossierError) -> Product {
        let before = isSame ? published(Publisher.FileName.timings, of: file.caseNumber) : nil
        return try publish(before ?? Publisher.timings(clock.timings(for: file), of: file.caseNumber), as: Publisher.FileName.timings, of: file)
    }

    private func published(_ name: String, of caseNumber: String) -> [UInt8]? {
        (try? workspace.caseFolder(caseNumber)).flatMap { FileManager.default.contents(atPath: $0 + "/" + name) }.map { Array($0) }
    }

    private func complete(_ record: PageRecord, _ product: PageProduct) -> PageRecord {
        var record = record
        record.lines = CaseBuilder.lines(of: product)
        return record
    }

    /// Records what is published and takes back what an earlier run published and this one does not.
    private func settle(_ products: [Product], of caseNumber: String) throws(DossierError) {
        let names = Set(products.map(\.name))
        for old in try workspace.journal.publications(ofCase: caseNumber) where !names.contains(old.name) {
            try workspace.withdraw(old.name, of: caseNumber)
        }
        try workspace.journal.replacePublications(
            ofCase: caseNumber,
            with: products.map { Archive.Publication(name: $0.name, digest: $0.sha256, byteCount: $0.bytes) })
    }

    private func replaceSearch(of file: CaseFile, _ images: [ScannedImage]) throws(DossierError) {
        let titles = Dictionary(uniqueKeysWithValues: file.index.volumes.map { ($0.number, $0.documents.map(\.title)) })
        let index = try SearchIndex.open(at: workspace.searchIndexPath, readOnly: false)
        if let lost = index.recreation { report(.notice("\(lost.message); \(lost.remedy)")) }
        var rest = zip(file.records, images).makeIterator()
        try index.replace(case: file.caseNumber) { () throws(DossierError) in
            while let (bare, image) = rest.next() {
                guard bare.disposition == .page else { continue }
                let record = complete(bare, try PageShelf(workspace: workspace).product(at: image.place))
                guard !record.lines.isEmpty else { continue }
                return SearchIndex.Page(
                    case: file.caseNumber, volume: record.volume ?? 0, image: record.image, folio: record.folio,
                    title: record.document.flatMap { number in titles[record.volume ?? 0].map { $0[number - 1] } },
                    lines: record.lines.map(\.text))
            }
            return nil
        }
    }

    /// Pictures for what an operator has to look at: everything that is no page, and pages with findings.
    private func thumbnails(of file: CaseFile, _ images: [ScannedImage]) -> [Int: [UInt8]] {
        let interesting = file.records.filter { $0.disposition != .page || $0.findings.contains { $0.severity > .note } }
        var pictures: [Int: [UInt8]] = [:]
        for record in interesting.prefix(200) {
            guard let product = try? PageShelf(workspace: workspace).product(at: images[record.image - 1].place),
                let digest = product.thumbnail
            else { continue }
            pictures[record.image] = try? workspace.blobs.read(digest)
        }
        return pictures
    }
}
