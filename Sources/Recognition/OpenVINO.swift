internal import COpenVINO
internal import DossierModel
import Foundation
internal import Installation

/// The OpenVINO runtime of this process: opened once, on first use.
enum OpenVINO {
    private static let outcome: Result<String, DossierError> = open()

    /// The runtime's build number, as in `2026.4.1-22982-…`.
    ///
    /// #### Errors
    /// `missingComponent` when the runtime is not installed, cannot be loaded, or the processor lacks AVX2.
    static func version() throws(DossierError) -> String { try outcome.get() }

    private static func open() -> Result<String, DossierError> {
        do throws(DossierError) {
            try requireAVX2()
            let library = try Installation.path(of: "openvino/lib/libopenvino_c.so")
            if let problem = unsafe openvino_load(library) {
                throw DossierError(
                    .missingComponent, "the OpenVINO runtime cannot be loaded; run “make setup”, or use the engine “tesseract”",
                    cause: unsafe String(cString: problem), location: library)
            }
            return .success(try buildNumber())
        } catch {
            return .failure(error)
        }
    }

    /// OpenVINO's wheel is built for processors with AVX2; without it the first inference dies on an illegal instruction
    /// or crawls.
    private static func requireAVX2() throws(DossierError) {
        #if arch(x86_64)
        guard let abilities = Processor.abilities else { return }
        guard abilities.contains("avx2") else {
            throw DossierError(.missingComponent, "this processor has no AVX2, which PP-OCR needs; use the engine “tesseract”")
        }
        #endif
    }

    private static func buildNumber() throws(DossierError) -> String {
        var version = unsafe ov_version_t()
        try check(unsafe openvino_version(&version), "tell its version")
        defer { unsafe openvino_version_free(&version) }
        return unsafe String(cString: version.buildNumber)
    }

    /// The one place where a status of the library becomes an error.
    static func check(_ status: ov_status_t, _ action: String, code: DossierError.Code = .library, location: String? = nil)
        throws(DossierError)
    {
        guard status != 0 else { return }
        let cause = unsafe openvino_last_error().map { unsafe String(cString: $0) }
        throw DossierError(code, "OpenVINO could not \(action)", cause: cause, location: location)
    }
}

/// What this machine's processor can do.
enum Processor {
    /// As Linux lists them (proc(5), /proc/cpuinfo, `flags`); nil where it does not.
    static let abilities: Set<Substring>? = {
        guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first { $0.hasPrefix("flags") }.map { Set($0.split(separator: " ")) }
    }()

    /// Multiplies whole tiles of 16-bit floats (Intel 64 and IA-32 Architectures SDM, TDPBF16PS). AVX512-BF16 alone is not
    /// enough: measured, a page took a fifth more processor time with it than in 32-bit floats (Benchmarks/RESULTS.md).
    static var gainsFromBF16: Bool { abilities?.contains("amx_bf16") ?? false }
}

/// Numbers a model calculates with; the raw value is OpenVINO's name.
enum Precision: String {
    case f32, bf16

    /// - Parameter wanted: `auto` is decided by the processor.
    init(_ wanted: Settings.Precision) {
        self =
            switch wanted {
            case .f32: .f32
            case .bf16: .bf16
            case .auto: Processor.gainsFromBF16 ? .bf16 : .f32
            }
    }
}

/// Time that inferences took, seconds.
final class InferenceClock {
    fileprivate(set) var seconds = 0.0
}

/// A model made ready for the processor.
///
/// Threads are not pinned, because several workers, each with one thread, would share the first core.
@safe final class CompiledModel {
    /// Prepared layers that stay for each kind of shape (the CPU plugin's `CPU_RUNTIME_CACHE_CAPACITY`), so that memory does
    /// not grow with every shape there is. Of OpenVINO's 5,000 a worker used so much on 45 images that with 300 it took 48 MB
    /// less, and 4 % more processor time.
    private static let preparedLayers = 500

    private let core: OpaquePointer
    private let model: OpaquePointer
    fileprivate let clock: InferenceClock

    /// - Parameters:
    ///   - clock: counts the time of the model's inferences; models may share one.
    ///   - threads: processor threads in all.
    ///   - requests: inferences that may run at the same time; each gets `threads / requests` threads.
    ///
    /// #### Errors
    /// `missingComponent` when the file is damaged or no model.
    init(contentsOfFile path: String, precision: Precision, threads: Int, requests: Int, clock: InferenceClock) throws(DossierError) {
        _ = try OpenVINO.version()
        var core: OpaquePointer?
        try unsafe OpenVINO.check(openvino_core_create(&core), "start")
        var model: OpaquePointer?
        let settings = [
            ("INFERENCE_NUM_THREADS", "\(threads)"), ("NUM_STREAMS", "\(requests)"), ("ENABLE_CPU_PINNING", "NO"),
            ("INFERENCE_PRECISION_HINT", precision.rawValue),
        ]
        let compile = { (settings: [(String, String)]) in
            unsafe withProperties(settings) { properties in
                unsafe openvino_core_compile_model_from_file(core, path, "CPU", properties.count, properties.baseAddress, &model)
            }
        }
        var status = compile(settings + [("CPU_RUNTIME_CACHE_CAPACITY", "\(Self.preparedLayers)")])
        // A switch for memory is no reason not to read: a runtime that does not know it does without.
        if status != 0 { status = compile(settings) }
        do throws(DossierError) {
            try OpenVINO.check(
                status, "use the model; it is damaged, run “make setup” again", code: .missingComponent, location: path)
        } catch {
            unsafe openvino_core_free(core)
            throw error
        }
        unsafe self.core = core!
        unsafe self.model = model!
        self.clock = clock
    }

