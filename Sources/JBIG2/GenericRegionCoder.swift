/// Codes a bitmap as a generic region with the arithmetic coder (ITU-T T.88 §6.2.5.7, the encoder's side).
///
/// Most of a page is white far around every pixel, and that is where the time would go: pixels whose whole neighbourhood
/// is white (or black) are found 48 at a time and coded as runs, the others one by one. The result is bit for bit that
/// of coding each pixel for itself.
enum GenericRegionCoder {
    /// - Parameter limit: Gives up when more bytes than these are needed.
    /// - Returns: The coded data with its end marker, or nil beyond the limit.
    static func coded(
        _ bitmap: BitmapRows, _ parameters: GenericParameters, limit: Int = .max
    ) -> [UInt8]? {
        let moved = MovedPixels(parameters)
        var run = CodingRun(bitmap, parameters, moved, limit: limit)
        let isComplete =
            switch (parameters.template, moved.count) {
            case (.sixteen, 0): run.code(Shape0.self, NoneMoved.self)
            case (.sixteen, _): run.code(Shape0.self, SomeMoved.self)
            case (.thirteen, 0): run.code(Shape1.self, NoneMoved.self)
            case (.thirteen, _): run.code(Shape1.self, SomeMoved.self)
            case (.ten, 0): run.code(Shape2.self, NoneMoved.self)
            case (.ten, _): run.code(Shape2.self, SomeMoved.self)
            case (.tenInTwoRows, 0): run.code(Shape3.self, NoneMoved.self)
            case (.tenInTwoRows, _): run.code(Shape3.self, SomeMoved.self)
            }
        return isComplete ? run.bytes : nil
    }
}

/// Whether adaptive pixels have to be fetched, known at compile time.
protocol Moves { static var areThere: Bool { get } }
enum NoneMoved: Moves { @inline(__always) static var areThere: Bool { false } }
enum SomeMoved: Moves { @inline(__always) static var areThere: Bool { true } }

/// One pass of the coder over rows of a bitmap.
@safe struct CodingRun: ~Copyable {
    private let bitmap: BitmapRows
    private let parameters: GenericParameters
    private let moved: MovedPixels
    private let limit: Int
    /// The coded bytes, after one place that the encoder needs before them.
    private var output: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var end: Int
    private let states: UnsafeMutablePointer<UInt8>
    private let table: UnsafeMutablePointer<UInt32>

    init(_ bitmap: BitmapRows, _ parameters: GenericParameters, _ moved: MovedPixels, limit: Int) {
        self.bitmap = bitmap
        self.parameters = parameters
        self.moved = moved
        self.limit = limit
        capacity = 4096 + bitmap.width * bitmap.height / 64
        end = 1
        unsafe output = .allocate(capacity: capacity)
        unsafe output.pointee = 0
        unsafe states = .allocate(capacity: 1 << parameters.template.pixelCount)
        unsafe states.initialize(repeating: 0, count: 1 << parameters.template.pixelCount)
        unsafe table = .allocate(capacity: MQStates.count)
        for (index, entry) in MQStates.packed.enumerated() { unsafe table[index] = entry }
    }

    deinit {
        unsafe output.deallocate()
        unsafe states.deallocate()
        unsafe table.deallocate()
    }

