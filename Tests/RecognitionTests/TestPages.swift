import DossierModel
import Foundation

/// Pages the tests read.
enum TestPages {
    /// Text of `statement.pbm`, line by line, as a person reads it.
    static let statementLines = [
        "询问笔录",
        "询问人陈晓岚向被询问人周海平说明来意后，",
        "周海平陈述：二〇二四年三月二日上午，",
        "我在青石路十八号门前停放一辆蓝色自行车，",
        "中午回来时发现车辆已经不见。",
        "该车购于2023年6月，价格为1280.50元。",
        "姓名", "日期", "数量",
        "周海平", "2024年3月2日", "一辆",
        "林若溪", "2024年3月5日", "三件",
    ]

    static let dpi = Resolution(x: 200, y: 200)

    static func resource(_ name: String) -> String {
        Bundle.module.bundlePath + "/Resources/" + name
    }

    static func statement() -> Raster {
        let bytes = [UInt8](FileManager.default.contents(atPath: resource("statement.pbm"))!)
        let header = Array("P4\n1240 860\n".utf8)
        precondition(bytes.starts(with: header))
        return Raster(width: 1240, height: 860, mode: .bitonal, bytes: Array(bytes.dropFirst(header.count)))
    }

    /// A grey raster drawn by a function of the place.
    static func drawn(_ width: Int, _ height: Int, _ value: (Int, Int) -> UInt8) -> Raster {
        var bytes: [UInt8] = []
        for y in 0..<height { for x in 0..<width { bytes.append(value(x, y)) } }
        return Raster(width: width, height: height, mode: .grey, bytes: bytes)
    }
}

extension Raster {
    /// Grey value of a pixel of a bitonal or grey raster.
    func grey(_ x: Int, _ y: Int) -> UInt8 {
        if mode == .grey { return bytes[y * width + x] }
        return bytes[y * bytesPerRow + x / 8] >> (7 - x % 8) & 1 == 1 ? 0 : 255
    }

    /// A grey copy whose pixel (x, y) is this one's at `source(x, y)`; white outside.
    func mapped(_ width: Int, _ height: Int, _ source: (Int, Int) -> (Int, Int)) -> Raster {
        TestPages.drawn(width, height) { x, y in
            let (u, v) = source(x, y)
            return (0..<self.width).contains(u) && (0..<self.height).contains(v) ? grey(u, v) : 255
        }
    }

    func turned(_ turn: QuarterTurn) -> Raster {
        switch turn {
        case .none: mapped(width, height) { ($0, $1) }
        case .clockwise90: mapped(height, width) { ($1, self.height - 1 - $0) }
        case .half: mapped(width, height) { (self.width - 1 - $0, self.height - 1 - $1) }
        case .clockwise270: mapped(height, width) { (self.width - 1 - $1, $0) }
        }
    }
}
