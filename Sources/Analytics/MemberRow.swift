/// One row behind a figure.
struct MemberRow: Sendable, Hashable {
  /// What kind of row it is.
  enum Source: UInt8, Sendable, Hashable { case order, credit, customer }

  /// The index of its cell among those of the answer.
  var cell: Int32
  /// As in `Verdicts`.
  var kind: UInt8
  var source: Source
  /// Of its table; for customers the order that puts the customer into the cell.
  var row: UInt32
}
