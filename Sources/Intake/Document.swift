internal import OrderModel

/// The rows of one document, of all tables of a mapping, and the row that is looked at in each.
///
/// Used again from document to document. Rows of lookups are fetched when a rule first asks for them.
final class Document {
  let mapping: Mapping
  let headers: [[String]]
  /// The rows by table. A lookup's table holds the one row last fetched.
  var batches: [RowBatch]
  /// The row looked at by table.
  var rows: [Int]
  /// What is wrong with the document's text before any column can be read.
  var textProblem: RowProblem?
  /// How much text the rows of one document may have in a table: they are in memory together.
  var byteLimit = 256 << 20
  /// Side files by table, nil for the main table and arrays.
  let sides: [SideTable?]

  /// Whether a table is looked up, which every reading of a field asks.
  private let isLookup: [Bool]
  /// For each lookup the row of its parent that the fetched row belongs to; −1 for none.
  private var fetchedFor: [Int]
  /// For each lookup how many rows its last key had, and that key.
  private var foundCounts: [Int]
  private var fetchedKeys: [[UInt8]]
  private var key: [UInt8] = []

  /// - Parameter mapping: bound to `headers`.
  init(mapping: Mapping, headers: [[String]], sides: [SideTable?]) {
    self.mapping = mapping
    self.headers = headers
    self.sides = sides
    let count = mapping.tables.count
    isLookup = mapping.tables.map { if case .lookup = $0.link { true } else { false } }
    batches = [RowBatch](repeating: RowBatch(), count: count)
    rows = [Int](repeating: 0, count: count)
    fetchedFor = [Int](repeating: -1, count: count)
    foundCounts = [Int](repeating: 0, count: count)
    fetchedKeys = [[UInt8]](repeating: [], count: count)
  }

  /// Empties the document for the next one.
  func clear() {
    textProblem = nil
    for table in batches.indices {
      fetchedFor[table] = -1
      // A lookup keeps its row: the next document may name the same one.
      guard holdsOwnRows(table) else { continue }
      batches[table].removeAll()
      rows[table] = 0
    }
  }

  /// Fetches the rows of side files that belong to the main row looked at.
  func loadChildren() throws(IntakeError) {
    for table in batches.indices {
      guard case .children(let parent, let key) = mapping.tables[table].link else { continue }
      readKey(parent, rows[0])
      _ = try fetch(table, self.key, key)
    }
  }

  /// Refuses more rows than a document may have; `batch` are those of `table`.
  func checkSize(_ batch: borrowing RowBatch, of table: Int) throws(IntakeError) {
    guard batch.bytes.count > byteLimit else { return }
    let path = mapping.tables[table].fileName ?? mapping.tables[table].name
    throw .documentTooLarge(path: path, line: batch.line(0), limitBytes: byteLimit)
  }

  /// Whether rows of a table belong to the document and are counted with it.
  func holdsOwnRows(_ table: Int) -> Bool {
    !isLookup[table]
  }

  /// Lends the text of a column in the row looked at; empty where there is no such row.
  func withField<Result>(
    _ column: ColumnReference, _ body: (Span<UInt8>) throws(DocumentError) -> Result
  ) throws(DocumentError) -> Result {
    guard try select(column.table) else { return try body(Span()) }
    return try batches[column.table].withField(rows[column.table], column.index, body)
  }

  /// The text of a column in the row looked at, outer blanks cut off; empty where there is no such row.
  func text(_ column: ColumnReference) throws(DocumentError) -> String {
    try withTrimmedField(column) { $0.isEmpty ? "" : Self.string($0) }
  }

  /// Lends the text of a column in the row looked at without outer blanks.
  func withTrimmedField<Result>(
    _ column: ColumnReference, _ body: (Span<UInt8>) -> Result
  ) throws(DocumentError) -> Result {
    try withField(column) { (bytes) throws(DocumentError) in
      var start = 0
      var end = bytes.count
      while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
      while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
      return body(bytes.extracting(start..<end))
    }
  }

