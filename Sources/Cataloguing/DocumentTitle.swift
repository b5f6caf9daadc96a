public import DossierModel

/// What is known of one kind of document.
public struct DocumentTitle: Hashable, Sendable, Codable {
    public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
        case ordinary
        /// A statement: one sitting is one document, told apart by person and ordinal.
        case statement
        case cover
        case catalogue
        case docketSheet
        case backCover

        /// Cover, catalogue, docket sheet and back cover carry no page number.
        var carriesFolio: Bool { self == .ordinary || self == .statement }
    }

    /// The legal kinds of evidence (刑事诉讼法 2018, article 50).
    public enum LegalKind: String, Hashable, Sendable, Codable, CaseIterable {
        case physical = "物证"
        case documentary = "书证"
        case testimony = "证人证言"
        case victimStatement = "被害人陈述"
        case suspectStatement = "犯罪嫌疑人、被告人供述和辩解"
        case expertOpinion = "鉴定意见"
        case inspectionRecord = "勘验、检查、辨认、侦查实验等笔录"
        case audiovisual = "视听资料、电子数据"
    }

    /// Who issues such documents.
    public enum Issuer: String, Hashable, Sendable, Codable, CaseIterable {
        case police = "公安机关"
        case procuratorate = "检察机关"
        case court = "人民法院"
        case lawyer = "律师"
        case party = "当事人"
        case expert = "鉴定机构"
        case other = "有关单位"
    }

    /// Stable: section letter and number, `A009`.
    public let code: String
    /// The volume this document is bound into.
    public let volume: VolumeKind
    /// Default place within the volume.
    public let rank: Int
    public let role: Role
    /// What it is evidence of; nil for what is no evidence.
    public let legalKind: LegalKind?
    public let issuer: Issuer
    /// Names that are kept as the title when met: the current one first, then variants and old ones.
    public let names: [String]
    /// Headings that mean this document but are shown as `names[0]`.
    public let headings: [String]

    var spellings: [String] { names + headings }

    /// A record of what one person pointed out: named after that person like a statement.
    var isIdentification: Bool { names[0] == "辨认笔录" }

    /// 张三第二次讯问笔录: such titles begin with a person, who is the author.
    var isCalledAfterPerson: Bool { role == .statement || isIdentification }

    /// A record of something that took place at a stated time: dated by its start, not by its foot.
    func isRecord(as name: String) -> Bool { role == .statement || name.hasSuffix("笔录") }
}
