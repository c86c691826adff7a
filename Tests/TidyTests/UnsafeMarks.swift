/// Where the mark `unsafe` may stand. Strict memory safety makes the compiler demand the mark; this list says where one
/// may be given.
enum UnsafeMarks {
  /// Whole modules: the home of engine calls, the chunk views and the kernels.
  static let modules: Set<String> = ["LMDB", "ColumnStore", "Columns"]

  /// Single files, each a safe door before a C call.
  static let files: Set<String> = [
    "Sources/Commands/System.swift",
    "Sources/OrderStore/FileSystem.swift",
    "Sources/Intake/FileDescriptor.swift",
    "Sources/Intake/GB18030Converter.swift",
    "Sources/Intake/Inflater.swift",
    "Sources/Intake/ZstdDecompressor.swift",
  ]

  /// Marks elsewhere.
  static func findings(in sources: [RepositoryFile]) -> [String] {
    var findings: [String] = []
    for file in sources {
      guard let module = file.module, !modules.contains(module), !files.contains(file.path), let text = file.text
      else { continue }
      for line in SwiftCode(text).lines(with: "unsafe") {
        findings.append("\(file.path):\(line): unsafe outside the places named in Tests/TidyTests/UnsafeMarks.swift")
      }
    }
    return findings
  }
}