  /// What a rule makes of the row looked at; nil when there is no text.
  func text(_ rule: TextRule?) throws(DocumentError) -> String? {
    guard let rule else { return nil }
    for index in rule.columns.indices {
      let text = TextRule.normalised(try text(rule.columns[index]), rule.normalisation)
      if !text.isEmpty { return text }
    }
    return rule.constant
  }

  /// The fault of a column in the row looked at. A lookup's fault is the one of the row that names it.
  func fault(_ code: RowProblem.Code, _ column: ColumnReference, _ reason: String) -> DocumentError {
    var owner = column
    while case .lookup(let parent, _, _) = mapping.tables[owner.table].link { owner = parent }
    let value = (try? text(column)) ?? ""
    let name = column.table == owner.table ? column.name : mapping.tables[column.table].name + "." + column.name
    return .fault(
      RowFault(
        table: owner.table, row: rows[owner.table],
        problem: RowProblem(code, column: name, value: value, reason: reason)))
  }

  /// Sees to it that the table has a row to look at.
  private func select(_ table: Int) throws(DocumentError) -> Bool {
    guard isLookup[table], case .lookup(let parent, let key, let isRequired) = mapping.tables[table].link else {
      return rows[table] < batches[table].count
    }
    guard try select(parent.table) else { return false }
    if fetchedFor[table] != rows[parent.table] || !holdsOwnRows(parent.table) {
      do throws(IntakeError) { try lookUp(table, parent: parent, key: key) } catch { throw .file(error) }
      fetchedFor[table] = rows[parent.table]
    }
    let count = foundCounts[table]
    if count > 1 {
      throw fault(.contradiction, parent, "\(count) rows of \(mapping.tables[table].name) have this key")
    }
    if count == 1, batches[table].fieldCount(0) != headers[table].count {
      let line = batches[table].line(0)
      let reason = "line \(line) of \(mapping.tables[table].name) has too many or too few fields"
      throw fault(.noSuchReference, parent, reason)
    }
    if count == 0, isRequired {
      throw fault(.noSuchReference, parent, "\(mapping.tables[table].name) has no such row")
    }
    return count > 0
  }

  /// Fetches the row of a lookup that the parent's row names, unless it is there already.
  private func lookUp(_ table: Int, parent: ColumnReference, key column: ColumnReference) throws(IntakeError) {
    readKey(parent, rows[parent.table])
    if key == fetchedKeys[table] { return }
    batches[table].removeAll()
    rows[table] = 0
    // Swapped, so that no key is copied; `fetch` looks for the one kept.
    swap(&fetchedKeys[table], &key)
    foundCounts[table] = try fetch(table, fetchedKeys[table], column)
  }

  /// Writes the text of a column into ``key``.
  private func readKey(_ column: ColumnReference, _ row: Int) {
    var bytes = key
    key = []
    bytes.removeAll(keepingCapacity: true)
    batches[column.table].withField(row, column.index) { text in
      for index in text.indices { bytes.append(text[index]) }
    }
    key = bytes
  }

  /// Appends the rows of a side file that have this key; how many there were.
  private func fetch(_ table: Int, _ key: [UInt8], _ column: ColumnReference) throws(IntakeError) -> Int {
    guard let side = sides[table], !key.isEmpty else { return 0 }
    var count = 0
    for position in side.candidates(KeyHash.of(key.span)) {
      let row = batches[table].count
      try side.load(position, into: &batches[table])
      try checkSize(batches[table], of: table)
      let isEqual = batches[table].withField(row, column.index) { bytes in
        guard bytes.count == key.count else { return false }
        for index in key.indices where bytes[index] != key[index] { return false }
        return true
      }
      if isEqual {
        side.markUsed(position)
        count += 1
      } else {
        batches[table].removeLast()
      }
    }
    return count
  }

  private static func string(_ bytes: Span<UInt8>) -> String {
    if let text = try? UTF8Span(validating: bytes) { return String(copying: text) }
    return String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }
}

/// Why a document could not be read: its own fault, or a file's.
enum DocumentError: Error {
  case fault(RowFault)
  case file(IntakeError)
}
