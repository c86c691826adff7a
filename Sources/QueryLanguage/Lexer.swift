/// Cuts a text into tokens. Blanks separate, `--` starts a comment to the end of the line.
struct Lexer {
  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [Token] = []

  private static let signs = ["->", "..", "!=", "<=", ">=", "(", ")", ",", "=", "<", ">", "+", "-", "*", "/", "~", "."]

  /// The tokens of a text; the last is `end`, or `invalid` with the error to throw when it is reached.
  static func tokens(of text: String) -> [Token] {
    var lexer = Lexer(bytes: Array(text.utf8))
    do throws(QueryError) {
      while try lexer.readToken() {}
    } catch {
      lexer.tokens.append(Token(kind: .invalid(error), range: error.range))
    }
    return lexer.tokens
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func peek(_ offset: Int = 0) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private mutating func add(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind: kind, range: SourceRange(start: start, end: position)))
  }

  /// Reads one token; false once the end was reached.
  private mutating func readToken() throws(QueryError) -> Bool {
    skipBlanks()
    let start = position
    guard let byte = peek() else {
      add(.end, from: start)
      return false
    }
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
      add(.text(try string(quote: byte)), from: start)
    } else if DateScanner.isDigit(byte) {
      try readNumber()
    } else if let word = readWord() {
      add(.word(Lexer.lowercased(word), written: word), from: start)
    } else if let sign = Lexer.signs.first(where: { bytes[position...].starts(with: $0.utf8) }) {
      position += sign.utf8.count
      add(.sign(sign), from: start)
    } else {
      let character = scalar(at: position)
      throw QueryError(
        .unexpected, "unexpected '\(character.scalar)'", at: SourceRange(start: start, end: start + character.byteCount)
      )
    }
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek() {
      if byte == UInt8(ascii: " ") || (9...13).contains(byte) {
        position += 1
      } else if byte == UInt8(ascii: "-"), peek(1) == byte {
        while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
      } else {
        return
      }
    }
  }

  /// A quote inside is written twice.
  private mutating func string(quote: UInt8) throws(QueryError) -> String {
    let start = position
    var content: [UInt8] = []
    position += 1
    while let byte = peek() {
      position += 1
      guard byte == quote else {
        content.append(byte)
        continue
      }
      guard peek() == quote else { return String(decoding: content, as: UTF8.self) }
      content.append(quote)
      position += 1
    }
    throw QueryError(
      .badLiteral, "the quote is not closed", at: SourceRange(start: start, end: start + 1),
      expected: [String(decoding: [quote], as: UTF8.self)])
  }

  /// A date, a duration or a plain number.
  private mutating func readNumber() throws(QueryError) {
    let start = position
    if DateScanner.isDate(bytes, at: position) {
      var scanner = DateScanner(bytes, at: position)
      let date = try scanner.scan()
      position = scanner.position
      add(.date(date), from: start)
      return
    }
    let number = try decimal()
    let numberEnd = position
    guard let unit = readWord(lettersOnly: true) else {
      add(.number(number), from: start)
      return
    }
    if Lexer.isCurrency(unit) {
      position = numberEnd
      add(.number(number), from: start)
      return
    }
    var total = try milliseconds(number, unit: unit, from: start)
    while let byte = peek(), DateScanner.isDigit(byte) {
      let next = try decimal()
      let part = try milliseconds(next, unit: readWord(lettersOnly: true) ?? "", from: start)
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { throw badDuration(from: start) }
      total = sum
    }
    add(.duration(total), from: start)
  }

  private mutating func decimal() throws(QueryError) -> DecimalNumber {
    let start = position
    while let byte = peek(), DateScanner.isDigit(byte) { position += 1 }
    if peek() == UInt8(ascii: "."), let next = peek(1), DateScanner.isDigit(next) {
      position += 1
      while let byte = peek(), DateScanner.isDigit(byte) { position += 1 }
    }
    guard let number = DecimalNumber(bytes[start..<position]) else {
      throw QueryError(
        .badLiteral, "the number is too large or too long", at: SourceRange(start: start, end: position),
        expected: ["at most 18 digits"])
    }
    return number
  }

  private func milliseconds(
    _ number: DecimalNumber, unit: String, from start: Int
  ) throws(QueryError) -> Int64 {
    guard let milliseconds = DurationText.milliseconds(number, unit: Lexer.lowercased(unit)) else {
      throw badDuration(from: start)
    }
    return milliseconds
  }

  private func badDuration(from start: Int) -> QueryError {
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return QueryError(
      .badLiteral, "'\(text)' is no duration", at: SourceRange(start: start, end: position),
      expected: [DurationText.expectation])
  }

  /// A letter and what letters, digits and `_` follow; letters of any script.
  private mutating func readWord(lettersOnly: Bool = false) -> String? {
    let start = position
    while position < bytes.count {
      let next = scalar(at: position)
      let isLetter = next.scalar.properties.isAlphabetic
      let mayFollow = !lettersOnly && position > start && (next.scalar == "_" || ("0"..."9").contains(next.scalar))
      guard isLetter || mayFollow else { break }
      position += next.byteCount
    }
    return position == start ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The character at a position. The bytes come from a `String`, so they are well-formed.
  private func scalar(at index: Int) -> (scalar: Unicode.Scalar, byteCount: Int) {
    let first = bytes[index]
    guard first >= 0x80 else { return (Unicode.Scalar(first), 1) }
    let byteCount = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    let end = min(index + byteCount, bytes.count)
    let scalar = String(decoding: bytes[index..<end], as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    return (scalar, end - index)
  }

  /// Three capital letters that are no word of the language.
  static func isCurrency(_ word: String) -> Bool {
    word.utf8.count == 3 && word.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
      && !ReservedWords.contains(lowercased(word))
  }

  /// ASCII letters in lower case; other scripts stay as they are.
  static func lowercased(_ text: String) -> String {
    let bytes = text.utf8.map { byte in
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
