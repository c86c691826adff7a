/// What no file of the repository may be or hold.
enum TrackedFiles {
  static let largestByteCount = 200 * 1_024

  /// Paths of one machine, and marks of unfinished work. Written in pieces, so that this file does not hold them.
  static let bannedTexts = ["/wo" + "rk/", ".libr" + "ary/", "TO" + "DO", "FIX" + "ME"]

  static func findings(in repository: Repository) -> [String] {
    var findings: [String] = []
    for file in repository.files {
      if file.bytes.count > largestByteCount {
        findings.append("\(file.path): \(file.bytes.count) bytes; at most \(largestByteCount) belong in git")
      }
      guard let text = file.text else { continue }
      for banned in bannedTexts where text.contains(banned) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
        where line.contains(banned) {
          findings.append("\(file.path):\(index + 1): holds '\(banned)'")
        }
      }
    }
    return findings
  }
}
