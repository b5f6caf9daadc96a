internal import DossierModel

/// All findings of this stage: ids, words and remedies in one place.
enum CatalogueFinding {
    static func unknownTitle(image: Int) -> Finding {
        Finding(
            id: "document.title.unknown", severity: .warn,
            message: "Image \(image) begins a document whose title could not be read.",
            remedy: "Open the image, enter the title, or join the pages to the document before.")
    }

    static func doubtfulStart(image: Int, title: String, score: Double) -> Finding {
        let percent = Int((score * 100).rounded())
        return Finding(
            id: "document.start.ask", severity: .warn,
            message: "Image \(image) was taken for the beginning of “\(title)”, but only with \(percent) % certainty.",
            remedy: "Confirm the title, correct it, or join the pages to the document before.", subject: title)
    }

    static func otherTitleOnSheet(image: Int, sheet: String, page: String) -> Finding {
        Finding(
            id: "separator.title.ask", severity: .warn,
            message: "The separator sheet before image \(image) announces “\(sheet)”, but “\(page)” stands on the page; the page was believed.",
            remedy: "Look whether the sheets were mixed up; if the sheet is right, enter its title.", subject: "\(sheet) \(page)")
    }

    static func doubtfulContinuation(image: Int, chance: Double) -> Finding {
        Finding(
            id: "document.continuation.ask", severity: .warn,
            message: "Image \(image) was taken to go on with the document before, but with \(Int((chance * 100).rounded())) % it begins one of its own.",
            remedy: "Look whether a document begins here; if so, enter its title.")
    }

    static func edited(_ edit: CatalogueEdit) -> Finding {
        Finding(
            id: "document.edited", severity: .note,
            message: "The document that begins on image \(edit.image) was edited by \(edit.by), last on \(edit.at).",
            remedy: "Nothing to do.")
    }

    static func editedFolio(_ edit: CatalogueEdit) -> Finding {
        let words = edit.value.map { "The page number \($0) was given" } ?? "It was said that the page carries no number,"
        return Finding(
            id: "folio.edited", severity: .note, message: "\(words) by \(edit.by), \(edit.at)" + (edit.reason.map { ": \($0)" } ?? "."), remedy: "Nothing to do.")
    }

    static func lostEdit(_ edit: CatalogueEdit) -> Finding {
        Finding(
            id: "catalogue.edit.ask", severity: .warn,
            message: "\(edit.by) gave the document on image \(edit.image) of volume \(edit.volume) a \(edit.change.rawValue) on \(edit.at), but none begins there now.",
            remedy: "Look whether the scans changed; enter the edit again where it belongs.", subject: "\(edit.change.rawValue) \(edit.at) \(edit.volume)/\(edit.image)")
    }

    static func volumeOrder(volume: Int, kind: VolumeKind, after other: Int, _ otherKind: VolumeKind) -> Finding {
        Finding(
            id: "volume.order", severity: .warn,
            message: "Volume \(volume) (\(kind.chineseName)) comes after volume \(other) (\(otherKind.chineseName)); 诉讼文书卷 come first, then 证据卷, then 检察卷.",
            remedy: "Check the numbers of the volumes in the batch sheet.", subject: "\(volume) \(other)")
    }

    static func otherSuspects(_ given: [String], read: [String]) -> Finding {
        Finding(
            id: "case.parties.differ", severity: .warn,
            message: "No document names \(given.joined(separator: ", ")), whom the batch sheet calls suspects; the documents speak of \(read.joined(separator: ", ")).",
            remedy: "See whether the scans lie in the folder of another case; else correct the parties in batch.yaml.", subject: (given + ["≠"] + read).joined(separator: " "))
    }

    static func otherCause(_ cause: String, read: [String]) -> Finding {
        Finding(
            id: "case.cause.differs", severity: .warn,
            message: "The batch sheet gives “\(cause)” as 案由, but the documents speak of \(read.map { "“\($0)”" }.joined(separator: ", ")).",
            remedy: "See whether the scans lie in the folder of another case; else correct the cause in batch.yaml.", subject: ([cause, "≠"] + read).joined(separator: " "))
    }

