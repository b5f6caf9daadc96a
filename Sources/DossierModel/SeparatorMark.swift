/// A code on a page that steers how the scans are cut, as it was read and as it was understood.
public struct SeparatorMark: Hashable, Sendable {
    public var order: SeparatorOrder
    /// Which kind of code said so.
    public var symbology: Barcode.Symbology
    /// As read.
    public var payload: String
    /// The page is a sheet laid between the papers; otherwise the code sticks on a page of the case, which stays.
    public var isSheet: Bool

    public init(order: SeparatorOrder, symbology: Barcode.Symbology, payload: String, isSheet: Bool) {
        self.order = order
        self.symbology = symbology
        self.payload = payload
        self.isSheet = isSheet
    }
}

/// What the codes of one page come to.
public enum SeparatorVerdict: Hashable, Sendable {
    /// An ordinary page.
    case no
    /// At most one order of each kind: case, volume, document.
    case yes([SeparatorMark])
    /// A person has to say; the reason as half a sentence, “…, but its code could not be read”.
    case ask(reason: String)

    public var marks: [SeparatorMark] { if case .yes(let marks) = self { marks } else { [] } }
    public var isSheet: Bool { marks.contains(where: \.isSheet) }
}
