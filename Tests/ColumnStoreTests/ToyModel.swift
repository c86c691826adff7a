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

  /// Asks a snapshot everything.
  func expectAnswers(
    of snapshot: Snapshot, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(snapshot.sequence == UInt64(groups), comment, sourceLocation: sourceLocation)
    var values: [Int64] = []
    for table in columns.indices {
      #expect(snapshot.rowCount(of: table) == rowCount(table), comment, sourceLocation: sourceLocation)
      for column in columns[table].indices {
        var gathered: [Int64] = []
        for group in 0..<snapshot.groupCount(of: table) {
          try snapshot.gather(table: table, column: column, group: group, into: &values)
          gathered += values
        }
        // Compared first: a failing `#expect` of long arrays takes minutes to tell.
        if gathered != columns[table][column] {
          let row = zip(gathered, columns[table][column]).enumerated().first { $1.0 != $1.1 }
          Issue.record(
            "\(comment): table \(table), column \(column) differs: \(row.map { "\($0)" } ?? "length")",
            sourceLocation: sourceLocation)
        }
        for row in stride(from: 0, to: rowCount(table), by: 97) {
          let value = try snapshot.value(table: table, row: row, column: column)
          if value != columns[table][column][row] {
            Issue.record(
              "\(comment): table \(table), row \(row), column \(column) is \(value)", sourceLocation: sourceLocation)
          }
        }
      }
    }
    for (row, text) in texts {
      #expect(try snapshot.text(at: columns[0][Toy.note][row]) == text, comment, sourceLocation: sourceLocation)
    }
    for (list, texts) in words.enumerated() {
      #expect(snapshot.wordCount(list: list + 1) == texts.count, comment, sourceLocation: sourceLocation)
      for (index, text) in texts.enumerated() {
        let code = UInt32(index + 1)
        #expect(try snapshot.word(list: list + 1, code: code) == text, comment, sourceLocation: sourceLocation)
        #expect(try snapshot.code(of: text, list: list + 1) == code, comment, sourceLocation: sourceLocation)
      }
      #expect(
        try snapshot.code(of: "never said", list: list + 1) == nil, comment, sourceLocation: sourceLocation)
    }
    for (index, hashes) in entries.enumerated() {
      for (hash, rows) in hashes {
        #expect(
          try snapshot.rows(index: index, hash: hash) == rows.sorted(by: >), comment, sourceLocation: sourceLocation)
      }
      #expect(try snapshot.rows(index: index, hash: 0xFFFF).isEmpty, comment, sourceLocation: sourceLocation)
    }
    try expectSummariesHold(of: snapshot, comment, sourceLocation)
  }

  /// Where a summary is given, it must not exclude a value that is there.
  private func expectSummariesHold(
    of snapshot: Snapshot, _ comment: Comment, _ sourceLocation: SourceLocation
  ) throws {
    for table in columns.indices {
      for group in 0..<snapshot.groupCount(of: table) {
        guard let summary = try snapshot.summary(table: table, group: group) else { continue }
        let start = group * Geometry.rowsPerGroup
        let rows = start..<(start + snapshot.rowCount(of: table, group: group))
        #expect(summary.rowCount == rows.count, comment, sourceLocation: sourceLocation)
        for (column, schema) in Toy.schema.tables[table].columns.enumerated() {
          let values = columns[table][column][rows].filter { $0 > RelativeInstant.unknownValue }
          switch schema.summary {
          case .none: #expect(summary.ranges[column] == nil && summary.bitSets[column] == nil)
          case .range:
            let range = values.isEmpty ? nil : values.min()!...values.max()!
            #expect(summary.ranges[column] == range, comment, sourceLocation: sourceLocation)
          case .bitSet:
            let bits = values.reduce(UInt64(0)) { $1 >= 0 && $1 < 64 ? $0 | 1 << UInt64($1) : $0 }
            #expect(summary.bitSets[column] == bits, comment, sourceLocation: sourceLocation)
          }
        }
      }
    }
  }
}
