public import DossierModel

/// What a kind of finding is called, and what is done about it, in the operator's language. The finding's own text,
/// which also stands in `pages.jsonl` and names files and numbers, is shown beside it.
struct FindingKind {
    var name: String
    /// Empty when nothing has to be done.
    var remedy: String

    /// nil for an identifier from a newer version; the finding then speaks for itself.
    static func known(_ id: String) -> FindingKind? {
        table[id].map { FindingKind(name: $0.0, remedy: $0.1) }
    }

    private static let table: [String: (String, String)] = [
        "file.empty": ("空文件", "重新扫描该文件，或确认送件时即为空"),
        "file.unknown-format": ("不是可识别的影像文件", "确认是否误放入；需要入卷的请重新扫描为 TIFF、JPEG、PNG 或 PDF"),
        "file.encrypted": ("文件已加密", "解除密码后重新放入"),
        "file.too-large": ("文件超过上限", "拆成较小的文件，或在 dossier.yaml 中提高上限"),
        "file.unreadable": ("文件无法读取", "检查权限和磁盘后再运行"),
        "file.damaged": ("文件损坏", "重新扫描"),
        "file.truncated": ("文件不完整", "重新扫描占位页处缺少的页"),
        "frame.too-large": ("影像尺寸超过上限", "检查扫描分辨率；确需入卷的请提高上限"),
        "frame.damaged": ("影像局部损坏", "对照原件，重新扫描该页"),
        "frame.library": ("影像无法解码", "重新扫描该页"),
        "frame.unusable-input": ("影像无法使用", "重新扫描该页"),
        "frame.unsupported": ("影像格式不受支持", "重新扫描该页"),
        "frame.encrypted": ("影像已加密", "解除密码后重新放入"),
        "frame.file-system": ("影像无法读取", "检查磁盘后再运行"),
        "frame.not-found": ("找不到影像", "对照文件清单，重新扫描"),
        "frame.integrity": ("影像与登记的摘要不符", "用原始文件重新运行"),
        "frame.resolution.missing": ("未标明分辨率", "按设置的默认值处理；尺寸不对时请修改 intake.defaultDPI"),
        "frame.resolution.absurd": ("标明的分辨率不合理", "检查扫描仪设置"),
        "frame.mirrored": ("影像标为镜像", "已按正常方向显示，原文件未动"),
        "frame.alpha": ("影像带透明通道", "按白底显示，原文件未动"),
        "frame.recoded": ("影像经无损重新编码", ""),
        "frame.drawn": ("PDF 页面经绘制成像", "需要原始影像时请直接提供扫描文件"),
        "page.blank.unsure": ("近乎空白，已保留", "确属空白的可不处理"),
        "page.orientation.unsure": ("方向待确认", "查看该页，需要时旋转"),
        "page.text.unread": ("签名、手写或印记未能识别", "该处有印刷文字时请对照影像；影像完整"),
        "page.text.check": ("号码、日期或金额自相矛盾", "对照影像核对；文字仍按所识别的保存"),
        "page.text.engines-differ": ("两个引擎识别结果不同", "要紧处对照影像核对"),
        "page.superseded": ("已重新扫描", ""),
        "page.decided": ("已由人工决定", ""),
        "page.decision.lost": ("人工决定所指的页已不在案中", "查看替代的页后重新决定"),
        "page.recognise.failed": ("文字识别失败", "换用另一识别引擎再运行；影像完整"),
        "worker.crashed": ("处理进程两次崩溃", "查看该页影像，重新扫描后再运行"),
        "worker.timeout": ("处理两次超时", "在 dossier.yaml 中延长时限，或重新扫描该页"),
        "worker.memory": ("处理两次超出内存上限", "降低扫描分辨率，或提高内存上限"),
        "worker.garbled": ("处理结果两次无法读取", "再运行一次；仍如此请报告"),
        "worker.storage": ("处理结果无法写入", "检查磁盘空间和权限后再运行"),
        "worker.unavailable": ("处理进程无法启动", "运行 make setup 后再试"),
        "worker.cancelled": ("运行被中断", "再运行一次即可继续"),
        "engine.stand-in": ("由备用引擎识别", "按提示补装默认引擎后再运行，可得更准确的文字"),
        "volume.unassigned": ("文件未归入任何册", "在 batch.yaml 的 volumes 中为其指定册"),
        "volume.renumbered": ("补充侦查卷另编册号", ""),
        "volume.late.ask": ("后到材料暂作补充侦查卷", "核对其种类，写入 batch.yaml 的 kind"),
        "separator.ask": ("分隔页待确认", "查看该页；确为分隔页的，重新扫描后再运行"),
        "separator.unread": ("分隔页的条码未读出", "核对其后的页属于哪一案、哪一册；需要时重新扫描该页"),
        "separator.title.ask": ("分隔页所写题名与文书不符", "查看分隔页是否放错；以分隔页为准的，更正题名"),
        "separator.case.other": ("分隔页属于另一案件，其后各页未入卷", "按该案件另行扫描；确属本案的，取出该分隔页后重新运行"),
        "separator.case.aside": ("另一案件分隔页之后的页，未入卷", "见该分隔页"),
        "separator.volume.torn": ("同一册号出现在两处", "核对分册分隔页与文件夹，或在 batch.yaml 中写明各册"),
        "separator.volume.kind": ("分隔页与 batch.yaml 所写册的种类不同", "核对册的种类"),
        "document.title.unknown": ("题名不在题名表中", "对照原件核对题名"),
        "document.start.ask": ("文书起始页待确认", "查看该页是否为新文书的首页"),
        "volume.order": ("册的次序有误", "核对 batch.yaml 中各册的编号"),
        "volume.internal": ("检察内卷材料出现在对外卷册中", "移入检察内卷后再开放阅卷"),
        "volume.loose": ("卷外材料被订入卷册", "本院习惯装订的，无需处理；否则作卷外材料移交"),
        "volume.front": ("封面、目录或备考表不在其位", "检查页序，是否混入另一册"),
        "document.continuation.ask": ("可能另起一份文书", "查看此页是否为新文书首页，是则补题名"),
        "document.edited": ("目录经人工更正", ""),
        "catalogue.edit.ask": ("人工更正找不到对应文书", "查看扫描件是否变动，在正确位置重新更正"),
        "catalogue.paper.ask": ("与纸质目录不一致", "对照两者，填入正确的一项"),
        "catalogue.paper.alike": ("与纸质目录仅形近字不同", ""),
        "catalogue.paper.taken": ("取自纸质目录", ""),
        "document.field.ask": ("日期或文号未读出", "对照原件补入；原件没有的无需处理"),
        "document.person.ask": ("题名中的姓名与当事人形近", "对照原件核对姓名，更正题名或 batch.yaml"),
        "catalogue.row.ask": ("纸质目录所列文书未找到", "查看是否题名不同，或确有缺失"),
        "case.incomplete": ("案卷缺少应有文书", "查看是否题名不同；缺失的补齐，或修改 completeness.yaml"),
        "document.page.order": ("页内页次不连续", "对照原件检查有无缺页、错页"),
        "folio.inferred": ("页号由前后页推定", ""),
        "folio.counted": ("未见页号，按顺序编号", ""),
        "folio.sequence": ("页号不连续", "对照纸质卷宗的页号，检查有无缺页、错位"),
        "search.recreated": ("全文索引已重建", ""),
    ]
}

extension Publisher {
    /// What a finding is called in the operator's language; its own message for one from a newer version.
    public static func name(of finding: Finding) -> String { FindingKind.known(finding.id)?.name ?? finding.message }
}
