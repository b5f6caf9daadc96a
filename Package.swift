// swift-tools-version: 6.2
import PackageDescription

/// The map of the house. A room is a target that either stops an import (a C library, the database, the
/// argument parser) or is pure. Values flow left to right; CONTRIBUTING.md walks through the rooms in that order.
let language: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // Only our own targets: what a dependency warns of is not ours to mend.
    .treatAllWarnings(as: .error),
]

/// Pixel loops are a hundred times slower without the optimiser, and the tests run them by the million.
let optimisedEvenInDebug: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A pure room.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: language)
}

/// A room that owns a C library: every unsafe expression is spelled out.
func wrapper(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, resources: resources,
        swiftSettings: language + [.strictMemorySafety()] + optimisedEvenInDebug)
}

/// A C library of the system: a module map and what Swift cannot call.
func binding(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/Bindings/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [], drawsPixels: Bool = false
) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, resources: resources,
        swiftSettings: language + (drawsPixels ? optimisedEvenInDebug : []))
}

let package = Package(
    name: "dossier",
    products: [
        .executable(name: "dossier", targets: ["dossier"]),
        .executable(name: "dossier-samples", targets: ["dossier-samples"]),
        .executable(name: "dossier-bench", targets: ["dossier-bench"]),
        .executable(name: "reader-bench", targets: ["reader-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    ],
    targets: [
        // C libraries
        binding("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
        binding("CTIFF", pkgConfig: "libtiff-4", apt: "libtiff-dev"),
        binding("CPNG", pkgConfig: "libpng", apt: "libpng-dev"),
        binding("CTurboJPEG", pkgConfig: "libturbojpeg", apt: "libturbojpeg0-dev"),
        binding("CPoppler", pkgConfig: "poppler-glib", apt: "libpoppler-glib-dev"),
        binding("CLeptonica", pkgConfig: "lept", apt: "libleptonica-dev"),
        binding("CTesseract", pkgConfig: "tesseract", apt: "libtesseract-dev"),
        binding("CPango", pkgConfig: "pangocairo", apt: "libpango1.0-dev"),
        binding("CLCMS", pkgConfig: "lcms2", apt: "liblcms2-dev"),
        binding("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        binding("CZBar", pkgConfig: "zbar", apt: "libzbar-dev"),
        binding("CQREncode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),
        binding("CCMark", pkgConfig: "libcmark", apt: "libcmark-dev"),
        .systemLibrary(name: "CCUPS", path: "Sources/Bindings/CCUPS", providers: [.apt(["libcups2-dev"])]),
        .systemLibrary(
            name: "CQPDFSystem", path: "Sources/Bindings/CQPDFSystem", pkgConfig: "libqpdf",
            providers: [.apt(["libqpdf-dev"])]),
        .target(
            name: "CQPDF", dependencies: ["CQPDFSystem"], path: "Sources/Bindings/CQPDF", cxxSettings: [.treatAllWarnings(as: .error)]),
        .target(name: "COpenVINO", path: "Sources/Bindings/COpenVINO", cSettings: [.treatAllWarnings(as: .error)]),

        // The words, as values
        room("DossierModel"),
        wrapper("Hashing", ["DossierModel", "CCrypto"]),
        room("Installation", ["DossierModel"]),

        // Left to right
        wrapper("PDFObjects", ["DossierModel", "Hashing", "CQPDF"]),
        // No library: pixels are read through pointers, which is what makes it a wrapper.
        wrapper("JBIG2", []),
        wrapper("ImageCodecs", ["DossierModel", "Hashing", "JBIG2", "PDFObjects", "CTIFF", "CPNG", "CTurboJPEG", "CPoppler", "CZlib"]),
        wrapper("Imaging", ["DossierModel", "CLeptonica"]),
        wrapper("Barcodes", ["DossierModel", "Imaging", "CZBar", "CQREncode"]),
        // Pixels are read through pointers.
        wrapper("Layering", ["DossierModel", "Hashing", "ImageCodecs", "Imaging"]),
        wrapper("Recognition", ["DossierModel", "Hashing", "Installation", "COpenVINO", "CTesseract"]),
        room("Cataloguing", ["DossierModel", "Yams"], resources: [.copy("Knowledge")]),
        room("QualityControl", ["DossierModel"]),
        wrapper("Typesetting", ["DossierModel", "Installation", "CPango"]),
        room("VolumeSheets", ["DossierModel", "Typesetting"]),
        room("SeparatorSheets", ["DossierModel", "Barcodes", "Typesetting"]),
        wrapper("Assembly", ["DossierModel", "Hashing", "PDFObjects", "Typesetting", "CLCMS"]),
        room("Archive", ["DossierModel", "Hashing", .product(name: "GRDB", package: "GRDB.swift"), "Yams"]),
        room("Search", ["DossierModel", .product(name: "GRDB", package: "GRDB.swift")]),
        room("Publishing", ["DossierModel", "Hashing"]),
        room(
            "Pipeline",
            [
                "DossierModel", "Hashing", "ImageCodecs", "Imaging", "Barcodes", "Layering", "Recognition", "Cataloguing", "QualityControl", "Typesetting",
                "VolumeSheets", "Assembly", "Archive", "Search", "Publishing",
            ]),

        // Legal documents: a template and values become laid-out pages, a numbered PDF, a print job
        wrapper(
            "LegalDocuments",
            ["DossierModel", "Typesetting", "CCMark", "Yams", .product(name: "Mustache", package: "swift-mustache")],
            resources: [.copy("Templates")]),
        wrapper("Printing", ["DossierModel", "Hashing", "CCUPS"]),
        room("Issuing", ["DossierModel", "Hashing", "Archive", "Cataloguing", "LegalDocuments", "Typesetting", "Assembly", "Printing"]),

        // The case in the browser
        room(
            "Reader",
            [
                "DossierModel", "Hashing", "Archive", "ImageCodecs", "Imaging", "Publishing", "Search",
                .product(name: "Hummingbird", package: "hummingbird"), .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            resources: [.copy("Site")]),

        // Invented cases with their truth
        wrapper("SampleCases", ["DossierModel", "Hashing", "Typesetting", "Imaging", "ImageCodecs", "Barcodes", "SeparatorSheets"]),

        // Commands
        room(
            "DossierCommands",
            [
                "DossierModel", "Hashing", "Archive", "Recognition", "Cataloguing", "Pipeline", "Search", "Publishing", "Assembly",
                "LegalDocuments", "Issuing", "Printing", "Reader", "Barcodes", "SeparatorSheets", "Typesetting", .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "dossier", dependencies: ["DossierCommands"], swiftSettings: language),
        .executableTarget(
            name: "dossier-samples",
            dependencies: ["SampleCases", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: language),
        .executableTarget(
            name: "dossier-bench",
            dependencies: [
                "DossierModel", "Barcodes", "Cataloguing", "ImageCodecs", "Imaging", "JBIG2", "Layering", "Pipeline", "QualityControl", "Recognition", "SampleCases",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/dossier-bench", swiftSettings: language),
        .executableTarget(
            name: "reader-bench",
            dependencies: [
                "DossierModel", "Archive", "Reader", "ReaderFixtures",
                .product(name: "ArgumentParser", package: "swift-argument-parser"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/reader-bench", swiftSettings: language),

        // Tests
        .target(
            name: "TestTools", dependencies: ["Installation"], path: "Tests/Support/TestTools", swiftSettings: language),
        tests("DossierModel"),
        tests("Hashing", ["DossierModel"]),
        tests("Installation", ["DossierModel"]),
        tests("PDFObjects", ["DossierModel"]),
        tests("JBIG2", ["DossierModel", "ImageCodecs", "TestTools"], drawsPixels: true),
        tests("ImageCodecs", ["DossierModel", "Hashing", "PDFObjects"], drawsPixels: true),
        tests("Imaging", ["DossierModel"], drawsPixels: true),
        tests("Barcodes", ["DossierModel", "ImageCodecs", "SeparatorSheets", "Typesetting"], drawsPixels: true),
        tests("Layering", ["DossierModel", "ImageCodecs"], drawsPixels: true),
        tests("Recognition", ["DossierModel", "Installation", "Typesetting"], resources: [.copy("Resources")]),
        tests("Cataloguing", ["DossierModel"]),
        tests("QualityControl", ["DossierModel", "Imaging", "SampleCases"], drawsPixels: true),
        tests("Typesetting", ["DossierModel"], drawsPixels: true),
        tests("VolumeSheets", ["DossierModel", "Typesetting"]),
        tests("Assembly", ["DossierModel", "ImageCodecs", "PDFObjects", "Hashing", "Installation", "Typesetting", "TestTools"]),
        tests("Archive", ["DossierModel", "Hashing"]),
        tests("Search", ["DossierModel"]),
        tests("Publishing", ["DossierModel", "Hashing", "TestTools"]),
        .executableTarget(
            name: "fault-worker", dependencies: ["DossierModel", "Archive", "Pipeline"], path: "Tests/Support/fault-worker",
            swiftSettings: language),
        tests("Pipeline", ["DossierModel", "Archive", "Cataloguing", "Hashing", "ImageCodecs", "Publishing", "fault-worker"]),
        tests("SampleCases", ["DossierModel", "Hashing", "Imaging", "ImageCodecs", "Typesetting"], drawsPixels: true),
        tests("LegalDocuments", ["DossierModel", "Typesetting"]),
        tests("Printing", ["DossierModel", "Hashing", "TestTools"]),
        tests("Issuing", ["DossierModel", "Hashing", "Archive", "Installation", "LegalDocuments", "Printing", "Typesetting", "TestTools", "dossier"]),
        .target(
            name: "ReaderFixtures", dependencies: ["DossierModel", "Hashing", "Archive", "Search", "Publishing", "ImageCodecs"],
            path: "Tests/Support/ReaderFixtures", swiftSettings: language + optimisedEvenInDebug),
        tests(
            "Reader",
            [
                "DossierModel", "Archive", "ImageCodecs", "ReaderFixtures",
                .product(name: "Hummingbird", package: "hummingbird"), .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ], drawsPixels: true),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["DossierModel", "Hashing", "ImageCodecs", "TestTools", "dossier", "dossier-samples", "fault-worker"],
            swiftSettings: language),
    ],
    cxxLanguageStandard: .cxx17
)
