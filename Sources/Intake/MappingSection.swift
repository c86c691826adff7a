internal import Calendars

/// One table of a mapping while it is read: keys are taken one by one, and what is left at the end is unknown.
struct MappingSection {
  let path: String
  let name: String
  private(set) var members: [String: TOMLTree]
  let lines: TOMLLines
  private var taken: [String] = []

  init(path: String, name: String, members: [String: TOMLTree], lines: TOMLLines) {
    self.path = path
    self.name = name
    self.members = members
    self.lines = lines
  }

  func place(_ key: String) -> MappingPlace {
    MappingPlace(table: name, key: key, line: lines.line(table: name, key: key))
  }

  func problem(_ key: String, _ reason: String) -> MappingProblem {
    MappingProblem(path: path, line: lines.line(table: name, key: key), table: name, key: key, reason: reason)
  }

  mutating func take(_ key: String) -> TOMLTree? {
    taken.append(key)
    return members.removeValue(forKey: key)
  }

  /// Refuses keys that nobody took.
  func finish() throws(MappingProblem) {
    guard let key = members.keys.sorted().first else { return }
    throw problem(key, "unknown key; here are known: \(taken.sorted().joined(separator: ", "))")
  }

  mutating func string(_ key: String) throws(MappingProblem) -> String? {
    switch take(key) {
    case nil: return nil
    case .string(let text)?: return text
    case let value?: throw problem(key, "needs a string, not \(value.kind)")
    }
  }

  /// A string or a list of strings.
  mutating func strings(_ key: String) throws(MappingProblem) -> [String] {
    switch take(key) {
    case nil: return []
    case .string(let text)?: return [text]
    case .array(let values)?:
      var result: [String] = []
      for value in values {
        guard case .string(let text) = value else { throw problem(key, "needs strings, not \(value.kind)") }
        result.append(text)
      }
      return result
    case let value?: throw problem(key, "needs a string or a list of strings, not \(value.kind)")
    }
  }

  mutating func flag(_ key: String) throws(MappingProblem) -> Bool? {
    switch take(key) {
    case nil: return nil
    case .bool(let value)?: return value
    case let value?: throw problem(key, "needs true or false, not \(value.kind)")
    }
  }

  mutating func table(_ key: String) throws(MappingProblem) -> [String: TOMLTree]? {
    switch take(key) {
    case nil: return nil
    case .table(let members)?: return members
    case let value?: throw problem(key, "needs a table, not \(value.kind)")
    }
  }

  mutating func choice(_ key: String, _ words: [String]) throws(MappingProblem) -> String? {
    guard let word = try string(key) else { return nil }
    guard words.contains(word) else { throw problem(key, "is one of \(words.joined(separator: ", ")), not '\(word)'") }
    return word
  }

  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Word.Type
  ) throws(MappingProblem) -> Word? where Word.RawValue == String {
    guard let word = try choice(key, Word.allCases.map(\.rawValue)) else { return nil }
    return Word(rawValue: word)
  }

  /// One ASCII character.
  mutating func character(_ key: String) throws(MappingProblem) -> UInt8? {
    guard let text = try string(key) else { return nil }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80 else {
      throw problem(key, "needs one ASCII character, not '\(text)'")
    }
    return byte
  }

  mutating func encoding() throws(MappingProblem) -> TextEncoding? {
    guard let name = try string("encoding"), name != "auto" else { return nil }
    guard let encoding = TextEncoding(name: name) else {
      throw problem("encoding", "is auto, utf-8, utf-16le, utf-16be or gb18030, not '\(name)'")
    }
    return encoding
  }

  mutating func delimiter() throws(MappingProblem) -> UInt8? {
    if case .string(let name)? = members["delimiter"] {
      if name == "auto" || name == "tab" {
        _ = take("delimiter")
        return name == "tab" ? 9 : nil
      }
    }
    guard let byte = try character("delimiter") else { return nil }
    guard byte != CSVField.quote, byte != 10, byte != 13 else { throw problem("delimiter", "cannot part fields") }
    return byte
  }

  mutating func scale() throws(MappingProblem) -> Int {
    switch take("scale") {
    case nil: return 2
    case .integer(let value)? where (0...6).contains(value): return value
    case let value?: throw problem("scale", "needs a whole number from 0 to 6, not \(value.kind)")
    }
  }

  mutating func patterns(_ key: String) throws(MappingProblem) -> [InstantPattern] {
    var patterns: [InstantPattern] = []
    for text in try strings(key) {
      do throws(CalendarError) {
        patterns.append(try InstantPattern(text))
      } catch {
        throw problem(key, "'\(text)': \(error)")
      }
    }
    return patterns
  }
}
