import Testing

/// Imports point down the table only, never sideways; outside code sits where it is named.
struct LayeringTests {
  let repository = Repository.current

  @Test func `the table points downward`() {
    let findings = Layering.current.tableFindings()
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  @Test func `the package has the modules of the table and no further dependencies`() throws {
    let manifest = PackageManifest(try #require(repository.file("Package.swift")?.text))
    let findings = Layering.current.findings(in: manifest)
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  @Test func `every source file imports what its module may import`() throws {
    let manifest = PackageManifest(try #require(repository.file("Package.swift")?.text))
    #expect(repository.sources.count > 50, "the sources were not found")
    let findings = Layering.current.findings(in: repository.sources, manifest: manifest)
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  // That the checks can fail.

  let small = Layering(modules: [
    "Floor": Layering.Module(layer: 0),
    "Wall": Layering.Module(layer: 1, imports: ["Floor"], outside: ["Glibc"]),
    "Door": Layering.Module(layer: 1, imports: ["Floor"]),
  ])
  let manifest = PackageManifest(
    """
    .target(name: "Floor"), .target(name: "Wall", dependencies: ["Floor"]), .target(name: "Door")
    """)

  @Test func `a row that points sideways or nowhere is found`() {
    var table = small
    #expect(table.tableFindings().isEmpty)
    table.modules["Wall"]?.imports.insert("Door")
    table.modules["Door"]?.imports.insert("Roof")
    #expect(
      table.tableFindings() == [
        "Door may import Roof, which is in no row", "Wall (layer 1) may import Door (layer 1): not downward",
      ])
  }

  @Test func `a target without a row, a row without a target and a dependency too many are found`() {
    #expect(small.findings(in: manifest).isEmpty)
    let other = PackageManifest(
      #".target(name: "Floor", dependencies: ["Wall"]), .target(name: "Wall"), .target(name: "Roof")"#)
    #expect(
      small.findings(in: other) == [
        "the table has a row for Door, Package.swift has no such target",
        "Package.swift lets Floor depend on Wall, the table does not",
        "Package.swift has a target Roof, the table has no row for it",
      ])
  }

  @Test func `downward imports and named outside code pass`() {
    let files = [
      RepositoryFile(path: "Sources/Wall/A.swift", text: "internal import Floor\ninternal import Glibc"),
      RepositoryFile(path: "Sources/Floor/B.swift", text: "// import Wall\n"),
    ]
    #expect(small.findings(in: files, manifest: manifest).isEmpty)
  }

  @Test(arguments: [
    ("Sources/Floor/A.swift", "import Wall", "Sources/Floor/A.swift:1: Floor may not import Wall"),
    ("Sources/Wall/A.swift", "\nimport Door", "Sources/Wall/A.swift:2: Wall may not import Door"),
    (
      "Sources/Door/A.swift", "internal import Floor",
      "Sources/Door/A.swift:1: Floor is not among the dependencies of Door in Package.swift"
    ),
    (
      "Sources/Wall/A.swift", "public import Foundation",
      "Sources/Wall/A.swift:1: Wall may not import Foundation, which is outside code"
    ),
    (
      "Sources/Door/A.swift", "import Glibc",
      "Sources/Door/A.swift:1: Door may not import Glibc, which is outside code"
    ),
    ("Sources/Roof/A.swift", "import Floor", "Sources/Roof/A.swift: module Roof has no row in the table"),
  ])
  func `a wrong import is found`(path: String, text: String, finding: String) {
    #expect(small.findings(in: [RepositoryFile(path: path, text: text)], manifest: manifest) == [finding])
  }
}
