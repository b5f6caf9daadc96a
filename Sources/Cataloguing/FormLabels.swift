/// What stands before the fields of forms, and what is written into a field that has no value. None of it is a person's name.
enum FormLabels {
    /// At the head of a statement.
    static let statement = ["性别", "出生", "身份证", "住址", "记录人", "地点", "时间", "工作单位", "户籍", "文化程度", "曾用名"].map(\.compacted)

    /// Everything that ends the value before it.
    static let all =
        statement
        + [
            "姓名", "年龄", "民族", "国籍", "籍贯", "身份", "公民身份", "证件", "号码", "现住", "住所", "家庭住址", "职业", "职务", "职称", "单位", "工作", "电话", "联系", "签名",
            "别名", "绰号", "化名", "又名", "学历", "婚姻", "政治面貌", "前科", "案由", "罪名", "曾用", "日期", "序号", "文号", "题名", "责任者", "页号", "备注", "编号", "数量", "关系", "账号", "账户", "家属", "签字", "盖章", "被害人", "被告人", "证人", "嫌疑人", "见证人", "代理人",
        ].map(\.compacted)

    private static let empty = ["无", "不详", "未知", "不明", "同上", "以下空白", "男", "女", "汉族"].map(\.compacted)

    static func begin(_ glyphs: some Collection<Unicode.Scalar>) -> Bool { all.contains { glyphs.starts(with: $0) } }

    /// What a field holds that nobody filled in.
    static func isEmpty(_ glyphs: some Collection<Unicode.Scalar>) -> Bool { empty.contains { glyphs.elementsEqual($0) } }
}

/// The form of a person's name.
enum NameForm {
    static let dots: Set<Unicode.Scalar> = ["·", "•", "・", "‧"]
    /// Names of peoples with long names are written with a middle dot.
    private static let longest = 20

    /// Two to four ideographs, or more with a middle dot between them; no label, and no word for an empty field.
    static func fits(_ glyphs: some BidirectionalCollection<Unicode.Scalar>) -> Bool {
        guard let first = glyphs.first, let last = glyphs.last, first.isHan, last.isHan, glyphs.allSatisfy({ $0.isHan || dots.contains($0) }) else { return false }
        let isDotted = glyphs.contains(where: dots.contains)
        return (2...(isDotted ? longest : 4)).contains(glyphs.count) && !FormLabels.begin(glyphs) && !FormLabels.isEmpty(glyphs)
    }

    /// What goes on after a name in a sentence and begins no further character of one.
    private static let continuations = [
        "因", "于", "涉", "系", "是", "的", "被", "及", "等", "对", "向", "将", "从", "在", "犯", "等人", "执行", "进行", "予以", "采取", "一案", "盗窃", "诈骗", "故意", "非法", "签", "阅", "承认", "供述",
        "陈述", "称", "说", "到案", "伙同", "伤害", "危险", "交通", "之", "侦查", "刑事", "询问", "讯问", "辨认", "全程", "第", "也", "已", "到", "和另", "和其", "先后", "名下", "抓获", "有重大", "补充", "退回",
        "逮捕", "拘留", "取保", "监视", "释放", "移送", "起诉", "认罪", "家",
    ].map(\.compacted)

    /// Whether a name may end here: 王小明 does not in 王小明华.
    static func ends(before rest: some Collection<Unicode.Scalar>) -> Bool {
        guard let next = rest.first, next.isHan || dots.contains(next) else { return true }
        return FormLabels.begin(rest) || ["男", "女"].contains(next) || continuations.contains { rest.starts(with: $0) }
    }
}
