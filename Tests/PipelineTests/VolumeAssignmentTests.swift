import DossierModel
import Testing

@testable import Pipeline

@Suite struct PathPatternTests {
    @Test(arguments: [
        ("*.tif", "1.tif", true), ("*.tif", "a/1.tif", false), ("**/*.tif", "a/b/1.tif", true), ("**/*.tif", "1.tif", true),
        ("00?.tif", "001.tif", true), ("00?.tif", "0011.tif", false), ("证据卷", "证据卷/1.tif", true), ("证据卷", "证据卷2/1.tif", false),
        ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbY", false), ("./x/*", "x/1", true), ("**", "any/thing", true),
    ])
    func matchesAsPeopleExpect(pattern: String, path: String, expected: Bool) {
        #expect(PathPattern(pattern).matches(path) == expected)
    }
}

@Suite struct VolumeAssignmentTests {
    @Test func withoutASheetEachFolderIsAVolume() {
        var assignment = VolumeAssignment()
        let slots = assignment.slots(for: ["一/1.tif", "一/2.tif", "二/1.tif"], sheet: BatchSheet(caseNumber: "甲"))
        #expect(slots.map(\.number) == [1, 1, 2])
    }

    @Test func aLaterBatchNeverReusesANumber() {
        var assignment = VolumeAssignment()
        _ = assignment.slots(for: ["a/1.tif", "b/1.tif"], sheet: BatchSheet(caseNumber: "甲"))
        let later = assignment.slots(for: ["1.tif"], sheet: BatchSheet(caseNumber: "甲"))
        #expect(later.map(\.number) == [3])
    }

    @Test func aFileNoPatternNamesIsLooseMaterialAndSaidSo() {
        var assignment = VolumeAssignment()
        let sheet = BatchSheet(
            caseNumber: "甲", volumes: [.init(number: 1, kind: .proceedings, files: ["p*.tif"]), .init(number: 2, kind: .evidence, files: ["e*.tif"])])
        let slots = assignment.slots(for: ["p1.tif", "x.tif", "e1.tif"], sheet: sheet)
        #expect(slots == [.init(number: 1, kind: .proceedings), .init(number: 3, kind: .loose), .init(number: 2, kind: .evidence)])
        #expect(assignment.findings.map(\.id) == ["volume.unassigned"])
    }

    /// 检察内卷 that comes by a number that is taken does not join a volume which is handed out, nor the other way round.
    @Test func aVolumeOfAnotherKindNeverJoinsOne() {
        for (first, later) in [(VolumeKind.evidence, VolumeKind.internal), (.internal, .evidence), (.proceedings, .evidence)] {
            var assignment = VolumeAssignment()
            let sheet = { (kind: VolumeKind) in BatchSheet(caseNumber: "甲", volumes: [.init(number: 1, kind: kind, files: ["*.tif"])]) }
            _ = assignment.slots(for: ["1.tif"], sheet: sheet(first))
            #expect(assignment.slots(for: ["2.tif"], sheet: sheet(later)).map(\.number) == [2])
            #expect(assignment.findings.map(\.id) == ["volume.kind.differs"])
            #expect(assignment.slots(for: ["3.tif"], sheet: sheet(first)).map(\.number) == [1], "more of the same kind joins it")
        }
        var assignment = VolumeAssignment()
        _ = assignment.slots(for: ["a/1.tif"], sheet: BatchSheet(caseNumber: "甲"))
        let later = assignment.slots(for: ["2.tif"], sheet: BatchSheet(caseNumber: "甲", volumes: [.init(number: 1, kind: .internal, files: ["*.tif"])]))
        #expect(later.map(\.number) == [2], "a volume without a stated kind is none to keep in the house")
    }

    @Test func aSupplementaryVolumeOfALaterSheetNeverTakesAnEarlierNumber() {
        var assignment = VolumeAssignment()
        _ = assignment.slots(for: ["a/1.tif", "b/1.tif"], sheet: BatchSheet(caseNumber: "甲"))
        let sheet = BatchSheet(caseNumber: "甲", volumes: [.init(number: 1, kind: .supplementary, files: ["*.tif"]), .init(number: 4, kind: .evidence, files: ["e/*"])])
        let later = assignment.slots(for: ["1.tif", "e/1.tif"], sheet: sheet)
        #expect(later == [.init(number: 5, kind: .supplementary, isLate: true), .init(number: 4, kind: .evidence, isLate: true)])
        #expect(assignment.findings.map(\.id) == ["volume.renumbered"])
    }
}
