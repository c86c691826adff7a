/// Reads tokens one after the other and remembers what could have stood where it is, for the error message.
struct TokenReader {
  private let tokens: [Token]
  private var index = 0
  /// What was asked for at the present token, in order.
  private var tried: [String] = []

  init(_ text: String) { tokens = Lexer.tokens(of: text) }

  var current: Token { tokens[index] }
  /// The token after the present one; at the end, the end.
  var next: Token { tokens[min(index + 1, tokens.count - 1)] }
  /// The range of the token taken last.
  var lastRange: SourceRange { index == 0 ? .none : tokens[index - 1].range }

  private mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
    tried.removeAll(keepingCapacity: true)
  }

  private mutating func expecting(_ what: String) {
    if !tried.contains(what) { tried.append(what) }
  }

  /// Takes the word if it is there.
  mutating func take(word: String) -> Bool {
    if case .word(word, _) = current.kind {
      advance()
      return true
    }
    expecting("'\(word)'")
    return false
  }

  mutating func take(sign: String) -> Bool {
    if current.kind == .sign(sign) {
      advance()
      return true
    }
    expecting("'\(sign)'")
    return false
  }

  /// Takes the token if `reading` makes something of it.
  mutating func take<Result>(_ what: String, _ reading: (Token.Kind) -> Result?) -> Result? {
    if let result = reading(current.kind) {
      advance()
      return result
    }
    expecting(what)
    return nil
  }

  mutating func require(word: String) throws(QueryError) {
    guard take(word: word) else { throw unexpected() }
  }

  mutating func require(sign: String) throws(QueryError) {
    guard take(sign: sign) else { throw unexpected() }
  }

  mutating func require<Result>(_ what: String, _ reading: (Token.Kind) -> Result?) throws(QueryError) -> Result {
    guard let result = take(what, reading) else { throw unexpected() }
    return result
  }

  mutating func requireEnd() throws(QueryError) {
    guard current.kind != .end else { return }
    expecting("the end")
    throw unexpected()
  }

  /// The error for the present token: what stands there, and everything that was asked for.
  func unexpected() -> QueryError {
    let found: String
    switch current.kind {
    case .invalid(let error): return error
    case .word(_, let written): found = "'\(written)'"
    case .number(let number): found = "the number \(number)"
    case .duration(let milliseconds): found = "the duration \(DurationText.string(milliseconds))"
    case .date(let date): found = "the date \(date)"
    case .text(let text): found = "the string '\(text)'"
    case .sign(let sign): found = "'\(sign)'"
    case .end: found = "end of the text"
    }
    return QueryError(.unexpected, "unexpected \(found)", at: current.range, expected: tried)
  }
}
