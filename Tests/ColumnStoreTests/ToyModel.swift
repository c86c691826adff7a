import ColumnStore
import Testing

/// What a store must answer, kept the obvious way.
struct ToyModel: Equatable {
  /// Values by table, column, row.
  var columns: [[[Int64]]] = Toy.schema.tables.map { $0.columns.map { _ in [] } }
  var words: [[String]] = [[], []]
  var texts: [Int: String] = [:]
  var entries: [[UInt64: Set<UInt32>]] = [[:], [:]]
  private var heapByteCount: Int64 = 0
  var groups = 0

  func rowCount(_ table: Int) -> Int { columns[table][0].count }

  mutating func apply(_ fact: ToyFact) {
    switch fact {
    case .rows(let table, let rows):
      for row in rows {
        for (column, schema) in Toy.schema.tables[table].columns.enumerated() {
          columns[table][column].append(column < row.count ? row[column] : schema.defaultValue)
        }
      }
    case .set(let table, let row, let column, let value): columns[table][column][row] = value
    case .add(let table, let row, let column, let value): columns[table][column][row] += value
    case .word(let list, let text): words[list - 1].append(text)
    case .text(let row, let text):
      if heapByteCount == 0 { heapByteCount = 1 }
      columns[0][Toy.note][row] = heapByteCount
      texts[row] = text
      let length = text.utf8.count
      heapByteCount += Int64(length + (length < 128 ? 1 : length < 16_384 ? 2 : 3) + 4)
    case .entry(let index, let hash, let row): entries[index][hash, default: []].insert(UInt32(row))
    }
  }

  mutating func apply(_ facts: [ToyFact]) {
    guard !facts.isEmpty else { return }
    groups += 1
    for fact in facts { apply(fact) }
  }

  /// What came of asking a snapshot everything.
  struct Review {
    /// Values, texts and words that are not the model's.
    var wrongValues: [String] = []
    /// Lookups by text or hash that find other rows or codes than the model's.
    var wrongLookups: [String] = []
    /// Answers refused.
    var refusals: [FileError] = []

    fileprivate mutating func ask<Answer>(_ question: () throws(FileError) -> Answer) -> Answer? {
      do throws(FileError) { return try question() } catch {
        refusals.append(error)
        return nil
      }
    }
  }

  /// Asks a snapshot everything.
  func review(_ snapshot: Snapshot) -> Review {
    var review = Review()
    if snapshot.sequence != UInt64(groups) { review.wrongValues.append("sequence \(snapshot.sequence)") }
    reviewColumns(snapshot, &review)
    reviewTexts(snapshot, &review)
    for (index, hashes) in entries.enumerated() {
      for hash in hashes.keys.sorted() + [0xFFFF] {
        guard let rows = review.ask({ () throws(FileError) in try snapshot.rows(index: index, hash: hash) }) else {
          continue
        }
        if rows != hashes[hash, default: []].sorted(by: >) { review.wrongLookups.append("hash \(hash): \(rows)") }
      }
    }
    return review
  }

  private func reviewColumns(_ snapshot: Snapshot, _ review: inout Review) {
    var values: [Int64] = []
    for table in columns.indices {
      if snapshot.rowCount(of: table) != rowCount(table) { review.wrongValues.append("rows of table \(table)") }
      for group in 0..<snapshot.groupCount(of: table) {
        let start = group * Geometry.rowsPerGroup
        let rows = start..<(start + snapshot.rowCount(of: table, group: group))
        let together = review.ask { () throws(FileError) in
          try snapshot.gather(table: table, columns: Array(columns[table].indices.reversed()), group: group)
        }
        if let together, together != columns[table].reversed().map({ Array($0[rows]) }) {
          review.wrongValues.append("columns read together of row group \(group) of table \(table)")
        }
        for column in columns[table].indices {
          let expected = columns[table][column]
          let isRead: Void? = review.ask { () throws(FileError) in
            try snapshot.gather(table: table, column: column, group: group, into: &values)
          }
          if isRead != nil, values != Array(expected[rows]) {
            review.wrongValues.append("column \(column) of row group \(group) of table \(table)")
          }
          for row in stride(from: start, to: rows.upperBound, by: 97) {
            let value = review.ask { () throws(FileError) in
              try snapshot.value(table: table, row: row, column: column)
            }
            if let value, value != expected[row] {
              review.wrongValues.append("column \(column) of row \(row) of table \(table): \(value)")
            }
          }
        }
        reviewSummary(snapshot, table, group, rows, &review)
      }
    }
  }

  private func reviewSummary(
    _ snapshot: Snapshot, _ table: Int, _ group: Int, _ rows: Range<Int>, _ review: inout Review
  ) {
    let answer = review.ask { () throws(FileError) in try snapshot.summary(table: table, group: group) }
    guard let summary = answer ?? nil else { return }
    var isRight = summary.rowCount == rows.count
    for (column, schema) in Toy.schema.tables[table].columns.enumerated() {
      let values = columns[table][column][rows].filter { $0 > RelativeInstant.unknownValue }
      switch schema.summary {
      case .none: isRight = isRight && summary.ranges[column] == nil && summary.bitSets[column] == nil
      case .range: isRight = isRight && summary.ranges[column] == (values.isEmpty ? nil : values.min()!...values.max()!)
      case .bitSet:
        let bits = values.reduce(UInt64(0)) { $1 >= 0 && $1 < 64 ? $0 | 1 << UInt64($1) : $0 }
        isRight = isRight && summary.bitSets[column] == bits
      }
    }
    if !isRight { review.wrongValues.append("summary of row group \(group) of table \(table)") }
  }

  private func reviewTexts(_ snapshot: Snapshot, _ review: inout Review) {
    for row in texts.keys.sorted() {
      let address = columns[0][Toy.note][row]
      let text = review.ask { () throws(FileError) in try snapshot.text(at: address) }
      if let text, text != texts[row] { review.wrongValues.append("text of row \(row)") }
    }
    for (index, texts) in words.enumerated() {
      let list = index + 1
      if snapshot.wordCount(list: list) != texts.count { review.wrongValues.append("words of list \(list)") }
      for (position, text) in texts.enumerated() {
        let code = UInt32(position + 1)
        let word = review.ask { () throws(FileError) in try snapshot.word(list: list, code: code) }
        if let word, word != text { review.wrongValues.append("word \(code) of list \(list): \(word)") }
        let found = review.ask { () throws(FileError) in try snapshot.code(of: text, list: list) }
        if let found, found != code { review.wrongLookups.append("code of \(text) in list \(list)") }
      }
      let found = review.ask { () throws(FileError) in try snapshot.code(of: "never said", list: list) }
      if let found, found != nil { review.wrongLookups.append("a word of list \(list) that was never said") }
    }
  }

  /// Asks a snapshot everything and demands the model's answers.
  func expectAnswers(of snapshot: Snapshot, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
    let review = review(snapshot)
    #expect(review.refusals == [], comment, sourceLocation: sourceLocation)
    #expect(review.wrongValues == [], comment, sourceLocation: sourceLocation)
    #expect(review.wrongLookups == [], comment, sourceLocation: sourceLocation)
  }
}
