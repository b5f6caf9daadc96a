internal import DossierModel
internal import Hashing
internal import Installation

/// The models PP-OCR works with, by path.
struct PPOCRFiles {
    var detection: String
    var recognition: String
    var direction: String

    /// The installed ones.
    ///
    /// #### Errors
    /// `missingComponent` when one is not there.
    static func installed() throws(DossierError) -> PPOCRFiles {
        PPOCRFiles(
            detection: try Installation.path(of: "models/PP-OCRv6_det_small.onnx"),
            recognition: try Installation.path(of: "models/PP-OCRv6_rec_small.onnx"),
            direction: try Installation.path(of: "models/ch_ppocr_mobile_v2.0_cls_mobile.onnx"))
    }

    /// The precision is part of the version, because it can change a reading.
    ///
    /// #### Errors
    /// `missingComponent` when a model cannot be read or the runtime is not installed.
    func identity(_ precision: Precision) throws(DossierError) -> EngineIdentity {
        var models: [String] = []
        for path in [detection, recognition, direction] { models.append(try modelName(path)) }
        return EngineIdentity(name: Settings.EngineName.ppocr.rawValue, version: try OpenVINO.version() + (precision == .f32 ? "" : " \(precision)"), models: models)
    }
}

/// File name and digest of a model.
///
/// #### Errors
/// `missingComponent` when it cannot be read.
func modelName(_ path: String) throws(DossierError) -> String {
    do throws(DossierError) {
        return "\(path.split(separator: "/").last ?? "") \(try SHA256Digest(ofFileAt: path))"
    } catch {
        throw DossierError(.missingComponent, "the model cannot be read; run “make setup”", cause: error.description, location: path)
    }
}