    static func assumedKind(volume: Int, _ kind: VolumeKind) -> Finding {
        Finding(
            id: "volume.late.ask", severity: .warn,
            message: "Volume \(volume) came after the case was made and was taken for a \(kind.chineseName); neither batch sheet nor cover says what it is.",
            remedy: "If it is one, write its kind into the batch sheet; else write the kind it has.", subject: kind.rawValue)
    }

    static func internalDocument(volume: Int, image: Int, title: String) -> Finding {
        Finding(
            id: "volume.internal", severity: .warn,
            message: "“\(title)” on image \(image) belongs into the 检察内卷, but volume \(volume) is not one and would be shown to lawyers.",
            remedy: "Move the document to the 检察内卷 before the volume is opened to anybody.", subject: title)
    }

    static func boundLoose(volume: Int, image: Int, title: String) -> Finding {
        Finding(
            id: "volume.loose", severity: .note,
            message: "“\(title)” on image \(image) accompanies the volumes and is not bound into one; it stands in volume \(volume).",
            remedy: "Nothing to do where the office binds it; else deliver it as loose material.", subject: title)
    }

    static func misplaced(volume: Int, image: Int, title: String) -> Finding {
        Finding(
            id: "volume.front", severity: .warn,
            message: "“\(title)” on image \(image) does not stand in its place in volume \(volume).",
            remedy: "Check the order of the pages and whether two volumes were mixed.", subject: title)
    }

    static func missingDocument(
        _ rule: String, names: [String], because cause: String?, reason: String?, stage: CompletenessRules.Stage, isWarning: Bool
    ) -> Finding {
        let occasion = cause.map { "it holds “\($0)”" } ?? "its stage is \(stage.rawValue)"
        let law = reason.map { " (\($0))" } ?? ""
        return Finding(
            id: "case.incomplete", severity: isWarning ? .warn : .note,
            message: "The case lacks \(names.joined(separator: " or ")): \(occasion), rule “\(rule)”\(law).",
            remedy: "Look whether it stands under another title; else ask for it, or change the rule in completeness.yaml.", subject: rule)
    }

    /// One thing page and paper catalogue say differently.
    struct Difference {
        let what: String
        /// nil: it was not read there, and the list's is taken.
        let page: String?
        let paper: String
    }

    private static func words(_ differences: [Difference]) -> String {
        differences.map { difference in
            guard let page = difference.page else { return "\(difference.what) was not read on the page; “\(difference.paper)” is taken from paper" }
            return "\(difference.what) “\(page)” on the page, “\(difference.paper)” on paper"
        }.joined(separator: "; ")
    }

    private static func facts(_ differences: [Difference]) -> String {
        differences.map { "\($0.what) \($0.page ?? "") \($0.paper)" }.joined(separator: "; ")
    }

    static func paperDiffers(image: Int, _ differences: [Difference]) -> Finding {
        Finding(
            id: "catalogue.paper.ask", severity: .warn,
            message: "The document that begins on image \(image) and its row in the paper catalogue differ: \(words(differences)).",
            remedy: "Compare both and enter what is right.", subject: facts(differences))
    }

    static func paperAlike(image: Int, _ differences: [Difference]) -> Finding {
        Finding(
            id: "catalogue.paper.alike", severity: .note,
            message: "The document that begins on image \(image) and its row in the paper catalogue agree but for characters that look alike: \(words(differences)).",
            remedy: "Nothing to do; the page's reading stands in the catalogue.", subject: facts(differences))
    }

    static func unlisted(image: Int, title: String) -> Finding {
        Finding(
            id: "document.unlisted", severity: .note, message: "“\(title)”, which begins on image \(image), stands in no row of the volume’s paper catalogue.",
            remedy: "Compare with the paper catalogue; enter the document there where it belongs into this volume.", subject: title)
    }

