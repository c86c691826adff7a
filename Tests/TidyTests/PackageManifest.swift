/// The targets of a Package.swift with what each depends on, read from its text.
struct PackageManifest {
  /// Library, executable, system and plain targets; not tests.
  var modules: [String: Set<String>] = [:]

  init(_ text: String) {
    for kind in [".target(", ".executableTarget(", ".systemLibrary("] {
      var rest = Substring(text)
      while let start = rest.firstRange(of: kind) {
        rest = rest[start.upperBound...]
        let arguments = Self.balanced(rest, open: "(", close: ")")
        guard let name = Self.strings(in: Self.after("name:", in: arguments)).first else { continue }
        let list = Self.after("dependencies:", in: arguments).drop { $0 != "[" }.dropFirst()
        modules[name] = Set(Self.dependencies(in: Self.balanced(list, open: "[", close: "]")))
      }
    }
  }

  /// The text up to the bracket that closes what is open already.
  private static func balanced(_ text: Substring, open: Character, close: Character) -> Substring {
    var depth = 1
    for index in text.indices {
      if text[index] == open { depth += 1 }
      if text[index] == close { depth -= 1 }
      if depth == 0 { return text[..<index] }
    }
    return text
  }

  private static func after(_ label: String, in text: Substring) -> Substring {
    guard let range = text.firstRange(of: label) else { return "" }
    return text[range.upperBound...]
  }

  /// The names in a list of `"Module"` and `.product(name: "Module", package: "…")`.
  private static func dependencies(in list: Substring) -> [String] {
    var names: [String] = []
    var isPackage = false
    for (index, part) in list.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 0 {
        isPackage = part.contains("package:")
      } else if !isPackage {
        names.append(String(part))
      }
    }
    return names
  }

  private static func strings(in text: Substring) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }
}
