import DossierModel
import Foundation
import Publishing

/// Seconds per stage, for `timings.html`. Nothing that is compared or verified depends on it.
final class Stopwatch {
    private let start = DispatchTime.now().uptimeNanoseconds
    private var last = DispatchTime.now().uptimeNanoseconds
    private(set) var laps: [(stage: RunStage, seconds: Double)] = []

    /// Images read in this run, and images in all.
    var read = (now: 0, all: 0)

    func lap(_ stage: RunStage) {
        let now = DispatchTime.now().uptimeNanoseconds
        laps.append((stage, Double(now - last) / 1e9))
        last = now
    }

    func timings(for file: CaseFile) -> RunTimings {
        RunTimings(
            finished: Date().formatted(.iso8601),
            stages: laps.map { lap in
                RunTimings.Stage(
                    name: lap.stage.rawValue, images: read.all, reused: lap.stage == .pages ? read.all - read.now : 0,
                    seconds: lap.seconds)
            }, total: total)
    }

    var total: Double { Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9 }
}
