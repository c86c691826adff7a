/// Documents of a JSON Lines file: one a line, or flat lines that follow one another.
final class JSONRows: MainRows {
  private let reader: JSONLinesReader
  private let mapping: Mapping
  private let headers: [[String]]
  private let key: DocumentKey
  private let groups: Bool
  private var current: [UInt8] = []
  private var candidate: [UInt8] = []
  /// A line that was read and belongs to the next document.
  private var pending: JSONLinesReader.Line?

  init(_ reader: JSONLinesReader, mapping: Mapping, headers: [[String]], groups: Bool) {
    self.reader = reader
    self.mapping = mapping
    self.headers = headers
    self.groups = groups
    key = DocumentKey(mapping)
  }

  func next(_ document: Document) throws(IntakeError) -> Bool {
    var hasText = false
    while true {
      guard let line = try takeLine() else { return document.batches[0].count > 0 }
      guard document.batches[0].count > 0 else {
        fill(document, line)
        if document.textProblem != nil || !groups { return true }
        hasText = key.read(document.batches[0], 0, into: &current)
        if !hasText { return true }
        continue
      }
      // A line of the same document joins; any other waits for its turn.
      guard case .success(let value) = line.outcome, case .success(let row) = fields(value, 0) else {
        pending = line
        return true
      }
      var trial = RowBatch()
      trial.append(fields: row, raw: line.raw, line: line.line, offset: line.offset)
      guard key.read(trial, 0, into: &candidate), candidate == current else {
        pending = line
        return true
      }
      document.batches[0].append(0, of: trial)
    }
  }

  /// The pending line or the next one; of a rejects file's line the document within it.
  private func takeLine() throws(IntakeError) -> JSONLinesReader.Line? {
    if let line = pending {
      pending = nil
      return line
    }
    guard var line = try reader.next() else { return nil }
    if case .success(let value) = line.outcome, value["code"] != nil, value["line"] != nil,
      case .string(let raw)? = value["raw"]
    {
      line.raw = Array(raw.utf8)[...]
      do throws(JSONParser.Problem) {
        line.outcome = .success(try JSONParser.value(of: line.raw))
      } catch {
        line.outcome = .failure(JSONLinesReader.Fault(byte: error.byte, reason: error.reason))
      }
    }
    return line
  }

  /// Puts one line and its arrays into the empty document.
  private func fill(_ document: Document, _ line: JSONLinesReader.Line) {
    func refuse(_ problem: RowProblem) {
      document.clear()
      document.batches[0].append(fields: [], raw: line.raw, line: line.line, offset: line.offset)
      document.textProblem = problem
    }
    switch line.outcome {
    case .failure(let fault):
      refuse(RowProblem(.badJSON, reason: "\(fault.reason) at byte \(fault.byte) of the line"))
    case .success(let value):
      switch fields(value, 0) {
      case .failure(let problem): return refuse(problem)
      case .success(let row):
        document.batches[0].append(fields: row, raw: line.raw, line: line.line, offset: line.offset)
      }
      for table in mapping.tables.indices {
        guard case .array(let path) = mapping.tables[table].link else { continue }
        let elements: [JSONValue]
        switch value.value(at: path) {
        case nil, .null?: elements = []
        case .array(let values)?: elements = values
        default: return refuse(RowProblem(.badJSON, column: path, reason: "needs to be an array"))
        }
        for element in elements {
          switch fields(element, table) {
          case .failure(let problem): return refuse(problem)
          case .success(let row):
            document.batches[table].append(fields: row, raw: [], line: line.line, offset: line.offset)
          }
        }
      }
    }
  }

  /// The texts of a table's columns in a value.
  private func fields(_ value: JSONValue, _ table: Int) -> Result<[String], RowProblem> {
    guard case .object = value else { return .failure(RowProblem(.badJSON, reason: "needs to be an object")) }
    var fields: [String] = []
    for name in headers[table] {
      guard let found = value.value(at: name) else {
        fields.append("")
        continue
      }
      guard let text = found.columnText else {
        return .failure(RowProblem(.badJSON, column: name, reason: "needs to be a single value"))
      }
      fields.append(text)
    }
    return .success(fields)
  }
}