    static func paperTaken(image: Int, _ differences: [Difference]) -> Finding {
        Finding(
            id: "catalogue.paper.taken", severity: .note,
            message: "For the document that begins on image \(image) the paper catalogue's reading was taken: \(words(differences)).",
            remedy: "Nothing to do unless the page says otherwise.", subject: facts(differences))
    }

    static func doubtfulField(image: Int, _ what: String) -> Finding {
        Finding(
            id: "document.field.ask", severity: .warn,
            message: "The document that begins on image \(image): \(what), and no paper catalogue helps.",
            remedy: "Look at the page and enter what stands there; nothing to do where it stands nowhere.", subject: what)
    }

    static func doubtfulPerson(image: Int, name: String, known: String, from source: String) -> Finding {
        Finding(
            id: "document.person.ask", severity: .warn,
            message: "The document that begins on image \(image) is called after “\(name)”, but \(source) “\(known)”; the characters look alike.",
            remedy: "Compare the name on the page; correct the title, or the party in batch.yaml.", subject: "\(name) \(known)")
    }

    static func rowWithoutDocument(_ row: PaperCatalogue.Row, image: Int, at page: Int?) -> Finding {
        let place = row.firstFolio.map { ", page \($0)" } ?? ""
        let where_ = page.map { "; image \($0) bears that number" } ?? ""
        return Finding(
            id: "catalogue.row.ask", severity: .warn,
            message: "The paper catalogue on image \(image) lists “\(row.shown)”\(place), but no document answers to it\(where_).",
            remedy: "Look whether the document is there under another title, or is missing.",
            subject: ([row.shown + place, row.number ?? ""] + (row.ordinal > 1 ? ["no. \(row.ordinal)"] : [])).filter { !$0.isEmpty }.joined(separator: " "))
    }

    static func pageOrder(image: Int) -> Finding {
        Finding(
            id: "document.page.order", severity: .warn,
            message: "The page number printed on image \(image) does not follow that of the page before.",
            remedy: "Check whether a page is missing, was fed out of order, or belongs to another document.")
    }

    static func inferredFolio(image: Int, folio: Int) -> Finding {
        Finding(
            id: "folio.inferred", severity: .note,
            message: "No page number was read on image \(image); \(folio) follows from its neighbours.",
            remedy: "Nothing to do unless the paper says otherwise.")
    }

    static func unreadFolio(_ folio: Int, image: Int) -> Finding {
        Finding(
            id: "folio.sequence", severity: .warn,
            message: "Page number \(folio) was read nowhere; image \(image) took it by its place, but hardly anything is written there.",
            remedy: "Look whether page \(folio) was left out in scanning; a blank back that carries no number is settled with “dossier review blank”.", subject: "unread \(folio)")
    }

    static func disagreeingFolio(image: Int, stamp: Int, folio: Int?) -> Finding {
        let given = folio.map { "page number \($0)" } ?? "no page number"
        return Finding(
            id: "folio.sequence", severity: .warn,
            message: "Image \(image) seems to be stamped \(stamp), but by its place it has \(given).",
            remedy: "Compare the number stamped on the paper; check for missing or displaced pages.", subject: "stamp \(stamp) \(given)")
    }

    /// - Parameter unread: images before it that bear some of the numbers; which, was not read.
    static func missingFolios(_ numbers: ClosedRange<Int>, image: Int, unread: [Int]) -> Finding {
        let range = "\(numbers.lowerBound)" + (numbers.count == 1 ? "" : " to \(numbers.upperBound)")
        let missing = numbers.count - unread.count
        let images = unread.map { "image \($0)" }.joined(separator: ", ")
        let message =
            unread.isEmpty
            ? "Page number\(numbers.count == 1 ? " \(range) is" : "s \(range) are") missing before image \(image)."
            : "Before image \(image) the page numbers \(range) have only \(unread.count == 1 ? "one page" : "\(unread.count) pages"), whose number was not read (\(images)): "
                + "\(missing == 1 ? "one number is" : "\(missing) numbers are") missing, or pages changed places."
        return Finding(
            id: "folio.sequence", severity: .warn, message: message,
            remedy: unread.isEmpty
                ? "Check whether pages were left out in scanning or skipped in stamping."
                : "Compare the numbers on the paper; check whether pages were left out in scanning or skipped in stamping.", subject: "missing \(range)")
    }

