// swift-tools-version: 6.3
import PackageDescription

// The modules, the question each answers and who may import whom stand in Documentation/Architecture.md;
// Tests/TidyTests compares that table with the import lines of every source file.

let common: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]
/// Every target under Sources.
let shipped = common + [.strictMemorySafety()]
/// The modules that declare spans lent from storage.
let lending = shipped + [.enableExperimentalFeature("Lifetimes")]

let package = Package(
  name: "orderbase",
  products: [
    .library(name: "OrderBase", targets: ["OrderBase"]),
    .library(name: "LMDB", targets: ["LMDB"]),
    .library(name: "ColumnStore", targets: ["ColumnStore"]),
    .executable(name: "orderbase", targets: ["orderbase"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // Layer 0
    .systemLibrary(name: "CLMDB", providers: [.apt(["liblmdb-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CChecksum"),
    .target(name: "Calendars", swiftSettings: shipped),
    .target(name: "OrderModel", swiftSettings: shipped),

    // Layer 1
    .target(name: "LMDB", dependencies: ["CLMDB"], swiftSettings: lending),
    .target(name: "Columns", swiftSettings: lending),
    .target(name: "OrderRules", dependencies: ["OrderModel", "Calendars"], swiftSettings: shipped),
    .target(name: "Workload", dependencies: ["OrderModel"], swiftSettings: shipped),

    // Layer 2
    .target(name: "ColumnStore", dependencies: ["LMDB", "Columns", "CChecksum"], swiftSettings: lending),
    .target(name: "KPIs", dependencies: ["Columns", "OrderModel", "Calendars"], swiftSettings: shipped),
    .target(name: "QueryLanguage", dependencies: ["Columns", "Calendars"], swiftSettings: shipped),
    .target(name: "Reports", dependencies: ["Columns", "Calendars"], swiftSettings: shipped),

    // Layer 3
    .target(
      name: "OrderStore", dependencies: ["ColumnStore", "Columns", "OrderModel"], swiftSettings: shipped),

    // Layer 4
    .target(
      name: "Analytics",
      dependencies: ["OrderStore", "KPIs", "QueryLanguage", "Columns", "Calendars", "OrderModel"],
      swiftSettings: shipped),
    .target(
      name: "Intake",
      dependencies: ["OrderStore", "OrderModel", "Calendars", "CZlib", "CZstd", "TOMLKit"],
      swiftSettings: shipped),

    // Layer 6
    .target(
      name: "Commands",
      dependencies: [
        "Analytics", "Intake", "OrderStore", "KPIs", "QueryLanguage", "Reports", "Workload", "Columns", "Calendars",
        "OrderModel", "OrderRules",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: shipped),
    .target(
      name: "OrderBase",
      dependencies: ["OrderModel", "OrderRules", "OrderStore", "KPIs", "Analytics", "QueryLanguage"],
      swiftSettings: shipped),
    .executableTarget(name: "orderbase", dependencies: ["Commands"], swiftSettings: shipped),

    // What the tests of the whole store and their long runs share.
    .target(
      name: "ShopTrial", dependencies: ["OrderStore", "OrderModel", "Columns", "Workload"], path: "Tests/ShopTrial",
      swiftSettings: common),
    .executableTarget(
      name: "shop-trial", dependencies: ["ShopTrial"], path: "Tests/shoptrial-tool", swiftSettings: common),

    // Tests
    .testTarget(name: "TidyTests", swiftSettings: common),
    .testTarget(name: "CalendarsTests", dependencies: ["Calendars"], swiftSettings: common),
    .testTarget(name: "OrderModelTests", dependencies: ["OrderModel"], swiftSettings: common),
    .testTarget(
      name: "OrderRulesTests", dependencies: ["OrderRules", "OrderModel", "Calendars"], swiftSettings: common),
    .testTarget(name: "LMDBTests", dependencies: ["LMDB"], exclude: ["MustNotCompile"], swiftSettings: common),
    .testTarget(name: "ColumnsTests", dependencies: ["Columns"], swiftSettings: common),
    .testTarget(name: "WorkloadTests", dependencies: ["Workload", "OrderModel"], swiftSettings: common),
    .testTarget(name: "ColumnStoreTests", dependencies: ["ColumnStore", "LMDB"], swiftSettings: common),
    .testTarget(
      name: "KPIsTests", dependencies: ["KPIs", "Calendars", "OrderModel", "Columns"], swiftSettings: common),
    .testTarget(name: "QueryLanguageTests", dependencies: ["QueryLanguage", "Calendars"], swiftSettings: common),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "Columns"], swiftSettings: common),
    .testTarget(
      name: "OrderStoreTests", dependencies: ["OrderStore", "OrderModel", "Columns", "ColumnStore", "Workload"],
      swiftSettings: common),
    .testTarget(
      name: "AnalyticsTests",
      dependencies: [
        "Analytics", "Intake", "OrderStore", "OrderModel", "KPIs", "QueryLanguage", "Workload", "Columns", "Calendars",
      ],
      exclude: ["Fixtures"], swiftSettings: common),
    .testTarget(
      name: "IntakeTests", dependencies: ["Intake", "OrderStore", "OrderModel", "Calendars"], swiftSettings: common),
    .testTarget(name: "CommandsTests", dependencies: ["Commands", "OrderStore"], swiftSettings: common),
    // ModelRunTests are quick, the other suites slow.
    .testTarget(name: "ModelTests", dependencies: ["ShopTrial", "shop-trial"], swiftSettings: common),
    // Slow kinds, targets of their own: `swift test` selects by name only.
    .testTarget(name: "ReferenceTests", dependencies: ["Commands"], swiftSettings: common),
    .testTarget(
      name: "DurabilityTests", dependencies: ["Commands", "OrderStore", "OrderModel"], swiftSettings: common),
    // Loses the power, kills and fails the disk under a store; a program of its own, for DurabilityTests.
    .executableTarget(
      name: "StoreStress", dependencies: ["OrderStore", "OrderModel", "LMDB", "CChecksum"], path: "Tests/StoreStress",
      exclude: ["Recorder"], swiftSettings: common),
  ],
  swiftLanguageModes: [.v6]
)
