/// One word, literal or sign of a text, and where it stands.
struct Token: Sendable {
  enum Kind: Sendable, Hashable {
    /// A name or keyword, ASCII letters in lower case; `written` is as in the text.
    case word(String, written: String)
    case number(DecimalNumber)
    /// Milliseconds.
    case duration(Int64)
    case date(DateText)
    case text(String)
    case sign(String)
    /// What cannot be read; no token follows.
    case invalid(QueryError)
    case end
  }

  let kind: Kind
  let range: SourceRange
}
