import DossierModel

/// Bytes on the disk against the manifest.
extension Differences {
    mutating func checkOriginals(of manifest: Manifest, _ stored: StoredCase) {
        guard let original = stored.original else { return }
        var seen: Set<SHA256Digest> = []
        for batch in manifest.batches {
            for file in batch.files where seen.insert(file.sha256).inserted {
                let subject = "\(file.name) (\(batch.name))"
                let answer = ask(subject) { () throws(DossierError) in try original(file.sha256) }
                compare(answer, with: (file.sha256, file.bytes), subject, missing: "the original is not in the store")
            }
        }
    }

    mutating func checkProducts(of manifest: Manifest, _ stored: StoredCase) {
        checkNames(of: manifest)
        for product in manifest.products {
            let answer = ask(product.name) { () throws(DossierError) in try stored.product(product.name) }
            compare(answer, with: (product.sha256, product.bytes), product.name, missing: "the product is not there")
        }
        checkForExtras(manifest, stored)
    }

    private mutating func compare(
        _ answer: StoredCase.Measure??, with expected: (sha256: SHA256Digest, bytes: Int), _ subject: String, missing: String
    ) {
        guard let answer else { return }
        guard let found = answer else { return add(.missing, subject, missing) }
        if found.bytes != expected.bytes {
            add(.changed, subject, "it has \(found.bytes) bytes, the manifest says \(expected.bytes)")
        } else if found.sha256 != expected.sha256 {
            add(.changed, subject, "its SHA-256 is \(found.sha256), the manifest says \(expected.sha256)")
        }
    }

    /// The manifest must name every text and every PDF, each once.
    private mutating func checkNames(of manifest: Manifest) {
        let names = manifest.products.map(\.name)
        let texts = [
            Publisher.FileName.index, Publisher.FileName.catalogue, Publisher.FileName.facts, Publisher.FileName.pages, Publisher.FileName.digests,
            Publisher.FileName.report,
        ]
        for name in texts + manifest.volumes.map(\.pdf) where !names.contains(name) {
            add(.disagrees, Publisher.FileName.manifest, "it does not name the product \(name)")
        }
        for (name, count) in counted(names) where count > 1 {
            add(.disagrees, Publisher.FileName.manifest, "it names the product \(name) \(count) times")
        }
    }

    private mutating func checkForExtras(_ manifest: Manifest, _ stored: StoredCase) {
        let known = Set(manifest.products.map(\.name) + [Publisher.FileName.manifest, Publisher.FileName.signature, Publisher.FileName.timings])
        let names = ask("the case's folder") { () throws(DossierError) in try stored.fileNames() } ?? []
        for name in names.sorted() where !known.contains(name) {
            add(.extra, name, "the manifest does not name it")
        }
    }

    private func counted(_ names: [String]) -> [(String, Int)] {
        Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
    }
}
