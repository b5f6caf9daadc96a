internal import CTurboJPEG
internal import DossierModel

/// A rectangle of a JPEG in its coded form, of which only some squares are wanted.
///
/// In a square that is not wanted nothing is left; beside a wanted one its mean colour stays (the first coefficient,
/// ITU-T T.81 A.3.3).
final class JPEGCut {
    private let box: PixelRect
    private let isKept: (_ column: Int, _ row: Int) -> Bool
    /// Pixels of the picture for one of a component's, each way.
    private let scales: [(x: Int, y: Int)]

    /// Pixels of a square.
    private static let side = 16
    /// Pixels.
    private static let smallPicture = 128 * 128

    init(_ box: PixelRect, isKept: @escaping (_ column: Int, _ row: Int) -> Bool, _ header: JPEGHeader) {
        (self.box, self.isKept) = (box, isKept)
        scales = header.sampling.map { (max(1, header.maxHorizontal / max(1, $0.horizontal)), max(1, header.maxVertical / max(1, $0.vertical))) }
    }

    /// Baseline or progressive, whichever has fewer bytes; nil when libjpeg-turbo refuses.
    func smallest(of bytes: [UInt8]) -> [UInt8]? {
        guard let handle = try? unsafe TurboHandle(tjInitTransform()) else { return nil }
        // Baseline is smaller for a stamp at most: its tables are not fitted to the picture.
        let plain = box.width * box.height < Self.smallPicture ? [TJXOPT_CROP | TJXOPT_COPYNONE] : []
        let options = plain + [TJXOPT_CROP | TJXOPT_COPYNONE | TJXOPT_PROGRESSIVE]
        var transforms = unsafe options.map { unsafe transform($0) }
        var buffers = unsafe [UnsafeMutablePointer<UInt8>?](repeating: nil, count: options.count)
        var sizes = [UInt](repeating: 0, count: options.count)
        defer { unsafe buffers.forEach { unsafe tjFree($0) } }
        let status = withExtendedLifetime(self) {
            unsafe tjTransform(handle.raw, bytes, UInt(bytes.count), Int32(options.count), &buffers, &sizes, &transforms, 0)
        }
        guard status == 0 else { return nil }
        let least = sizes.indices.min { sizes[$0] < sizes[$1] }!
        guard let start = unsafe buffers[least] else { return nil }
        return unsafe [UInt8](UnsafeBufferPointer(start: start, count: Int(sizes[least])))
    }

    private func transform(_ options: Int32) -> tjtransform {
        var transform = unsafe tjtransform()
        unsafe transform.r = tjregion(x: Int32(box.x), y: Int32(box.y), w: Int32(box.width), h: Int32(box.height))
        unsafe transform.op = Int32(TJXOP_NONE.rawValue)
        unsafe transform.options = options
        unsafe transform.data = Unmanaged.passUnretained(self).toOpaque()
        unsafe transform.customFilter = { coefficients, array, _, component, _, transform in
            guard let coefficients = unsafe coefficients, let context = unsafe transform?.pointee.data else { return -1 }
            let cut = unsafe Unmanaged<JPEGCut>.fromOpaque(context).takeUnretainedValue()
            unsafe cut.drop(coefficients, array, component: Int(component))
            return 0
        }
        return unsafe transform
    }

    /// Rows of blocks of 8 × 8 values, 64 coefficients each.
    private func drop(_ coefficients: UnsafeMutablePointer<Int16>, _ array: tjregion, component: Int) {
        let scale = component < scales.count ? scales[component] : (x: 1, y: 1)
        let (columns, rows) = (Int(array.w) / 8, Int(array.h) / 8)
        for row in 0..<rows {
            for column in 0..<columns {
                let square = (
                    x: (column * 8 * scale.x + box.x) / Self.side, y: ((row * 8 + Int(array.y)) * scale.y + box.y) / Self.side)
                guard !isKept(square.x, square.y) else { continue }
                let block = unsafe coefficients + (row * columns + column) * 64
                let mean = unsafe hasKeptNeighbour(square.x, square.y) ? block[0] : 0
                unsafe block.update(repeating: 0, count: 64)
                unsafe block[0] = mean
            }
        }
    }

    private func hasKeptNeighbour(_ column: Int, _ row: Int) -> Bool {
        (row - 1...row + 1).contains { y in (column - 1...column + 1).contains { isKept($0, y) } }
    }
}
