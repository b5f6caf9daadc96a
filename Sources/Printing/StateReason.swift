/// Reasons why a printer or a job is as it is, in words (RFC 8011 §5.3.8, §5.4.12; PWG 5100.9).
enum StateReason {
    /// The keyword itself, without its severity, where it is not a common one.
    static func words(_ keyword: String) -> String {
        let stem = ["-error", "-warning", "-report"].first { keyword.hasSuffix($0) }.map { keyword.dropLast($0.count) } ?? keyword[...]
        return table[String(stem)] ?? String(stem)
    }

    private static let table = [
        "media-empty": "缺纸 out of paper",
        "media-needed": "需加纸 paper needed",
        "media-low": "纸将用完 paper low",
        "media-jam": "卡纸 paper jam",
        "toner-empty": "墨粉用尽 out of toner",
        "toner-low": "墨粉不足 toner low",
        "marker-supply-empty": "耗材用尽 out of toner or ink",
        "marker-supply-low": "耗材不足 toner or ink low",
        "marker-waste-full": "废粉盒已满 waste box full",
        "cover-open": "盖板打开 cover open",
        "door-open": "机门打开 door open",
        "interlock-open": "机门打开 door open",
        "input-tray-missing": "纸盒未装 paper tray missing",
        "output-tray-missing": "出纸盘未装 output tray missing",
        "output-area-full": "出纸盘已满 output tray full",
        "output-area-almost-full": "出纸盘将满 output tray nearly full",
        "paused": "已暂停 paused",
        "moving-to-paused": "正在暂停 being paused",
        "shutdown": "已关机 switched off",
        "offline": "脱机 offline",
        "connecting-to-device": "正在连接设备 connecting to the device",
        "timed-out": "设备超时 the device timed out",
        "stopping": "正在停止 stopping",
        "stopped-partly": "部分停止 partly stopped",
        "spool-area-full": "打印缓存已满 spool full",
        "fuser-over-temp": "定影过热 fuser too hot",
        "fuser-under-temp": "定影预热 fuser too cold",
        "job-printing": "正在打印 printing",
        "job-incoming": "正在接收 receiving",
        "job-completed-successfully": "打印完成 completed",
        "job-completed-with-errors": "打印完成但有错误 completed with errors",
        "job-completed-with-warnings": "打印完成但有警告 completed with warnings",
        "job-canceled-by-user": "被用户取消 cancelled by the user",
        "job-canceled-by-operator": "被管理员取消 cancelled by the operator",
        "job-canceled-at-device": "在打印机上取消 cancelled at the printer",
        "aborted-by-system": "打印机中止 aborted by the printer",
        "document-format-error": "文件格式错误 error in the document's format",
        "document-unprintable-error": "文件无法打印 the document cannot be printed",
        "printer-stopped": "打印机停止 printer stopped",
        "resources-are-not-ready": "纸张等未就绪 paper or supplies not ready",
    ]
}
