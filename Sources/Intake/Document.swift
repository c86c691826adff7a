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
  /// Side files by table, nil for the main table and arrays.
  let sides: [SideTable?]

  /// For each lookup the row of its parent that the fetched row belongs to; −1 for none.
  private var fetchedFor: [Int]
  private var isFound: [Bool]
  private var key: [UInt8] = []

  /// - Parameter mapping: bound to `headers`.
  init(mapping: Mapping, headers: [[String]], sides: [SideTable?]) {
    self.mapping = mapping
    self.headers = headers
    self.sides = sides
    let count = mapping.tables.count
    batches = [RowBatch](repeating: RowBatch(), count: count)
    rows = [Int](repeating: 0, count: count)
    fetchedFor = [Int](repeating: -1, count: count)
    isFound = [Bool](repeating: false, count: count)
  }

  /// Empties the document for the next one.
  func clear() {
    textProblem = nil
    for table in batches.indices {
      batches[table].removeAll()
      rows[table] = 0
      fetchedFor[table] = -1
    }
  }

  /// Fetches the rows of side files that belong to the main row looked at.
  func loadChildren() throws(IntakeError) {
    for table in batches.indices {
      guard case .children(let parent, let key) = mapping.tables[table].link else { continue }
      _ = try fetch(table, parent: parent, parentRow: rows[0], key: key)
    }
  }

  /// Whether rows of a table belong to the document and are counted with it.
  func holdsOwnRows(_ table: Int) -> Bool {
    if case .lookup = mapping.tables[table].link { false } else { true }
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
    for column in rule.columns {
      let text = TextRule.normalised(try text(column), rule.normalisation)
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
    guard case .lookup(let parent, let key, let isRequired) = mapping.tables[table].link else {
      return rows[table] < batches[table].count
    }
    guard try select(parent.table) else { return false }
    if fetchedFor[table] != rows[parent.table] || isLookup(parent.table) {
      batches[table].removeAll()
      rows[table] = 0
      let count: Int
      do throws(IntakeError) {
        count = try fetch(table, parent: parent, parentRow: rows[parent.table], key: key)
      } catch { throw .file(error) }
      fetchedFor[table] = rows[parent.table]
      isFound[table] = count > 0
      if count > 1 {
        throw fault(.contradiction, parent, "\(count) rows of \(mapping.tables[table].name) have this key")
      }
      if count == 1, batches[table].fieldCount(0) != headers[table].count {
        let line = batches[table].line(0)
        throw fault(
          .noSuchReference, parent, "line \(line) of \(mapping.tables[table].name) has too many or too few fields")
      }
    }
    if !isFound[table], isRequired {
      throw fault(.noSuchReference, parent, "\(mapping.tables[table].name) has no such row")
    }
    return isFound[table]
  }

  private func isLookup(_ table: Int) -> Bool { !holdsOwnRows(table) }

  /// Appends the rows of a side file whose key is the text of `parent`; how many there were.
  private func fetch(
    _ table: Int, parent: ColumnReference, parentRow: Int, key column: ColumnReference
  ) throws(IntakeError) -> Int {
    guard let side = sides[table] else { return 0 }
    batches[parent.table].withField(parentRow, parent.index) { bytes in
      key.removeAll(keepingCapacity: true)
      for index in bytes.indices { key.append(bytes[index]) }
    }
    if key.isEmpty { return 0 }
    var count = 0
    for position in side.candidates(KeyHash.of(key.span)) {
      let row = batches[table].count
      try side.load(position, into: &batches[table])
      let wanted = key
      let isEqual = batches[table].withField(row, column.index) { bytes in
        guard bytes.count == wanted.count else { return false }
        for index in wanted.indices where bytes[index] != wanted[index] { return false }
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
