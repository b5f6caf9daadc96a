import DossierModel
import Foundation

/// One scanner file being written, image by image.
struct ScanFile: ~Copyable {
    private let path: String
    private let format: FilePlan.Format
    private var count = 0

    init(path: String, format: FilePlan.Format) throws(DossierError) {
        self.path = path
        self.format = format
    }

    mutating func append(_ scan: Scan, isCleaned: Bool, random: inout SplitMix64) throws(DossierError) {
        count += 1
        try FileOutput.write(Array(scan.raster.netpbmHeader.utf8) + scan.raster.bytes, to: path + "-\(count).pnm")
    }

    consuming func finish() throws(DossierError) {}
}
