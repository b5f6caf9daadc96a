import Testing

@testable import Pipeline

@Suite struct WorkerCountTests {
    @Test func thereIsAWorkerForEachCoreUnlessMemoryIsShort() {
        #expect(WorkerCount.count(wanted: 0, cores: 8, memory: 64_000_000_000) == 8)
        #expect(WorkerCount.count(wanted: 0, cores: 8, memory: 4_200_000_000) == 3)
        #expect(WorkerCount.count(wanted: 0, cores: 8, memory: 300_000_000) == 1, "one at least")
        #expect(WorkerCount.count(wanted: 0, cores: 8, memory: nil) == 8)
    }

    @Test func aPersonsWordHolds() {
        #expect(WorkerCount.count(wanted: 12, cores: 2, memory: 1_000_000_000) == 12)
    }

    @Test func thisMachineSaysWhatIsFree() throws {
        #expect(try #require(WorkerCount.freeMemory) > 0)
    }
}
