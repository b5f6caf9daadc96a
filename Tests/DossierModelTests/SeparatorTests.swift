import DossierModel
import Testing

@Suite struct SeparatorOrderTests {
    @Test(arguments: [
        (SeparatorOrder.openCase("海检刑诉受〔2024〕123号"), "DOSSIER:CASE:%E6%B5%B7%E6%A3%80%E5%88%91%E8%AF%89%E5%8F%97%E3%80%942024%E3%80%95123%E5%8F%B7"),
        (.openCase("A:1%2"), "DOSSIER:CASE:A%3A1%252"), (.openVolume(number: 2, kind: .evidence), "DOSSIER:VOL:2:evidence"),
        (.openVolume(number: 2, kind: nil), "DOSSIER:VOL:2"), (.openVolume(number: nil, kind: .internal), "DOSSIER:VOL::internal"),
        (.openVolume(number: nil, kind: nil), "DOSSIER:VOL:"), (.openDocument(title: nil), "DOSSIER:DOC"), (.openDocument(title: "A009"), "DOSSIER:DOC:A009"),
    ])
    func aPayloadIsReadAsItWasWritten(order: SeparatorOrder, payload: String) {
        #expect(order.payload == payload)
        #expect(SeparatorOrder.read(payload) == .order(order))
    }

    @Test(arguments: [
        ("PATCHT", SeparatorOrder.openDocument(title: nil)), ("dossier:doc:", .openDocument(title: nil)), ("DOSSIER:VOL:证据卷", .openVolume(number: nil, kind: .evidence)),
        ("DOSSIER:DOC:起诉意见书", .openDocument(title: "起诉意见书")), (" DOSSIER:VOL:3 \n", .openVolume(number: 3, kind: nil)),
        ("DOSSIER:CASE:甲:乙", .openCase("甲:乙")),
    ])
    func whatPeopleMayHaveWrittenIsUnderstood(payload: String, order: SeparatorOrder) {
        #expect(SeparatorOrder.read(payload) == .order(order))
    }

    @Test(arguments: ["DOSSIER", "DOSSIER:", "DOSSIER:CASE:", "DOSSIER:VOL:0", "DOSSIER:VOL:2:3:4", "DOSSIER:VOL:2:paper", "DOSSIER:PAGE:1"])
    func whatMeansToBeOursAndIsNotIsMalformed(payload: String) {
        let reading = SeparatorOrder.read(payload)
        let isMalformed = if case .malformed = reading { true } else { false }
        #expect(isMalformed, "\(payload) was taken for \(reading)")
    }

    @Test(arguments: ["", ":", "https://example.invalid/?DOSSIER:DOC", "DOSSIERS:DOC", "6901234567892", "ASN00123"])
    func whatOthersPrintIsForeign(payload: String) { #expect(SeparatorOrder.read(payload) == .foreign) }
}

@Suite struct SeparatorRuleTests {
    private func rules(_ change: (inout Settings.Separate) -> Void = { _ in }) throws -> SeparatorRules {
        var settings = Settings.Separate()
        change(&settings)
        return try SeparatorRules(settings)
    }

    private func isAsked(_ verdict: SeparatorVerdict) -> Bool { if case .ask = verdict { true } else { false } }

    private func reading(_ codes: (Barcode.Symbology, String)..., unread: Int = 0) -> BarcodeReading {
        let box = PixelRect(x: 0, y: 0, width: 9, height: 9)
        return BarcodeReading(codes: codes.map { Barcode(symbology: $0.0, payload: $0.1, box: box, turn: .none, score: 1) }, unread: Array(repeating: box, count: unread))
    }

    @Test func foreignCodesLeaveAPageAPage() throws {
        #expect(try rules().verdict(on: reading((.qr, "https://example.invalid"), (.code128, "12345")), glyphs: 200) == .no)
        #expect(try rules().verdict(on: .nothing, glyphs: 0) == .no)
    }

    @Test func oneOrderOfEachKindHoldsAndRepetitionIsNoContradiction() throws {
        let verdict = try rules().verdict(on: reading((.qr, "DOSSIER:CASE:A1"), (.code128, "DOSSIER:CASE:A1"), (.qr, "DOSSIER:VOL:2")), glyphs: 40)
        #expect(verdict.marks.map(\.order) == [.openCase("A1"), .openVolume(number: 2, kind: nil)])
        #expect(verdict.isSheet)
    }

    @Test func contradictionsMalformedPayloadsAndFullPagesAreAsked() throws {
        for (reading, glyphs) in [
            (reading((.qr, "DOSSIER:VOL:1"), (.qr, "DOSSIER:VOL:2")), 40), (reading((.qr, "DOSSIER:VOL:x")), 40), (reading((.qr, "DOSSIER:DOC")), 301),
            (reading((.patch, "6")), 40), (reading(unread: 1), 80),
        ] {
            #expect(isAsked(try rules().verdict(on: reading, glyphs: glyphs)), "\(reading)")
        }
        #expect(try rules().verdict(on: reading(unread: 1), glyphs: 81) == .no)
    }

    @Test func theOfficesPatternsGiveOtherCodesAMeaning() throws {
        let rules = try rules {
            $0.documentPattern = "TAG:(.+)"
            $0.stickerPattern = #"ASN\d{5}"#
            $0.volumePattern = #"BAND-(\w+)"#
            $0.casePattern = "FALL (.+)"
        }
        #expect(rules.verdict(on: reading((.qr, "TAG:A009")), glyphs: 9).marks.map(\.order) == [.openDocument(title: "A009")])
        #expect(rules.verdict(on: reading((.code39, "BAND-7")), glyphs: 9).marks.map(\.order) == [.openVolume(number: 7, kind: nil)])
        #expect(rules.verdict(on: reading((.code39, "FALL A1")), glyphs: 9).marks.map(\.order) == [.openCase("A1")])
        #expect(rules.verdict(on: reading((.code39, "xTAG:A009")), glyphs: 9) == .no)
        let sticker = rules.verdict(on: reading((.code39, "ASN00123")), glyphs: 900)
        #expect(sticker.marks.map(\.order) == [.openDocument(title: nil)] && !sticker.isSheet)
        #expect(isAsked(rules.verdict(on: reading((.code39, "BAND-blue")), glyphs: 9)))
    }

    @Test func patchCodesMeanWhatTheSettingsSay() throws {
        let rules = try rules { ($0.documentPatches, $0.volumePatches) = ("T, 2", "3") }
        #expect(rules.verdict(on: reading((.patch, "2")), glyphs: 9).marks.map(\.order) == [.openDocument(title: nil)])
        #expect(rules.verdict(on: reading((.patch, "3")), glyphs: 9).marks.map(\.order) == [.openVolume(number: nil, kind: nil)])
    }

    @Test func aBadPatternNamesItsKey() {
        #expect { _ = try rules { $0.volumePattern = "(" } } throws: { "\($0)".contains("separate.volumePattern") }
    }
}
