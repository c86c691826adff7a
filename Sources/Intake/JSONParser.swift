/// Reads one JSON value from UTF-8 text, strictly as RFC 8259 has it.
struct JSONParser: ~Copyable {
  /// What is wrong, at which byte of the text.
  struct Problem: Error, Sendable, Hashable {
    var byte: Int
    var reason: String
  }

  private let bytes: ArraySlice<UInt8>
  private let end: Int
  private var index: Int
  private let depthLimit: Int

  private init(_ bytes: ArraySlice<UInt8>, depthLimit: Int) {
    self.bytes = bytes
    end = bytes.endIndex
    index = bytes.startIndex
    self.depthLimit = depthLimit
  }

  /// The value that `bytes` write, with nothing but blanks around it; bytes in problems count from the slice's start.
  ///
  /// - Parameter depthLimit: How many arrays and objects may stand within each other.
  static func value(of bytes: ArraySlice<UInt8>, depthLimit: Int = 64) throws(Problem) -> JSONValue {
    var parser = JSONParser(bytes, depthLimit: depthLimit)
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.index == parser.end else { throw parser.problem("more text after the value") }
    return value
  }

  private func problem(_ reason: String) -> Problem { Problem(byte: index - bytes.startIndex, reason: reason) }

  private mutating func skipBlanks() {
    while index < end, bytes[index] == 32 || bytes[index] == 10 || bytes[index] == 13 || bytes[index] == 9 {
      index += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(Problem) -> JSONValue {
    skipBlanks()
    guard index < end else { throw problem("the text ends where a value is due") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), 48...57: return .number(try number())
    default: throw problem("no value starts like this")
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(Problem) -> JSONValue {
    let word = "\(text)"
    for (offset, byte) in word.utf8.enumerated() {
      guard index + offset < end, bytes[index + offset] == byte else { throw problem("no value starts like this") }
    }
    index += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(Problem) -> JSONValue {
    guard depth < depthLimit else { throw problem("more than \(depthLimit) levels") }
    index += 1
    var members: [JSONValue.Member] = []
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipBlanks()
      guard index < end, bytes[index] == UInt8(ascii: "\"") else { throw problem("a member's name is due") }
      let name = try string()
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw problem("a colon is due") }
      members.append(.init(name, try value(depth: depth + 1)))
      skipBlanks()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw problem("a comma or the end of the object is due") }
    }
  }

  private mutating func array(depth: Int) throws(Problem) -> JSONValue {
    guard depth < depthLimit else { throw problem("more than \(depthLimit) levels") }
    index += 1
    var values: [JSONValue] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array(values) }
    while true {
      values.append(try value(depth: depth + 1))
      skipBlanks()
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")) else { throw problem("a comma or the end of the array is due") }
    }
  }

  private mutating func number() throws(Problem) -> String {
    let start = index
    _ = take(UInt8(ascii: "-"))
    if !take(48) {
      guard digits() > 0 else { throw problem("a digit is due") }
    } else if index < end, (48...57).contains(bytes[index]) {
      throw problem("a number starts with a needless zero")
    }
    if take(UInt8(ascii: ".")), digits() == 0 { throw problem("a digit is due") }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
      guard digits() > 0 else { throw problem("a digit is due") }
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits() -> Int {
    let start = index
    while index < end, (48...57).contains(bytes[index]) { index += 1 }
    return index - start
  }

  private mutating func string() throws(Problem) -> String {
    index += 1
    let start = index
    while index < end, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"), bytes[index] >= 32 {
      index += 1
    }
    // Most strings have no escapes: one copy.
    if index < end, bytes[index] == UInt8(ascii: "\"") {
      let text = String(decoding: bytes[start..<index], as: UTF8.self)
      index += 1
      return text
    }
    var text = Array(bytes[start..<index])
    while true {
      guard index < end else { throw problem("a string does not end") }
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        index += 1
        try escape(into: &text)
      case ..<32: throw problem("a control character stands in a string")
      default:
        text.append(byte)
        index += 1
      }
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(Problem) {
    guard index < end else { throw problem("a string does not end") }
    switch bytes[index] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[index])
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"):
      index += 1
      var scalar = try hexadecimal()
      if (0xD800..<0xDC00).contains(scalar) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw problem("half of a surrogate pair") }
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw problem("half of a surrogate pair") }
        scalar = 0x1_0000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let character = Unicode.Scalar(scalar) else { throw problem("half of a surrogate pair") }
      text.append(contentsOf: UTF8.encode(character).map(Array.init) ?? [])
      return
    default: throw problem("no such escape")
    }
    index += 1
  }

  private mutating func hexadecimal() throws(Problem) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard index < end else { throw problem("four hexadecimal digits are due") }
      switch bytes[index] {
      case let byte where (48...57).contains(byte): value = value << 4 | UInt32(byte - 48)
      case let byte where (65...70).contains(byte): value = value << 4 | UInt32(byte - 55)
      case let byte where (97...102).contains(byte): value = value << 4 | UInt32(byte - 87)
      default: throw problem("four hexadecimal digits are due")
      }
      index += 1
    }
    return value
  }
}
