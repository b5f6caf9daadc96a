import DossierModel

/// Puts every scanner file of a case into a volume.
///
/// The batch sheet's patterns decide, the first that fits; without them each top folder of the batch is a volume and
/// files beside the folders are one more. Numbers of earlier batches are never given again unless a sheet names them.
struct VolumeAssignment {
    struct Slot: Hashable {
        var number: Int
        var kind: VolumeKind?
    }

    private(set) var findings: [Finding] = []
    private var highest = 0

    /// One slot per file name, in the same order.
    mutating func slots(for names: [String], sheet: BatchSheet) -> [Slot] {
        let slots = sheet.volumes.isEmpty ? byFolder(names) : bySheet(names, sheet.volumes)
        highest = max(highest, slots.map(\.number).max() ?? 0)
        return slots
    }

    private mutating func bySheet(_ names: [String], _ volumes: [BatchSheet.Volume]) -> [Slot] {
        let patterns = volumes.map { ($0, $0.files.map(PathPattern.init)) }
        let loose = max(highest, volumes.map(\.number).max() ?? 0) + 1
        var unassigned: [String] = []
        let slots = names.map { name in
            if let (volume, _) = patterns.first(where: { $0.1.contains { $0.matches(name) } }) {
                return Slot(number: volume.number, kind: volume.kind)
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
            return Slot(number: number, kind: nil)
        }
    }
}

extension Finding {
    fileprivate static func unassigned(_ names: [String], volume: Int) -> Finding {
        let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " …" : "")
        return Finding(
            id: "volume.unassigned", severity: .warn,
            message: "no volume of the batch sheet names \(names.count) file(s) (\(shown)); they are in volume \(volume) as loose material",
            remedy: "add a pattern for them to “volumes” in batch.yaml and run again")
    }
}
