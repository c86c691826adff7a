import Testing

struct PackageManifestTests {
  @Test func `targets and their dependencies are read, tests are not`() {
    let manifest = PackageManifest(
      """
      products: [.library(name: "A", targets: ["A"])],
      targets: [
        .systemLibrary(name: "C", providers: [.apt(["libc"])]),
        .target(name: "A", swiftSettings: shipped),
        .target(
          name: "B",
          dependencies: [
            "A", "C",
            .product(name: "Outside", package: "swift-outside"),
          ], swiftSettings: shipped),
        .executableTarget(name: "tool", dependencies: ["B"]),
        .testTarget(name: "ATests", dependencies: ["A"]),
      ]
      """)
    #expect(manifest.modules == ["A": [], "B": ["A", "C", "Outside"], "C": [], "tool": ["B"]])
  }
}
