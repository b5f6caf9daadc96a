public import Archive
public import DossierModel
import Dispatch
import Foundation
import Hashing
public import LegalDocuments
import Synchronization

/// An issued document, or a number that became void.
public struct IssuedDocument: Sendable {
    /// The row of the register.
    public var row: RegisteredDocument
    /// Empty when the number is void.
    public var bytes: [UInt8]
}

/// The one place where register, templates, typesetting and PDF/A come together.
///
/// ## Topics
/// - ``prepare(_:given:facts:date:)``
/// - ``issue(_:)``
/// - ``draft(_:)``
public struct DocumentIssuer: Sendable {
    private let workspace: Workspace
    private let who: String
    private let producer: String
    /// For tests: makes the document after it was typeset fail.
    var fault: (@Sendable (PreparedDocument, String) -> DossierError?)?

    /// Documents issued in one transaction. More would keep others waiting.
    private static let groupSize = 50

    /// - Parameters:
    ///   - workspace: Opened as `.registrar`; for drafts, reading is enough.
    ///   - who: Name of the person who issues.
    ///   - producer: Name and version of the program, for the PDF.
    public init(workspace: Workspace, who: String, producer: String) {
        self.workspace = workspace
        self.who = who
        self.producer = producer
    }

    /// The templates there are in the workspace and in Dossier.
    public var templates: TemplateLibrary { TemplateLibrary(folder: workspace.templateFolder) }

    /// A document with all its values, checked.
    ///
    /// #### Errors
    /// `unusableInput`, naming every problem.
    public func prepare(
        _ template: DocumentTemplate, given: [(String, GivenValue)], facts: CaseFacts?, date: CalendarDay?
    ) throws(DossierError) -> PreparedDocument {
        try PreparedDocument(template, given: given, facts: facts, date: date, organ: DocumentTemplate.Organ(of: workspace))
    }

    /// The document without a number, marked 草稿. Nothing is recorded.
    ///
    /// #### Errors
    /// As `issue`.
    public func draft(_ document: PreparedDocument) throws(DossierError) -> [UInt8] {
        try Press(producer: producer).print(document, number: document.template.openNumber(document.values), isDraft: true).bytes
    }

    /// Numbers, typesets and records the documents, in their order.
    ///
    /// Each is durably in store and register when the call returns. What can be known to fail is found out before a
    /// number is taken; a document that fails nevertheless leaves its number void.
    ///
    /// #### Errors
    /// `limitExceeded` where something does not fit, `missingComponent` for a character no font has: then no number was
    /// taken. `busy`, `fileSystem`: the documents before the group of 50 in which it happened are issued.
    public func issue(_ documents: [PreparedDocument]) throws(DossierError) -> [IssuedDocument] {
        guard !documents.isEmpty else { return [] }
        let presses = try Presses(count: min(documents.count, ProcessInfo.processInfo.activeProcessorCount), producer: producer)
        let checks = presses.map(documents.indices) { (press, index) throws(DossierError) in try press.check(documents[index]) }
        for check in checks { try check.get() }
        var issued: [IssuedDocument] = []
        for start in stride(from: 0, to: documents.count, by: Self.groupSize) {
            let group = Array(documents[start..<min(documents.count, start + Self.groupSize)])
            do throws(DossierError) { issued += try issueGroup(group, presses) } catch {
                throw Self.brokenOff(error, after: issued.map(\.row), of: documents.count)
            }
        }
        return issued
    }

    /// Names what is issued already, so that running the rest again does not issue it twice.
    private static func brokenOff(_ error: DossierError, after rows: [RegisteredDocument], of count: Int) -> DossierError {
        guard let first = rows.first, let last = rows.last else { return error }
        return DossierError(
            error.code,
            "\(rows.count) of \(count) documents are issued and in the store (\(first.number) … \(last.number)); "
                + "take their entries out of the list before running it again: \(error.message)",
            cause: error.cause, location: error.location)
    }

    private func issueGroup(_ documents: [PreparedDocument], _ presses: Presses) throws(DossierError) -> [IssuedDocument] {
        let orders = documents.map(order)
        var made: [[UInt8]] = []
        let rows = try workspace.issue(orders, by: who) { sequences in
            let results = presses.map(documents.indices) { (press, index) throws(DossierError) in
                let number = orders[index].numberText(sequences[index])
                if let fault = fault?(documents[index], number) { throw fault }
                return try press.print(documents[index], number: number, isDraft: false)
            }
            made = results.map { (try? $0.get().bytes) ?? [] }
            return results
        }
        return zip(rows, made).map { IssuedDocument(row: $0, bytes: $1) }
    }

    private func order(_ document: PreparedDocument) -> NumberOrder {
        let (template, values) = (document.template, document.values)
        return NumberOrder(
            series: NumberSeries(organ: values.organCode, type: template.header.code, year: values.date.year),
            numberText: { template.number(values, sequence: $0) }, template: template.name, templateDigest: document.templateDigest,
            caseNumber: values.caseNumber, valuesDigest: document.valuesDigest, date: values.date.description,
            counterparts: document.counterparts)
    }
}

/// Several presses, one to a core.
struct Presses: Sendable {
    private let presses: [Press]

    init(count: Int, producer: String) throws(DossierError) {
        var presses: [Press] = []
        for _ in 0..<count { presses.append(try Press(producer: producer)) }
        self.presses = presses
    }

    /// The results in the order of `indices`, whichever press made them.
    func map<Value: Sendable>(
        _ indices: Range<Int>, _ work: @Sendable (Press, Int) throws(DossierError) -> Value
    ) -> [Result<Value, DossierError>] {
        let results = Mutex<[Int: Result<Value, DossierError>]>([:])
        let next = Mutex(indices.lowerBound)
        DispatchQueue.concurrentPerform(iterations: min(presses.count, indices.count)) { number in
            while true {
                let index = next.withLock { value in defer { value += 1 }; return value }
                guard index < indices.upperBound else { return }
                let result = Result { () throws(DossierError) in try work(presses[number], index) }
                results.withLock { $0[index] = result }
            }
        }
        return results.withLock { all in indices.map { all[$0]! } }
    }
}

extension DocumentTemplate.Organ {
    /// Of the house, as the settings of its workspace name it.
    public init(of workspace: Workspace) {
        let house = workspace.settings.documents
        self.init(name: house.organName.isEmpty ? nil : house.organName, code: house.organCode.isEmpty ? nil : house.organCode)
    }
}
