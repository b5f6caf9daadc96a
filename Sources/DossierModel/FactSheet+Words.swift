extension FactSheet.Kind {
    /// As the field calls it.
    public var chineseName: String {
        switch self {
        case .name: "姓名"
        case .alias: "曾用名"
        case .sex: "性别"
        case .identityNumber: "公民身份号码"
        case .birthDate: "出生日期"
        case .charge: "涉嫌罪名"
        case .measure: "强制措施"
        case .handlingUnit: "办案单位"
        case .documentNumber: "文号"
        case .amount: "金额（元）"
        }
    }
}

extension FactSheet.Source {
    /// 第2册45页（image 61）
    public var place: String { "第\(volume)册" + (folio.map { "\($0)页" } ?? "") + "（image \(image)）" }
}

extension FactSheet.Reading {
    /// Where the first document that says so says it.
    public var place: String { sources.first?.place ?? (isGiven ? "batch.yaml" : "–") }

    /// 校验不符 for an identity number of wrong form or check digit; 人工, 纸质目录 for what stands on no page of the document.
    public var marks: [String] {
        let origin: String? =
            switch sources.first?.origin {
            case .hand: "人工"
            case .paper: "纸质目录"
            case .page, nil: nil
            }
        return [isSound == false ? "校验不符" : nil, origin].compactMap { $0 }
    }
}
