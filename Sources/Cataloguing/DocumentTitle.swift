internal import DossierModel

/// What is known of one kind of document.
struct DocumentTitle: Hashable {
    enum Role: Hashable {
        case ordinary
        /// A statement: one sitting is one document, told apart by person and ordinal.
        case statement
        case cover
        case catalogue
        case docketSheet
        case backCover

        /// Cover, catalogue, docket sheet and back cover carry no page number (DOMAIN.md §3.3).
        var carriesFolio: Bool { self == .ordinary || self == .statement }
    }

    /// Stable: section letter and number, `A009`.
    let code: String
    /// The volume this document is bound into.
    let kind: VolumeKind
    /// Default place within the volume.
    let rank: Int
    let role: Role
    /// Names that are kept as the title when met: the current one first, then variants and old ones.
    let names: [String]
    /// Headings that mean this document but are shown as `names[0]`.
    let aliases: [String]

    /// A record of what one person pointed out: named after that person like a statement.
    var isIdentification: Bool { names[0] == "辨认笔录" }

    /// A record of something that took place at a stated time: dated by its start, not by its foot.
    func isRecord(as name: String) -> Bool { role == .statement || name.hasSuffix("笔录") }
}
