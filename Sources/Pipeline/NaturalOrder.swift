import Foundation

/// The order people number files in: part by part of the path, runs of digits as numbers, so that 2 comes before 10.
/// Names that are equal so far (`2`, `02`) keep the order of their bytes, which makes the order total.
enum NaturalOrder {
    static func precedes(_ a: String, _ b: String) -> Bool {
        let (left, right) = (a.split(separator: "/"), b.split(separator: "/"))
        for (x, y) in zip(left, right) {
            switch compare(Array(x.utf8), Array(y.utf8)) {
            case ..<0: return true
            case 0: continue
            default: return false
            }
        }
        if left.count != right.count { return left.count < right.count }
        return Array(a.utf8).lexicographicallyPrecedes(Array(b.utf8))
    }

    private static func compare(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            if isDigit(a[i]), isDigit(b[j]) {
                let (m, n) = (digits(a, &i), digits(b, &j))
                if m.count != n.count { return m.count - n.count }
                if m != n { return m.lexicographicallyPrecedes(n) ? -1 : 1 }
            } else {
                if a[i] != b[j] { return a[i] < b[j] ? -1 : 1 }
                i += 1
                j += 1
            }
        }
        return (a.count - i) - (b.count - j)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// The run of digits from `i` on without leading zeros; `i` moves behind it.
    private static func digits(_ text: [UInt8], _ i: inout Int) -> ArraySlice<UInt8> {
        let start = i
        while i < text.count, isDigit(text[i]) { i += 1 }
        return text[start..<i].drop { $0 == 0x30 }
    }
}
