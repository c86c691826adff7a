/// On which line of a TOML text a table or a key starts, for messages: the library does not tell.
///
/// It reads headers and the first key of a line; of a value over several lines it knows the line of its key.
struct TOMLLines: Sendable, Hashable {
  /// Dotted path → line from 1.
  private var lines: [String: Int] = [:]

  init(_ text: String) {
    var table = ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var rest = line.drop { $0 == " " || $0 == "\t" }
      if rest.first == "[" {
        rest = rest.drop { $0 == "[" }
        guard let end = rest.firstIndex(of: "]") else { continue }
        table = ""
        for part in Self.path(rest[..<end]) {
          table = table.isEmpty ? part : table + "." + part
          if lines[table] == nil { lines[table] = index + 1 }
        }
      } else if let equals = rest.firstIndex(of: "="), rest.first != "#" {
        var path = table
        for part in Self.path(rest[..<equals]) {
          path = path.isEmpty ? part : path + "." + part
          if lines[path] == nil { lines[path] = index + 1 }
        }
      }
    }
  }

  /// The line of `key` in `table`, or of what encloses it as closely as is known.
  func line(table: String, key: String) -> Int? {
    var path = [table, key].filter { !$0.isEmpty }.joined(separator: ".")
    while true {
      if let line = lines[path] { return line }
      guard let dot = path.lastIndex(of: ".") else { return nil }
      path = String(path[..<dot])
    }
  }

  /// The parts of a dotted key without their quotes.
  private static func path(_ text: Substring) -> [String] {
    var parts: [String] = [""]
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { parts[parts.count - 1].append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "." {
        parts.append("")
      } else if character != " ", character != "\t" {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}
