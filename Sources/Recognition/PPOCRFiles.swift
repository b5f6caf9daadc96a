internal import DossierModel
internal import Hashing
internal import Installation

/// The models PP-OCR works with.
struct PPOCRFiles {
    let detection: String
    let recognition: String
    let direction: String

    /// #### Errors
    /// `missingComponent` when one is not installed.
    init() throws(DossierError) {
        detection = try Installation.path(of: "models/PP-OCRv6_det_small.onnx")
        recognition = try Installation.path(of: "models/PP-OCRv6_rec_small.onnx")
        direction = try Installation.path(of: "models/ch_ppocr_mobile_v2.0_cls_mobile.onnx")
    }

    func identity(_ settings: Settings.Recognise) throws(DossierError) -> EngineIdentity {
        var models: [String] = []
        for path in [detection, recognition, direction] {
            let name = path.split(separator: "/").last!
            models.append("\(name) \(try SHA256Digest(ofFileAt: path))")
        }
        return EngineIdentity(name: Settings.EngineName.ppocr.rawValue, version: try OpenVINO.version(), models: models)
    }
}