    deinit {
        unsafe openvino_compiled_model_free(model)
        unsafe openvino_core_free(core)
    }

    func makeRequest() throws(DossierError) -> InferRequest {
        var request: OpaquePointer?
        try unsafe OpenVINO.check(openvino_compiled_model_create_infer_request(model, &request), "make room for an inference")
        return unsafe InferRequest(takingOwnership: request!, of: self)
    }
}

/// Lends the settings as C strings; the library copies them during the call.
private func withProperties<Result>(
    _ settings: [(key: String, value: String)], _ body: (UnsafeBufferPointer<ov_property_t>) -> Result
) -> Result {
    let texts = unsafe settings.map { unsafe (strdup($0.key), strdup($0.value)) }
    defer {
        for unsafe (key, value) in unsafe texts {
            unsafe free(key)
            unsafe free(value)
        }
    }
    let properties = unsafe texts.map { unsafe ov_property_t(key: $0.0, value: $0.1) }
    return unsafe properties.withUnsafeBufferPointer(body)
}

/// One inference at a time: `start`, then `finish`.
@safe final class InferRequest {
    private let request: OpaquePointer
    /// The library does not keep a model alive for its requests.
    private let model: CompiledModel
    private var input: OpaquePointer?
    private var started = ContinuousClock.now

    fileprivate init(takingOwnership request: OpaquePointer, of model: CompiledModel) {
        unsafe self.request = request
        self.model = model
    }

    deinit {
        unsafe openvino_infer_request_free(request)
        if let input = unsafe input { unsafe openvino_tensor_free(input) }
    }

    /// Lets `fill` write the input (row-major 32-bit floats) and starts the inference.
    func start(shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) -> Void) throws(DossierError) {
        let tensor = try unsafe makeTensor(shape)
        if let old = unsafe input { unsafe openvino_tensor_free(old) }
        unsafe input = tensor
        let values = try unsafe floats(of: tensor)
        unsafe fill(UnsafeMutableBufferPointer(start: values, count: shape.reduce(1, *)))
        try unsafe OpenVINO.check(openvino_infer_request_set_input_tensor(request, tensor), "take the image")
        started = .now
        try unsafe OpenVINO.check(openvino_infer_request_start_async(request), "start reading")
    }

    /// Waits for the inference and lends its output to `read`.
    func finish<Result>(_ read: (_ values: UnsafeBufferPointer<Float>, _ shape: [Int]) -> Result) throws(DossierError) -> Result {
        try unsafe OpenVINO.check(openvino_infer_request_wait(request), "read")
        model.clock.seconds += (ContinuousClock.now - started) / .seconds(1)
        var output: OpaquePointer?
        try unsafe OpenVINO.check(openvino_infer_request_get_output_tensor(request, &output), "give its result")
        defer { unsafe openvino_tensor_free(output) }
        let shape = try unsafe shape(of: output!)
        let values = try unsafe floats(of: output!)
        return unsafe read(UnsafeBufferPointer(start: values, count: shape.reduce(1, *)), shape)
    }

    private func makeTensor(_ shape: [Int]) throws(DossierError) -> OpaquePointer {
        var dims = shape.map(Int64.init)
        var tensor: OpaquePointer?
        let status = unsafe dims.withUnsafeMutableBufferPointer { dims in
            unsafe openvino_tensor_create(OPENVINO_F32, ov_shape_t(rank: Int64(dims.count), dims: dims.baseAddress), &tensor)
        }
        try OpenVINO.check(status, "make room for an image")
        return unsafe tensor!
    }

    private func floats(of tensor: OpaquePointer) throws(DossierError) -> UnsafeMutablePointer<Float> {
        var data: UnsafeMutableRawPointer?
        try unsafe OpenVINO.check(openvino_tensor_data(tensor, &data), "give its result")
        return unsafe data!.assumingMemoryBound(to: Float.self)
    }

    private func shape(of tensor: OpaquePointer) throws(DossierError) -> [Int] {
        var shape = unsafe ov_shape_t()
        try unsafe OpenVINO.check(openvino_tensor_get_shape(tensor, &shape), "give its result")
        defer { unsafe openvino_shape_free(&shape) }
        return unsafe UnsafeBufferPointer(start: shape.dims, count: Int(shape.rank)).map { Int($0) }
    }
}
