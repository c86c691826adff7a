/// What pure modules never do: read a clock, a file, the environment or a random source, or print.
enum Purity {
  static let modules: Set<String> = [
    "Calendars", "OrderModel", "Columns", "Workload", "KPIs", "QueryLanguage", "Reports",
  ]

  /// Calls that give it away. A method of the same name (`path.open(`) is something else, and so is a function that the
  /// file declares itself.
  static let banned = [
    "Date()", "UUID()", "SystemRandomNumberGenerator", ".random(", ".randomElement(", ".shuffle(", ".shuffled(",
    "print(", "debugPrint(", "readLine(", "getenv", "clock_gettime", "gettimeofday", "ContinuousClock",
    "SuspendingClock", "fopen", "open(",
  ]

  /// Uses of what is banned, in the pure modules among `sources`.
  static func findings(in sources: [RepositoryFile]) -> [String] {
    var findings: [String] = []
    for file in sources {
      guard let module = file.module, modules.contains(module), let text = file.text else { continue }
      let code = SwiftCode(text)
      for word in banned where code.lines(with: "func " + word).isEmpty {
        for line in code.lines(with: word, notAfter: ["."]) {
          findings.append("\(file.path):\(line): \(word) in the pure module \(module)")
        }
      }
    }
    return findings
  }
}