    var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: output + 1, count: end - 1)) }

    /// - Returns: Whether the data stayed within the limit.
    mutating func code<Shape: ContextShape, Moved: Moves>(_ shape: Shape.Type, _ moves: Moved.Type) -> Bool {
        var encoder = unsafe MQEncoder(output: output, states: states, table: UnsafePointer(table))
        /// White pixels in white neighbourhoods that are not coded yet.
        var pending = 0
        var repeated = false
        for y in 0..<bitmap.height {
            makeRoom(for: MQEncoder.mostPerBlock, &encoder)
            if parameters.usesTypicalPrediction {
                drain(&pending, &encoder)
                let repeats = bitmap.repeats(y)
                encoder.encode(repeats != repeated ? 1 : 0, in: parameters.template.typicalContext)
                repeated = repeats
                if repeats { continue }
            }
            code(row: y, shape, moves, &pending, &encoder)
            if pending > 1 << 16 { drain(&pending, &encoder) }
            if unsafe encoder.position - output > limit { return false }
        }
        drain(&pending, &encoder)
        makeRoom(for: MQEncoder.mostPerBlock, &encoder)
        end = unsafe encoder.flush() - output
        return end - 1 <= limit
    }

    @inline(__always)
    private func drain(_ pending: inout Int, _ encoder: inout MQEncoder) {
        if pending > 0 { encoder.encode(0, in: 0, count: pending) }
        pending = 0
    }

    @inline(__always)
    private mutating func code<Shape: ContextShape, Moved: Moves>(
        row y: Int, _ shape: Shape.Type, _ moves: Moved.Type, _ pending: inout Int, _ encoder: inout MQEncoder
    ) {
        var x = 0
        while x < bitmap.width {
            let block = Block<Shape>(
                higher: Shape.upper.pixels > 0 ? bitmap.around(x, y &- 2) : 0, above: bitmap.around(x, y &- 1),
                here: bitmap.around(x, y))
            let adaptive = Moved.areThere ? fetch(x, y) : (0, 0, 0, 0)
            let extra = adaptive.0 | adaptive.1 | adaptive.2 | adaptive.3
            let count = min(Block<Shape>.pixels, bitmap.width &- x)
            if block.isWhite && extra == 0 {
                pending &+= count
            } else {
                makeRoom(for: MQEncoder.mostPerBlock, &encoder)
                code(block, count: count, moves, adaptive, &pending, &encoder)
            }
            x &+= Block<Shape>.pixels
        }
    }

    /// The pixels that each moved adaptive pixel falls on, for the block that begins at `x`: the first in the highest bit.
    @inline(__always)
    private func fetch(_ x: Int, _ y: Int) -> (UInt64, UInt64, UInt64, UInt64) {
        (
            fetch(moved.pixels.0, x, y), moved.count > 1 ? fetch(moved.pixels.1, x, y) : 0,
            moved.count > 2 ? fetch(moved.pixels.2, x, y) : 0, moved.count > 3 ? fetch(moved.pixels.3, x, y) : 0
        )
    }

    @inline(__always)
    private func fetch(_ pixel: MovedPixels.Pixel, _ x: Int, _ y: Int) -> UInt64 {
        bitmap.from(x &+ pixel.x, y &+ pixel.y)
    }

    @inline(__always)
    private func code<Shape: ContextShape, Moved: Moves>(
        _ block: Block<Shape>, count: Int, _ moves: Moved.Type, _ adaptive: (UInt64, UInt64, UInt64, UInt64),
        _ pending: inout Int, _ encoder: inout MQEncoder
    ) {
        let black = block.black
        var busy = block.busy
        if Moved.areThere { busy |= adaptive.0 | adaptive.1 | adaptive.2 | adaptive.3 }
        busy &= Block<Shape>.leading(count)
        var at = 0
        while busy != 0 {
            let start = busy.leadingZeroBitCount
            pending &+= start &- at
            drain(&pending, &encoder)
            at = start &+ (~(busy &<< UInt64(truncatingIfNeeded: start))).leadingZeroBitCount
            busy &= UInt64.max &>> UInt64(truncatingIfNeeded: at)
            var x = start
            while x < at {
                if !Moved.areThere {
                    let run = min((~(black &<< UInt64(truncatingIfNeeded: x))).leadingZeroBitCount, at &- x)
                    if run > 4 {
                        encoder.encode(1, in: Block<Shape>.blackContext, count: run)
                        x &+= run
                        continue
                    }
                }
                var context = block.context(x)
                if Moved.areThere {
                    context &= moved.kept
                    context |= (adaptive.0 &>> UInt64(truncatingIfNeeded: 63 &- x) & 1) &<< moved.pixels.0.bit
                    context |= (adaptive.1 &>> UInt64(truncatingIfNeeded: 63 &- x) & 1) &<< moved.pixels.1.bit
                    context |= (adaptive.2 &>> UInt64(truncatingIfNeeded: 63 &- x) & 1) &<< moved.pixels.2.bit
                    context |= (adaptive.3 &>> UInt64(truncatingIfNeeded: 63 &- x) & 1) &<< moved.pixels.3.bit
                }
                encoder.encode(block.pixel(x), in: Int(truncatingIfNeeded: context))
                x &+= 1
            }
        }
        pending &+= count &- at
    }

    @inline(__always)
    private mutating func makeRoom(for bytes: Int, _ encoder: inout MQEncoder) {
        if unsafe encoder.position - output &+ bytes > capacity { grow(&encoder) }
    }

    @inline(never)
    private mutating func grow(_ encoder: inout MQEncoder) {
        let used = unsafe encoder.position - output
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
        unsafe larger.update(from: output, count: used + 1)
        unsafe output.deallocate()
        unsafe output = larger
        capacity *= 2
        unsafe encoder.move(to: larger + used)
    }
}

