internal import OrderModel

/// Commands of some documents, with the rows they come from, on their way from the reader to the store.
struct ImportBatch: Sendable {
  /// A row and what holds it.
  struct Row: Sendable {
    var table: Int
    var line: Int
    var offset: Int
    /// Its text in ``ImportBatch/text``.
    var start: Int
    var end: Int
    var owner: BuiltDocument.Owner
  }

  var submissions: [Submission] = []
  var positions: [SourcePosition] = []
  var kinds: [BuiltDocument.Kind] = []
  /// For each command the one whose rows answer for it.
  var answersFor: [Int] = []
  /// For each command the lines it holds.
  var lineCounts: [Int] = []
  var rows: [Row] = []
  var text: [UInt8] = []
  var bytesRead = 0

  /// Appends what was built of `document`.
  mutating func append(_ built: BuiltDocument, _ document: Document, paths: [String?]) {
    let base = submissions.count
    for part in built.parts {
      submissions.append(part.submission)
      kinds.append(part.kind)
      answersFor.append(base + part.answersFor)
      lineCounts.append(part.kind == .order || part.kind == .credit ? built.lineCount : 0)
      positions.append(
        SourcePosition(
          path: paths[0] ?? "", line: document.batches[0].line(part.row), offset: document.batches[0].offset(part.row)))
    }
    for table in built.owners.indices where paths[table] != nil {
      for row in built.owners[table].indices {
        var owner = built.owners[table][row]
        if case .command(let index) = owner { owner = .command(base + index) }
        append(document.batches[table], row, table, owner)
      }
    }
  }

  /// Appends one row of a table.
  mutating func append(_ batch: borrowing RowBatch, _ row: Int, _ table: Int, _ owner: BuiltDocument.Owner) {
    let start = text.count
    text.append(contentsOf: batch.rawRow(row))
    rows.append(
      Row(
        table: table, line: batch.line(row), offset: batch.offset(row), start: start, end: text.count, owner: owner))
  }
}
