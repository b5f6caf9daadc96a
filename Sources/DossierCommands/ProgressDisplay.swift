import DossierModel
import Foundation
import Pipeline

/// Shows a run on standard error: one live line per stage on a terminal, plain lines elsewhere.
final class ProgressDisplay {
    private let isLive: Bool
    private let names: [RunStage: String] = [
        .intake: "收件 intake", .survey: "查看 survey", .pages: "识别 pages", .catalogue: "编目 catalogue",
        .assemble: "装订 assemble", .publish: "发布 publish",
    ]
    private var began = Date()
    private var base: Int?
    private var lastShown = Date.distantPast
    private var lastTenth = -1

    init(isLive: Bool = isatty(STDERR_FILENO) == 1) {
        self.isLive = isLive
    }

    func show(_ event: RunEvent) {
        switch event {
        case .started: (began, base, lastTenth) = (Date(), nil, -1)
        case .advanced(let stage, let done, let total): advance(stage, done: done, total: total)
        case .finished(let stage, let total): finish(stage, total: total)
        case .notice(let text): FileHandle.standardError.writeQuietly((isLive ? "\r\u{1B}[K" : "") + text + "\n")
        }
    }

    private func advance(_ stage: RunStage, done: Int, total: Int) {
        // What was known before the stage began says nothing about its speed.
        let base = base ?? done
        self.base = base
        if isLive {
            guard Date().timeIntervalSince(lastShown) > 0.1 else { return }
            lastShown = Date()
            FileHandle.standardError.writeQuietly("\r\u{1B}[K" + line(stage, done: done, total: total, base: base))
        } else if total > 0, done * 10 / total > lastTenth, done < total, done > base {
            lastTenth = done * 10 / total
            FileHandle.standardError.writeQuietly(line(stage, done: done, total: total, base: base) + "\n")
        }
    }

    private func finish(_ stage: RunStage, total: Int) {
        let seconds = Date().timeIntervalSince(began)
        let text = "\(names[stage]!)  \(total)/\(total)  \(Self.number(seconds)) s"
        FileHandle.standardError.writeQuietly((isLive ? "\r\u{1B}[K" : "") + text + "\n")
    }

    private func line(_ stage: RunStage, done: Int, total: Int, base: Int) -> String {
        var text = "\(names[stage]!)  \(done)/\(total)"
        let seconds = Date().timeIntervalSince(began)
        guard done > base, seconds > 0.5 else { return text }
        let rate = Double(done - base) / seconds
        text += "  \(Self.number(rate))/s"
        text += "  剩余 left \(Self.duration(Double(total - done) / rate))"
        return text
    }

    static func number(_ value: Double) -> String { String(format: "%.1f", value) }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}
