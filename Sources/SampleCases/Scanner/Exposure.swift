import DossierModel
import Foundation

/// The optics: tilts the paper under the window, tints and lights it, adds the sensor's noise. One pass over the pixels
/// in fixed-point arithmetic, so that a 300 dpi page takes a fraction of a second and every machine gives the same bytes.
struct Exposure {
    private let plane: Plane
    private let condition: Condition
    private var random: SplitMix64
    /// 16.16 steps along a row of the window, in paper pixels.
    private let stepX: Int
    private let stepY: Int
    private static let noiseLength = 1 << 16

    init(plane: Plane, condition: Condition, seed: UInt64) {
        self.plane = plane
        self.condition = condition
        random = SplitMix64(seed: seed)
        stepX = Int((cos(condition.skew * .pi / 180) * 65_536).rounded())
        stepY = Int((-sin(condition.skew * .pi / 180) * 65_536).rounded())
    }

    mutating func exposed() -> Plane {
        var window = Plane(
            width: plane.width, height: plane.height, channels: plane.channels, bytes: [UInt8](repeating: 255, count: plane.bytes.count))
        let noise = noiseTable()
        let columnLight = lights(plane.width, shade: condition.shade.x)
        let rowLight = lights(plane.height, shade: condition.shade.y)
        let tables = tintTables()
        let starts = (0..<plane.height).map { _ in Int(random.next() & 0xFFFF) }
        for row in 0..<plane.height {
            exposeRow(row, of: &window, noise: noise, start: starts[row], light: columnLight, rowLight: rowLight[row], tint: tables)
        }
        return window
    }

    /// Where the window's first pixel of a row lies on the paper, 16.16.
    private func origin(ofRow row: Int) -> (x: Int, y: Int) {
        let angle = -condition.skew * .pi / 180
        let (cx, cy) = (Double(plane.width) / 2, Double(plane.height) / 2)
        let (dx, dy) = (0.5 - cx, Double(row) + 0.5 - cy)
        let unit = condition.dpi / 25.4
        let x = cx + dx * cos(angle) - dy * sin(angle) - condition.shift.x * unit - 0.5
        let y = cy + dx * sin(angle) + dy * cos(angle) - condition.shift.y * unit - 0.5
        return (Int((x * 65_536).rounded()), Int((y * 65_536).rounded()))
    }

    private func exposeRow(
        _ row: Int, of window: inout Plane, noise: [Int16], start: Int, light: [Int], rowLight: Int, tint: [[Int]]
    ) {
        var (x, y) = origin(ofRow: row)
        let (width, height, channels) = (plane.width, plane.height, plane.channels)
        let outside = condition.hasBlackEdges ? 26 : 255
        var grain = start
        unsafe plane.bytes.withUnsafeBufferPointer { from in
            unsafe window.bytes.withUnsafeMutableBufferPointer { to in
                for column in 0..<width {
                    let target = (row * width + column) * channels
                    let (column0, row0) = (x >> 16, y >> 16)
                    let isInside = column0 >= 0 && row0 >= 0 && column0 < width - 1 && row0 < height - 1
                    let at = (row0 * width + column0) * channels
                    let (fx, fy) = ((x >> 8) & 255, (y >> 8) & 255)
                    let lit = (light[column] * rowLight) >> 12
                    for channel in 0..<channels {
                        var level = outside
                        if isInside {
                            let upper = unsafe Int(from[at + channel]) * (256 - fx) + Int(from[at + channels + channel]) * fx
                            let below = at + width * channels + channel
                            let lower = unsafe Int(from[below]) * (256 - fx) + Int(from[below + channels]) * fx
                            level = (tint[channel][(upper * (256 - fy) + lower * fy + 32_768) >> 16] * lit) >> 12
                        }
                        unsafe to[target + channel] = UInt8(clamping: level + Int(noise[grain & 0xFFFF]))
                        grain += 1
                    }
                    x += stepX
                    y += stepY
                }
            }
        }
        if condition.isCleaned { whiten(&window, row: row) }
    }

    /// Background smoothing: all that is nearly paper becomes white.
    private func whiten(_ window: inout Plane, row: Int) {
        let range = row * plane.width * plane.channels..<(row + 1) * plane.width * plane.channels
        unsafe window.bytes.withUnsafeMutableBufferPointer { bytes in
            for at in range {
                let level = unsafe Int(bytes[at])
                unsafe bytes[at] = UInt8(clamping: level * 255 / 222)
            }
        }
    }

    /// 4096 is full light.
    private func lights(_ count: Int, shade: Double) -> [Int] {
        (0..<count).map { index in
            let place = Double(index) / Double(count)
            let along = shade >= 0 ? place : 1 - place
            return Int(4096 * (1 - abs(shade) * along * along))
        }
    }

    /// Ink and paper by channel: black stays, white becomes the paper's colour.
    private func tintTables() -> [[Int]] {
        let paper = [condition.paper.red, condition.paper.green, condition.paper.blue]
        let whites = plane.channels == 3 ? paper : [paper[0] * 0.299 + paper[1] * 0.587 + paper[2] * 0.114]
        return whites.map { white in (0...255).map { Int((14 + (white - 14) * Double($0) / 255).rounded()) } }
    }

    private mutating func noiseTable() -> [Int16] {
        (0..<Self.noiseLength).map { _ in Int16((random.normal() * condition.noise).rounded()) }
    }
}
