/// A row problem and the row it was found on.
struct RowFault: Error, Sendable, Hashable {
  /// The table's index in the mapping.
  var table: Int
  /// The row's index in the document's rows of that table.
  var row: Int
  var problem: RowProblem
}
