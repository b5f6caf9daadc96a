import DossierModel
import Foundation

/// The peer: OCRmyPDF with Tesseract over the same scans, in one call for the whole case.
///
/// It takes PDF or single images, so the scans are wrapped first, outside the measured time, by img2pdf, which it uses
/// itself for images; no pixel is lost. `--rotate-pages-threshold 6`, because Tesseract's confidence for Chinese pages
/// is 6 to 9 and the default of 14 would turn none.
struct OCRmyPDF {
    let jobs: Int

    struct Result { var column: ResultTable.Column }

    func measure(_ trial: Trial) throws -> Result {
        let wrapped = trial.folder + "/wrapped.pdf", output = trial.folder + "/peer.pdf"
        try wrap(trial, as: wrapped)
        let outcome = try MeasuredProcess(
            try tool("ocrmypdf"),
            ["-l", "chi_sim", "-r", "--rotate-pages-threshold", "6", "-d", "--jobs", "\(jobs)", "--quiet", wrapped, output],
            environment: ["OMP_THREAD_LIMIT": "1"]
        ).run().require(atMost: 0, of: "ocrmypdf")
        var column = ResultTable.Column(name: "OCRmyPDF 17.13.0")
        column.addRun(trial, outcome, bytesOut: Files.size(output))
        column.addText(try bestText(of: output, trial))
        return Result(column: column)
    }

    private func wrap(_ trial: Trial, as path: String) throws {
        let folder = trial.folder + "/wrapped"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let parts = try trial.files.enumerated().map { number, file in
            if file.hasSuffix(".pdf") { return file }
            let part = "\(folder)/\(number).pdf"
            try MeasuredProcess(try tool("img2pdf"), [file, "-o", part]).run().require(atMost: 0, of: "img2pdf")
            return part
        }
        try MeasuredProcess("/usr/bin/qpdf", ["--empty", "--pages"] + parts + ["--", path]).run().require(atMost: 0, of: "qpdf")
    }

    /// In the order of the text layer or by place on the page, whichever has fewer errors.
    private func bestText(of path: String, _ trial: Trial) throws -> TextScore {
        let scores = try [["-raw"], []].map { TextScore(trial.truth, found: try pages(of: path, order: $0, count: trial.truth.images.count)) }
        return scores.min { $0.spaceless.errors < $1.spaceless.errors }!
    }

    private func pages(of path: String, order: [String], count: Int) throws -> [String] {
        let text = path + ".txt"
        try MeasuredProcess("/usr/bin/pdftotext", order + ["-enc", "UTF-8", path, text]).run().require(atMost: 0, of: "pdftotext")
        let pages = try String(contentsOfFile: text, encoding: .utf8).components(separatedBy: "\u{0C}").dropLast()
        guard pages.count == count else {
            throw DossierError(.integrity, "\(count) images went in, OCRmyPDF gave \(pages.count) pages")
        }
        return Array(pages)
    }

    private func tool(_ name: String) throws -> String {
        let path = Machine.checkout + "/.vendor/ocrmypdf/bin/" + name
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw DossierError(.missingComponent, "\(name) is not installed; run scripts/setup-bench.sh, or leave the peer out with --no-peer")
        }
        return path
    }
}
