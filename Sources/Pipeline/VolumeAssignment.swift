import DossierModel

/// Puts every scanner file of a case into a volume.
///
/// The batch sheet's patterns decide, the first that fits; without them each top folder of the batch is a volume and
/// files beside the folders are one more. Numbers of earlier batches are never given again unless a sheet names them.
///
/// Late material (退查, what the police send on) becomes volumes of its own, so that no citation by volume and page number
/// changes: without a sheet or cover that says otherwise a supplementary volume, and a volume a sheet calls supplementary
/// never takes the number of an earlier one. Neither does one that a sheet gives another kind than an earlier one gave it: what
/// belongs into the 检察内卷 must not come into a volume that is handed out.
struct VolumeAssignment {
    struct Slot: Hashable {
        var number: Int
        var kind: VolumeKind?
        /// Of a batch that came after another.
        var isLate = false
    }

    private(set) var findings: [Finding] = []
    private var highest = 0
    /// What sheets of earlier batches said.
    private var kinds: [Int: VolumeKind] = [:]
    private var isFirst = true

    /// One slot per file name, in the same order.
    mutating func slots(for names: [String], sheet: BatchSheet) -> [Slot] {
        defer { isFirst = false }
        let slots = sheet.volumes.isEmpty ? byFolder(names) : bySheet(names, withFreeNumbers(sheet.volumes))
        for slot in slots { if let kind = slot.kind { kinds[slot.number] = kinds[slot.number] ?? kind } }
        highest = max(highest, slots.map(\.number).max() ?? 0)
        return slots
    }

    /// The sheet's volumes; one that may not join the volume an earlier batch has by its number gets the next free one.
    private mutating func withFreeNumbers(_ volumes: [BatchSheet.Volume]) -> [BatchSheet.Volume] {
        guard !isFirst else { return volumes }
        var next = max(highest, volumes.map(\.number).max() ?? 0)
        return volumes.map { volume in
            guard volume.number <= highest, !mayJoin(volume) else { return volume }
            next += 1
            findings.append(volume.kind == .supplementary ? .renumbered(volume.number, to: next) : .otherKind(volume.number, volume.kind, to: next))
            return BatchSheet.Volume(number: next, kind: volume.kind, files: volume.files, pages: volume.pages)
        }
    }

    private func mayJoin(_ volume: BatchSheet.Volume) -> Bool {
        guard let known = kinds[volume.number] else { return ![.supplementary, .internal].contains(volume.kind) }
        return known == volume.kind && known != .supplementary
    }

    private mutating func bySheet(_ names: [String], _ volumes: [BatchSheet.Volume]) -> [Slot] {
        let patterns = volumes.map { ($0, $0.files.map(PathPattern.init)) }
        let loose = max(highest, volumes.map(\.number).max() ?? 0) + 1
        var unassigned: [String] = []
        let slots = names.map { name in
            if let (volume, _) = patterns.first(where: { $0.1.contains { $0.matches(name) } }) {
                return Slot(number: volume.number, kind: volume.kind, isLate: !isFirst && volume.number > highest)
            }
            unassigned.append(name)
            return Slot(number: loose, kind: .loose)
        }
        if !unassigned.isEmpty { findings.append(.unassigned(unassigned, volume: loose)) }
        return slots
    }

    private func byFolder(_ names: [String]) -> [Slot] {
        var numbers: [String: Int] = [:]
        return names.map { name in
            let parts = name.split(separator: "/")
            let folder = parts.count > 1 ? String(parts[0]) : ""
            let number = numbers[folder] ?? highest + numbers.count + 1
            numbers[folder] = number
            return Slot(number: number, kind: nil, isLate: !isFirst)
        }
    }
}

extension Finding {
    fileprivate static func renumbered(_ number: Int, to free: Int) -> Finding {
        Finding(
            id: "volume.renumbered", severity: .note,
            message: "the batch sheet calls a supplementary volume \(number), but an earlier delivery has that number; it is volume \(free)",
            remedy: "nothing to do; write \(free) in batch.yaml to have both agree")
    }

    fileprivate static func otherKind(_ number: Int, _ kind: VolumeKind?, to free: Int) -> Finding {
        Finding(
            id: "volume.kind.differs", severity: .warn,
            message: "the batch sheet calls volume \(number) \(kind?.chineseName ?? "of no kind"), but an earlier delivery has another volume by that number; it is volume \(free)",
            remedy: "write \(free) in batch.yaml, or the kind of the earlier volume where the scans belong to it")
    }

    fileprivate static func unassigned(_ names: [String], volume: Int) -> Finding {
        let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " …" : "")
        return Finding(
            id: "volume.unassigned", severity: .warn,
            message: "no volume of the batch sheet names \(names.count) file(s) (\(shown)); they are in volume \(volume) as loose material",
            remedy: "add a pattern for them to “volumes” in batch.yaml and run again")
    }
}
