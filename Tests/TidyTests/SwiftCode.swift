/// Swift source with comments and the contents of string literals taken out, line by line.
struct SwiftCode {
  var lines: [String]

  init(_ text: String) {
    var code = ""
    var rest = Substring(text)
    while let first = rest.first {
      if rest.hasPrefix("//") {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix("/*") {
        Self.skipBlockComment(&rest, keepingLinesIn: &code)
      } else if rest.hasPrefix("\"\"\"") {
        code += "\"\""
        rest = rest.dropFirst(3)
        Self.skipLiteral(&rest, closing: "\"\"\"", keepingLinesIn: &code)
      } else if first == "\"" {
        code += "\"\""
        rest = rest.dropFirst()
        Self.skipLiteral(&rest, closing: "\"", keepingLinesIn: &code)
      } else {
        code.append(first)
        rest = rest.dropFirst()
      }
    }
    lines = code.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
  }

  /// The modules that the source imports, with line numbers from 1.
  var imports: [(line: Int, module: String)] {
    lines.enumerated().compactMap { index, line in
      var words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
      while let word = words.first, word.hasPrefix("@") || Self.accessLevels.contains(word) { words.removeFirst() }
      guard words.count >= 2, words[0] == "import" else { return nil }
      words.removeFirst()
      if Self.importKinds.contains(words[0]), words.count >= 2 { words.removeFirst() }
      let module = words[0].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      return (index + 1, String(module))
    }
  }

  /// Lines, from 1, on which `word` stands, not as a part of a longer name. `after` are characters that may not stand
  /// before it besides letters, digits and `_`.
  func lines(with word: String, notAfter: Set<Character> = []) -> [Int] {
    lines.enumerated().compactMap { index, line in
      var rest = Substring(line)
      var before: Character?
      while !rest.isEmpty {
        if rest.hasPrefix(word), Self.isFree(before, word: word, notAfter: notAfter),
          Self.endsFree(rest.dropFirst(word.count).first, word: word)
        {
          return index + 1
        }
        before = rest.removeFirst()
      }
      return nil
    }
  }

  private static let accessLevels: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
  private static let importKinds: Set<String> = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
  ]

  private static func isNamePart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  private static func isFree(_ before: Character?, word: String, notAfter: Set<Character>) -> Bool {
    guard let before, let first = word.first, isNamePart(first) else { return true }
    return !isNamePart(before) && !notAfter.contains(before)
  }

  private static func endsFree(_ next: Character?, word: String) -> Bool {
    guard let next, let last = word.last, isNamePart(last) else { return true }
    return !isNamePart(next)
  }

  private static func skipBlockComment(_ rest: inout Substring, keepingLinesIn code: inout String) {
    var depth = 0
    while let first = rest.first {
      if rest.hasPrefix("/*") {
        depth += 1
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("*/") {
        depth -= 1
        rest = rest.dropFirst(2)
        if depth == 0 { return }
      } else {
        if first.isNewline { code.append("\n") }
        rest = rest.dropFirst()
      }
    }
  }

  /// Raw strings are read like others; a quote inside one ends it early, which only hides less.
  private static func skipLiteral(_ rest: inout Substring, closing: String, keepingLinesIn code: inout String) {
    while let first = rest.first {
      if rest.hasPrefix(closing) {
        rest = rest.dropFirst(closing.count)
        return
      }
      if first.isNewline {
        code.append("\n")
        if closing.count == 1 { return }
      }
      rest = rest.dropFirst(first == "\\" ? 2 : 1)
    }
  }
}
