internal import OrderModel

/// What became of a document: the commands it makes, and for each of its rows which of them holds it.
struct BuiltDocument: Sendable {
  /// What holds a row.
  enum Owner: Sendable, Hashable {
    /// The command of that index.
    case command(Int)
    /// A condition of the mapping leaves the row out.
    case skipped
    /// The document was refused; for its own problem or for that of another row.
    case rejected(RowProblem)
  }

  /// A command and what it belongs to.
  struct Part: Sendable {
    var submission: Submission
    var kind: Kind
    /// The part whose rows answer for this one too: its index, or its own.
    var answersFor: Int
    /// The row it starts from, in the main table.
    var row: Int
  }

  enum Kind: Sendable, Hashable {
    case order
    case credit
    case movement
    /// Events, payments and articles that stand beside an order.
    case supplement
  }

  var parts: [Part] = []
  /// By table, by row.
  var owners: [[Owner]] = []
  var lineCount = 0
}
