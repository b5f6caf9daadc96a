internal import CTIFF
internal import DossierModel

/// One open libtiff handle with its own list of messages; closed in `deinit`.
@safe struct TIFFHandle: ~Copyable {
    let raw: OpaquePointer
    private let messages: UnsafeMutablePointer<ctiff_messages>
    /// Kept alive as long as libtiff may look at it.
    private let memory: MemoryFile?

    /// - Parameter limit: the largest single allocation libtiff may make, bytes; 0 for no limit.
    init(path: String, mode: String, limit: Int = 0) throws(DossierError) {
        try unsafe self.init(memory: nil) { unsafe ctiff_open(path, mode, $0, Int64(limit)) }
    }

    init(memory: MemoryFile, mode: String) throws(DossierError) {
        try unsafe self.init(memory: memory) { unsafe ctiff_open_memory(memory.raw, mode, $0, 0) }
    }

    private init(memory: MemoryFile?, _ open: (UnsafeMutablePointer<ctiff_messages>) -> OpaquePointer?) throws(DossierError) {
        let messages = UnsafeMutablePointer<ctiff_messages>.allocate(capacity: 1)
        unsafe messages.initialize(to: ctiff_messages())
        guard let raw = unsafe open(messages) else {
            let cause = unsafe Self.text(of: messages.pointee)
            unsafe messages.deallocate()
            throw DossierError(.damaged, "the TIFF cannot be opened; scan or copy the file again", cause: cause)
        }
        unsafe self.raw = raw
        unsafe self.messages = messages
        self.memory = memory
    }

    deinit {
        unsafe TIFFClose(raw)
        unsafe messages.deallocate()
    }

    func clearMessages() { unsafe messages.pointee = ctiff_messages() }

    /// Something was reported since the list was cleared; a codec's warnings count, since they tell of bad rows.
    var hasComplaints: Bool { unsafe messages.pointee.errors > 0 || messages.pointee.warnings > 0 }
    var hasErrors: Bool { unsafe messages.pointee.errors > 0 }
    var message: String { unsafe Self.text(of: messages.pointee) }

    private static func text(of messages: ctiff_messages) -> String {
        func string<T>(_ value: T) -> String {
            unsafe withUnsafeBytes(of: value) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return messages.errors > 0 ? string(messages.first_error) : string(messages.first_warning)
    }

    /// The one place where a failure of libtiff becomes an error.
    func error(_ code: DossierError.Code, _ text: String) -> DossierError {
        let cause = message
        return DossierError(code, text, cause: cause.isEmpty ? nil : cause)
    }

    // MARK: Fields

    func short(_ tag: Int32) -> Int? {
        var value: UInt16 = 0
        return unsafe ctiff_get_u16(raw, UInt32(tag), &value) == 1 ? Int(value) : nil
    }

    func long(_ tag: Int32) -> Int? {
        var value: UInt32 = 0
        return unsafe ctiff_get_u32(raw, UInt32(tag), &value) == 1 ? Int(value) : nil
    }

    func float(_ tag: Int32) -> Double? {
        var value: Float = 0
        return unsafe ctiff_get_float(raw, UInt32(tag), &value) == 1 ? Double(value) : nil
    }

    func bytes(_ tag: Int32) -> [UInt8]? {
        var count: UInt32 = 0
        var start: UnsafeMutableRawPointer?
        guard unsafe ctiff_get_bytes(raw, UInt32(tag), &count, &start) == 1, let start = unsafe start else { return nil }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: Int(count)))
    }

    func set(_ tag: Int32, _ value: Int) { unsafe _ = ctiff_set_u32(raw, UInt32(tag), UInt32(value)) }
    func setShort(_ tag: Int32, _ value: Int) { unsafe _ = ctiff_set_u16(raw, UInt32(tag), Int32(value)) }
    func set(_ tag: Int32, _ value: Double) { unsafe _ = ctiff_set_double(raw, UInt32(tag), value) }
}
