public import DossierModel
public import Foundation

/// Where a 文号 counts from 1: one organ, one kind of document, one year.
public struct NumberSeries: Hashable, Sendable, Codable {
    /// 院代字
    public var organ: String
    /// 文书代字
    public var type: String
    public var year: Int

    public init(organ: String, type: String, year: Int) {
        self.organ = organ
        self.type = type
        self.year = year
    }
}

/// What a number is asked for.
public struct NumberOrder: Sendable {
    public var series: NumberSeries
    /// The 文号 as printed, for a sequence number of the series.
    public var numberText: @Sendable (Int) -> String
    /// Name of the template.
    public var template: String
    public var templateDigest: SHA256Digest
    /// 案件编号
    public var caseNumber: String?
    /// Of the values that go into the document, in a form that depends on the values alone.
    public var valuesDigest: SHA256Digest
    /// Date of the document, ISO 8601.
    public var date: String
    /// Names of the counterparts (联).
    public var counterparts: [String]

    public init(
        series: NumberSeries, numberText: @escaping @Sendable (Int) -> String, template: String, templateDigest: SHA256Digest,
        caseNumber: String?, valuesDigest: SHA256Digest, date: String, counterparts: [String]
    ) {
        self.series = series
        self.numberText = numberText
        self.template = template
        self.templateDigest = templateDigest
        self.caseNumber = caseNumber
        self.valuesDigest = valuesDigest
        self.date = date
        self.counterparts = counterparts
    }
}

/// A finished document: final bytes.
public struct FinishedDocument: Sendable {
    public var bytes: [UInt8]
    public var pages: Int

    public init(bytes: [UInt8], pages: Int) {
        self.bytes = bytes
        self.pages = pages
    }
}

/// One row of the register: a number that was taken, and what became of it.
public struct RegisteredDocument: Hashable, Sendable, Codable {
    /// The PDF in the store.
    public struct File: Hashable, Sendable, Codable {
        public var digest: SHA256Digest
        public var byteCount: Int
        public var pages: Int
    }

    public var series: NumberSeries
    public var sequence: Int
    /// 文号 as printed.
    public var number: String
    /// nil when the number is void.
    public var file: File?
    /// Why the number is void; nil for an issued document.
    public var reason: String?
    public var template: String
    public var templateDigest: SHA256Digest
    public var caseNumber: String?
    public var valuesDigest: SHA256Digest
    /// Date of the document, ISO 8601.
    public var date: String
    public var counterparts: [String]
    /// Who took the number.
    public var who: String
    /// When the number was taken.
    public var time: Date

    public var isVoid: Bool { reason != nil }
}
