public import DossierModel
import Hashing
internal import PDFObjects

/// Looks at what a written volume holds, to compare it with what it should hold.
public enum VolumeInspector {
    /// For each page the digests of its image streams as they stand in the file, top to bottom.
    ///
    /// #### Errors
    /// `damaged` when the PDF cannot be parsed, `fileSystem` when it cannot be read.
    public static func imageDigests(_ path: String) throws(DossierError) -> [[SHA256Digest]] {
        let streams = try PDFImageStreams(path: path)
        var pages: [[SHA256Digest]] = []
        for page in 0..<streams.pageCount {
            var digests: [SHA256Digest] = []
            for index in 0..<(try streams.imageCount(page: page)) {
                digests.append(SHA256Digest(of: try streams.image(page: page, index: index)))
            }
            pages.append(digests)
        }
        return pages
    }
}
