public import DossierModel

extension CaseWriter {
    static let committedSeed: UInt64 = 20_240_302
    /// Chosen so that every file format occurs.
    private static let filingStream: UInt64 = 6

    /// The case in the repository's `samples/`: every trouble once, in about forty images.
    ///
    /// #### Errors
    /// As `write`.
    @discardableResult
    public func writeCommitted(progress: (Int, Int) -> Void = { _, _ in }) throws(DossierError) -> CaseTruth {
        var random = SplitMix64(seed: Self.committedSeed).stream(4)
        var plan = CasePlan(
            seed: Self.committedSeed,
            proceedings: ["受案登记表", "立案决定书", "拘留证", "权利义务告知书", "批准逮捕决定书", "逮捕证", "扣押清单", "送达回证", "起诉意见书"],
            evidence: ["到案经过", "户籍证明", "第一次讯问笔录", "询问笔录", "询问笔录", "现场勘验笔录", "辨认笔录", "账户交易明细", "价格认定结论书", "鉴定意见书"])
        var feeder = SheetFeeder(difficulty: .mixed, random: random.stream(5), duplex: 0.25)
        for index in plan.volumes.indices {
            plan.volumes[index].images = feeder.images(of: plan.volumes[index])
            insertSeparators(&plan.volumes[index], feeder: &feeder)
            Self.curate(&plan.volumes[index])
        }
        var filing = random.stream(Self.filingStream)
        let files = plan.volumes.flatMap { FilePlan.files($0.images, volume: $0.number, random: &filing) }
        return try write(plan, files, seed: Self.committedSeed, writesTruth: true, sealInk: .red, random: &random, progress: progress)
    }

    /// One page lies on its side, one on its head, two are askew by hand; no others are turned.
    private static func curate(_ volume: inout PlannedVolume) {
        let turns: [String: (QuarterTurn, Double)] = [
            "送达回证": (.clockwise90, 0.7), "辨认笔录": (.half, -0.4), "立案决定书": (.none, 2.6), "现场勘验笔录": (.none, -1.8),
        ]
        var seen: Set<Int> = []
        for at in volume.images.indices {
            volume.images[at].condition.rotation = .none
            if volume.images[at].condition.mode == .colour { volume.images[at].condition.dpi = 200 }
            guard let document = volume.images[at].document, seen.insert(document).inserted else { continue }
            let title = volume.documents[document - 1].title
            guard let turn = turns.first(where: { title.hasSuffix($0.key) })?.value else { continue }
            (volume.images[at].condition.rotation, volume.images[at].condition.skew) = turn
        }
    }
}
