/// Who may import whom: the table of Documentation/Architecture.md as data, and the check of sources against it.
struct Layering {
  /// One module: its layer, the modules of this package it may import, and outside code.
  struct Module {
    var layer: Int
    var imports: Set<String> = []
    var outside: Set<String> = []
  }

  var modules: [String: Module]

  /// A new module is entered here and in Package.swift; a new import is a decision.
  static let current = Layering(modules: [
    "CLMDB": Module(layer: 0),
    "CZlib": Module(layer: 0),
    "CZstd": Module(layer: 0),
    "CChecksum": Module(layer: 0),
    "Calendars": Module(layer: 0),
    "OrderModel": Module(layer: 0),
    "LMDB": Module(layer: 1, imports: ["CLMDB"], outside: ["Glibc", "Synchronization"]),
    "Columns": Module(layer: 1),
    "OrderRules": Module(layer: 1, imports: ["OrderModel", "Calendars"]),
    "Workload": Module(layer: 1, imports: ["OrderModel"]),
    "ColumnStore": Module(
      layer: 2, imports: ["LMDB", "Columns", "CChecksum"], outside: ["Glibc", "Synchronization"]),
    "KPIs": Module(layer: 2, imports: ["Columns", "OrderModel", "Calendars"]),
    "QueryLanguage": Module(layer: 2, imports: ["Columns", "Calendars"]),
    "Reports": Module(layer: 2, imports: ["Columns", "Calendars", "CZlib", "CZstd"]),
    "OrderStore": Module(
      layer: 3, imports: ["ColumnStore", "Columns", "OrderModel"], outside: ["Dispatch", "Glibc", "Synchronization"]),
    "Analytics": Module(
      layer: 4, imports: ["OrderStore", "KPIs", "QueryLanguage", "Columns", "Calendars", "OrderModel"],
      outside: ["Dispatch", "Synchronization"]),
    "Intake": Module(
      layer: 4, imports: ["OrderStore", "OrderModel", "Calendars", "CZlib", "CZstd"],
      outside: ["Dispatch", "Glibc", "Synchronization", "TOMLKit"]),
    "Commands": Module(
      layer: 6,
      imports: [
        "Analytics", "Intake", "OrderStore", "KPIs", "QueryLanguage", "Reports", "Workload", "ColumnStore", "LMDB",
        "Columns", "Calendars", "OrderModel", "OrderRules",
      ],
      outside: ["ArgumentParser", "Glibc", "Synchronization", "TOMLKit"]),
    "OrderBase": Module(
      layer: 7, imports: ["OrderModel", "OrderRules", "OrderStore", "KPIs", "Analytics", "QueryLanguage"]),
    "orderbase": Module(layer: 7, imports: ["Commands"]),
    // Test tools under Tests.
    "StoreStress": Module(layer: 7, imports: ["OrderStore", "OrderModel", "LMDB", "CChecksum"]),
    "ShopTrial": Module(
      layer: 4, imports: ["OrderStore", "OrderModel", "Columns", "Workload"],
      outside: ["Dispatch", "Foundation", "Synchronization"]),
    "shop-trial": Module(layer: 7, imports: ["ShopTrial"], outside: ["Foundation"]),
  ])

  /// Rows of the table that point sideways or upward.
  func tableFindings() -> [String] {
    modules.sorted { $0.key < $1.key }.flatMap { name, module in
      module.imports.sorted().compactMap { imported in
        guard let target = modules[imported] else { return "\(name) may import \(imported), which is in no row" }
        return target.layer < module.layer
          ? nil : "\(name) (layer \(module.layer)) may import \(imported) (layer \(target.layer)): not downward"
      }
    }
  }

  /// Where Package.swift and the table differ.
  func findings(in manifest: PackageManifest) -> [String] {
    var findings: [String] = []
    for name in modules.keys.sorted() where manifest.modules[name] == nil {
      findings.append("the table has a row for \(name), Package.swift has no such target")
    }
    for (name, dependencies) in manifest.modules.sorted(by: { $0.key < $1.key }) {
      guard let module = modules[name] else {
        findings.append("Package.swift has a target \(name), the table has no row for it")
        continue
      }
      for dependency in dependencies.sorted() where !module.imports.union(module.outside).contains(dependency) {
        findings.append("Package.swift lets \(name) depend on \(dependency), the table does not")
      }
    }
    return findings
  }

  /// Imports in `sources` that the table or Package.swift does not allow.
  func findings(in sources: [RepositoryFile], manifest: PackageManifest) -> [String] {
    var findings: [String] = []
    for file in sources {
      guard let name = file.module, let text = file.text else { continue }
      guard let module = modules[name] else {
        findings.append("\(file.path): module \(name) has no row in the table")
        continue
      }
      for (line, imported) in SwiftCode(text).imports where imported != "Swift" {
        let place = "\(file.path):\(line)"
        if modules[imported] != nil {
          if !module.imports.contains(imported) {
            findings.append("\(place): \(name) may not import \(imported)")
          } else if manifest.modules[name]?.contains(imported) != true {
            findings.append("\(place): \(imported) is not among the dependencies of \(name) in Package.swift")
          }
        } else if !module.outside.contains(imported) {
          findings.append("\(place): \(name) may not import \(imported), which is outside code")
        }
      }
    }
    return findings
  }
}
