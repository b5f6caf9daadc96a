@testable import Assembly
import DossierModel
import Foundation
import Hashing
import TestTools
import Testing

@Suite struct LayeredPageTests {
    private let parts: SampleParts

    init() throws { parts = try SampleParts() }

    /// Paper, colours painted through a mask, a stencil in one ink, a kept region.
    private func layeredPage(rotation: QuarterTurn = .none, skew: Double = 0) -> VolumePlan.Page {
        let whole = PixelRect(x: 0, y: 0, width: 120, height: 160)
        func layer(_ part: PageImage.Part, _ role: PageImage.Layer.Role, _ place: PixelRect, ink: [UInt8]? = nil) -> PageImage.Part {
            var part = part
            part.layer = PageImage.Layer(role, place: place, ink: ink)
            if role == .mask || role == .stencil { part.colourSpace = nil }
            return part
        }
        let layers = [
            layer(parts.jpeg(), .background, whole),
            layer(parts.predicted(12, 16), .foreground, whole),
            layer(parts.bitonal(240, 320) { x, y in x > 120 && y < 100 }, .mask, whole),
            layer(parts.bitonal(120, 160) { x, y in x < 40 && y > 120 }, .stencil, whole, ink: [0, 0, 255]),
            layer(parts.predicted(32, 32), .region, PixelRect(x: 48, y: 96, width: 32, height: 32)),
            layer(parts.bitonal(32, 32) { x, y in x >= 16 || y >= 16 }, .mask, PixelRect(x: 48, y: 96, width: 32, height: 32)),
        ]
        var page = parts.page([parts.jpeg()], rotation: rotation, skew: skew, size: PixelSize(width: 120, height: 160))
        page.image = PageImage(size: PixelSize(width: 120, height: 160), mode: .colour, origin: .layered, parts: layers)
        return page
    }

    @Test func layersPassVeraPDFAndQPDF() throws {
        let path = try parts.write(parts.plan([layeredPage(), layeredPage(rotation: .clockwise90, skew: 1.2)]))
        if let verdict = try VeraPDF.check([path]) { #expect(verdict.passes, "\(verdict.words)") }
    }

    @Test func everyLayerIsAmongTheStreamsOfItsPageMasksIncluded() throws {
        let page = layeredPage()
        let path = try parts.write(parts.plan([page, parts.page([parts.jpeg()])]))
        #expect(try VolumeInspector.pages(path).map { $0.streams?.map(\.sha256) } == [page.image.parts.map(\.digest), [parts.jpeg().digest]])
    }

    @Test func aMaskIsPaintedThroughAndNotDrawn() throws {
        let page = layeredPage()
        let content = ImageLayer(page: page, box: PageBox(geometry: page.geometry, dpi: page.dpi)).operators()
        #expect(content.components(separatedBy: " Do").count == 5)
        #expect(!content.contains("/I2 ") && content.contains("0 0 1 rg"))
    }
}
