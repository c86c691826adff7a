/// One key figure is one file, one test file and one section of the reference.
enum KPIFiles {
  static let reference = "Documentation/Reference/KPIs.md"

  /// The ids that a source file defines: lines with `id: "K10"`.
  static func ids(in file: RepositoryFile) -> [String] {
    guard let text = file.text else { return [] }
    var ids: [String] = []
    for line in text.split(whereSeparator: \.isNewline) {
      guard let start = line.firstRange(of: "id: \"K") else { continue }
      let id = "K" + line[start.upperBound...].prefix { $0.isNumber }
      if id.count > 1 && !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  /// The ids that the reference has a heading for.
  static func sections(in reference: RepositoryFile) -> Set<String> {
    var ids: Set<String> = []
    for line in (reference.text ?? "").split(whereSeparator: \.isNewline) where line.hasPrefix("#") {
      for word in line.split(whereSeparator: { !($0.isLetter || $0.isNumber) }) where isID(word) {
        ids.insert(String(word))
      }
    }
    return ids
  }

  private static func isID(_ word: Substring) -> Bool {
    word.count >= 3 && word.first == "K" && word.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// Figures without a test file; once the reference exists, also figures without a section and sections without a
  /// figure.
  static func findings(in repository: Repository) -> [String] {
    var findings: [String] = []
    var defined: Set<String> = []
    let reference = repository.file(Self.reference)
    let sections = reference.map(sections(in:)) ?? []
    for file in repository.sources where file.module == "KPIs" {
      let ids = ids(in: file)
      guard !ids.isEmpty else { continue }
      defined.formUnion(ids)
      let test = "Tests/KPIsTests/\(file.name.dropLast(".swift".count))Tests.swift"
      if repository.file(test) == nil { findings.append("\(file.path): no \(test)") }
      guard reference != nil else { continue }
      for id in ids where !sections.contains(id) {
        findings.append("\(file.path): no section for \(id) in \(Self.reference)")
      }
    }
    for id in sections.subtracting(defined).sorted() {
      findings.append("\(Self.reference): a section for \(id), which no file under Sources/KPIs defines")
    }
    return findings
  }
}
