/// Where the pixels of a template lie, as three runs of neighbours: two rows above, one row above, and to the left.
/// A context is the three runs side by side, numbered as ITU-T T.88 §6.2.5.3 numbers them with the adaptive pixels in
/// their nominal places, which are inside the runs. Known at compile time, so that the coding loop has no tests for it.
protocol ContextShape {
    /// The run two rows above: its pixels, the offset of its rightmost one, and the bit of that one in the context.
    static var upper: ContextRun { get }
    /// The run one row above.
    static var lower: ContextRun { get }
    /// Pixels to the left, at bit 0 of the context.
    static var before: Int { get }
}

struct ContextRun {
    var pixels: Int
    var right: Int
    var bit: Int

    @inline(__always) var left: Int { right - pixels + 1 }
    @inline(__always) var mask: UInt64 { 1 &<< UInt64(pixels) &- 1 }
}

/// Figure 3.
enum Shape0: ContextShape {
    static var upper: ContextRun { ContextRun(pixels: 5, right: 2, bit: 11) }
    static var lower: ContextRun { ContextRun(pixels: 7, right: 3, bit: 4) }
    static var before: Int { 4 }
}

/// Figure 4.
enum Shape1: ContextShape {
    static var upper: ContextRun { ContextRun(pixels: 4, right: 2, bit: 9) }
    static var lower: ContextRun { ContextRun(pixels: 6, right: 3, bit: 3) }
    static var before: Int { 3 }
}

/// Figure 5.
enum Shape2: ContextShape {
    static var upper: ContextRun { ContextRun(pixels: 3, right: 1, bit: 7) }
    static var lower: ContextRun { ContextRun(pixels: 5, right: 2, bit: 2) }
    static var before: Int { 2 }
}

/// Figure 6.
enum Shape3: ContextShape {
    static var upper: ContextRun { ContextRun(pixels: 0, right: 0, bit: 0) }
    static var lower: ContextRun { ContextRun(pixels: 6, right: 2, bit: 4) }
    static var before: Int { 4 }
}