/// 48 pixels of a row with their neighbours. Bit 55 of each word is the block's first pixel.
struct Block<Shape: ContextShape> {
    @inline(__always) static var pixels: Int { 48 }

    /// Ones for the first pixels of a block, 1…48, where the first is in the highest bit.
    @inline(__always)
    static func leading(_ count: Int) -> UInt64 { UInt64.max &<< UInt64(truncatingIfNeeded: 64 &- count) }

    let higher: UInt64
    let above: UInt64
    let here: UInt64

    @inline(__always)
    init(higher: UInt64, above: UInt64, here: UInt64) {
        self.higher = higher
        self.above = above
        self.here = here
    }

    /// Everything around is white.
    @inline(__always) var isWhite: Bool { higher | above | here == 0 }

    /// One for each pixel that is black or has a black neighbour; the first in the highest bit.
    @inline(__always)
    var busy: UInt64 {
        var any = here | spread(here, pixels: Shape.before, right: -1, |)
        any |= spread(above, pixels: Shape.lower.pixels, right: Shape.lower.right, |)
        if Shape.upper.pixels > 0 { any |= spread(higher, pixels: Shape.upper.pixels, right: Shape.upper.right, |) }
        return any &<< 8
    }

    /// One for each pixel that is black and has black neighbours only.
    @inline(__always)
    var black: UInt64 {
        var all = here & spread(here, pixels: Shape.before, right: -1, &)
        all &= spread(above, pixels: Shape.lower.pixels, right: Shape.lower.right, &)
        if Shape.upper.pixels > 0 { all &= spread(higher, pixels: Shape.upper.pixels, right: Shape.upper.right, &) }
        return all &<< 8
    }

    /// The context of a black pixel in black surroundings.
    @inline(__always)
    static var blackContext: Int {
        Int(Shape.upper.mask &<< UInt64(Shape.upper.bit) | Shape.lower.mask &<< UInt64(Shape.lower.bit)) | (1 &<< Shape.before &- 1)
    }

    /// For every pixel its neighbours from `right − pixels + 1` to `right`, joined.
    @inline(__always)
    private func spread(_ row: UInt64, pixels: Int, right: Int, _ join: (UInt64, UInt64) -> UInt64) -> UInt64 {
        let shifted = right < 0 ? row &>> 1 : row &<< UInt64(right)
        var result = shifted
        var offset = 1
        while offset < pixels {
            result = join(result, shifted &>> UInt64(offset))
            offset &+= 1
        }
        return result
    }

    @inline(__always)
    func context(_ x: Int) -> UInt64 {
        let shift = UInt64(truncatingIfNeeded: 55 &- x)
        var context = here &>> (shift &+ 1) & (1 &<< UInt64(Shape.before) &- 1)
        context |= (above &>> (shift &- UInt64(Shape.lower.right)) & Shape.lower.mask) &<< UInt64(Shape.lower.bit)
        if Shape.upper.pixels > 0 {
            context |= (higher &>> (shift &- UInt64(Shape.upper.right)) & Shape.upper.mask) &<< UInt64(Shape.upper.bit)
        }
        return context
    }

    @inline(__always)
    func pixel(_ x: Int) -> UInt32 { UInt32(truncatingIfNeeded: here &>> UInt64(truncatingIfNeeded: 55 &- x)) & 1 }
}