    static func repeatedFolio(image: Int, stamp: Int, other: Int) -> Finding {
        Finding(
            id: "folio.repeated", severity: .warn,
            message: "Image \(image) is stamped \(stamp), and so is image \(other).",
            remedy: "Look whether the sheet was scanned twice; if both are pages of their own, the number was stamped twice.", subject: "\(stamp)")
    }

    static func displacedFolio(image: Int, stamp: Int, folio: Int, other: Int) -> Finding {
        Finding(
            id: "folio.displaced", severity: .warn,
            message: "Image \(image) is stamped \(stamp) and lies in the place of \(folio); image \(other) lies in its place.",
            remedy: "The two sheets changed places: scan them again in order, or confirm the order on paper.", subject: "\(stamp) \(folio)")
    }

    /// - Parameter follows: there are earlier volumes, none of which ends right before it.
    static func missingStart(volume: Int, first: Int, follows: Bool) -> Finding {
        let missing = first == 2 ? "page 1 is not here" : "pages 1 to \(first - 1) are not here"
        return Finding(
            id: "folio.start", severity: .warn,
            message: "The page numbers of volume \(volume) begin with \(first), not with 1: \(missing)"
                + (follows ? ", and no earlier volume ends with \(first - 1)." : "."),
            remedy: "Check whether the first pages were left out in scanning; nothing to do where the numbers go on from a volume that is not in this case.",
            subject: "\(first)")
    }

    static func statedPages(volume: Int, stated: Int, last: Int) -> Finding {
        Finding(
            id: "folio.count", severity: .warn,
            message: "Cover or docket sheet of volume \(volume) say \(stated) pages, but \(last > 0 ? "the last page number is \(last)" : "no page has a number").",
            remedy: stated > last ? "Check whether the last pages were left out in scanning." : "Compare with the paper; correct the cover if the pages are right.", subject: "\(stated) \(last)")
    }

    static func missingOfRun(image: Int, numbers: ClosedRange<Int>, total: Int) -> Finding {
        let which = numbers.count == 1 ? "page \(numbers.lowerBound)" : "pages \(numbers.lowerBound) to \(numbers.upperBound)"
        return Finding(
            id: "document.page.missing", severity: .warn,
            message: "The document on image \(image) is numbered 1 to \(total) by itself, but \(which) were not found.",
            remedy: "Look whether the pages are there; scan them again if they are missing.", subject: "\(numbers) \(total)")
    }

    static func noFolio(image: Int) -> Finding {
        Finding(
            id: "folio.sequence", severity: .warn,
            message: "The stamped numbers leave none for image \(image).",
            remedy: "Enter the page number by hand, or confirm that the page carries none.", subject: "none")
    }

    static func countedFolios(volume: Int) -> Finding {
        Finding(
            id: "folio.counted", severity: .note,
            message: "Too few page numbers could be read in volume \(volume); its pages were counted from 1.",
            remedy: "Compare a few pages with the numbers stamped on the paper.")
    }

    static func contradictoryFolios(volume: Int) -> Finding {
        Finding(
            id: "folio.sequence", severity: .warn,
            message: "The numbers read at the page corners of volume \(volume) form no sequence; its pages were counted from 1.",
            remedy: "Check the order of the pages and whether two volumes were mixed.")
    }

    static func reversedFolios(volume: Int) -> Finding {
        Finding(
            id: "folio.sequence", severity: .warn,
            message: "The stamped page numbers of volume \(volume) run backwards.",
            remedy: "The volume was probably fed from its end: scan it again in order, or confirm the order.")
    }
}
