/// The rows of the main table, document by document.
protocol MainRows: AnyObject {
  /// Puts the rows of the next document into `document`, which is empty; false at the end.
  func next(_ document: Document) throws(IntakeError) -> Bool
}

/// The columns whose texts together name a document.
struct DocumentKey: Sendable {
  var columns: [Int]

  init(_ mapping: Mapping) {
    columns = (mapping.order.number.columns + mapping.order.channel.columns).filter { $0.table == 0 }.map(\.index)
  }

  /// Writes the key of a row into `key`; whether it has a text at all.
  func read(_ batch: borrowing RowBatch, _ row: Int, into key: inout [UInt8]) -> Bool {
    key.removeAll(keepingCapacity: true)
    var hasText = false
    for column in columns {
      var text = key
      key = []
      batch.withField(row, column) { bytes in
        for index in bytes.indices { text.append(bytes[index]) }
        if !bytes.isEmpty { hasText = true }
      }
      text.append(0x1F)
      key = text
    }
    return hasText
  }
}

/// Documents of a CSV file whose rows follow one another, or stand alone.
final class AdjacentRows: MainRows {
  private let reader: CSVReader
  private let key: DocumentKey
  private let groups: Bool
  private var batch = RowBatch()
  private var row = 0
  private var current: [UInt8] = []
  private var candidate: [UInt8] = []

  /// - Parameter groups: Whether rows with equal keys that follow one another are one document.
  init(_ reader: CSVReader, key: DocumentKey, groups: Bool) {
    self.reader = reader
    self.key = key
    self.groups = groups
  }

  func next(_ document: Document) throws(IntakeError) -> Bool {
    var hasText = false
    while true {
      if row == batch.count {
        row = 0
        guard try reader.next(&batch) else { return document.batches[0].count > 0 }
      }
      if groups {
        let isNamed = key.read(batch, row, into: &candidate)
        if document.batches[0].count == 0 {
          swap(&current, &candidate)
          hasText = isNamed
        } else if !hasText || candidate != current {
          return true
        }
      } else if document.batches[0].count > 0 {
        return true
      }
      document.batches[0].append(row, of: batch)
      row += 1
    }
  }
}

/// Documents of a CSV file whose rows may stand anywhere in it: all rows are put aside first, then walked through in the
/// order of the file, and each document is taken up at its first row.
final class ScatteredRows: MainRows {
  private let table: SideTable
  private let key: DocumentKey
  private let hashKey: (Span<UInt8>) -> UInt64
  private var position = 0
  /// Rows already fetched that belong to the next documents: those whose keys share a hash, and rows without a key.
  private var waiting: [RowBatch] = []

  /// Reads the whole file.
  ///
  /// - Parameters:
  ///   - hashKey: The hash of a key, an argument so that a test can make keys collide.
  ///   - onRows: Called with the number of rows so far, for progress; true stops the reading.
  init(
    _ reader: CSVReader, key: DocumentKey, table: SideTable,
    hashKey: @escaping (Span<UInt8>) -> UInt64 = { KeyHash.of($0) },
    onRows: (Int) -> Bool = { _ in false }
  ) throws(IntakeError) {
    self.key = key
    self.table = table
    self.hashKey = hashKey
    var batch = RowBatch()
    var bytes: [UInt8] = []
    while try reader.next(&batch) {
      for row in 0..<batch.count {
        _ = key.read(batch, row, into: &bytes)
        try table.append(
          batch.rawRow(row), hash: hashKey(bytes.span), line: batch.line(row), offset: batch.offset(row))
      }
      if onRows(table.count) { break }
    }
    try table.finish()
  }

  func next(_ document: Document) throws(IntakeError) -> Bool {
    while waiting.isEmpty {
      guard let step = try table.step(at: position) else { return false }
      position = step.next
      let candidates = table.candidates(step.hash)
      var first = RowBatch()
      var bytes: [UInt8] = []
      guard table.offset(candidates.lowerBound) == step.offset else {
        // Only the first row of its hash leads; but rows without a key are never grouped.
        if candidates.count > 1 {
          try table.load(at: step.offset, into: &first)
          if !key.read(first, 0, into: &bytes) { waiting = [first] }
        }
        continue
      }
      try table.load(at: step.offset, into: &first)
      guard key.read(first, 0, into: &bytes) else {
        waiting = [first]
        continue
      }
      try gather(candidates)
    }
    document.batches[0] = waiting.removeFirst()
    return true
  }

  /// Loads all rows of a hash and parts them by key, in the order of their first rows.
  private func gather(_ candidates: Range<Int>) throws(IntakeError) {
    var all = RowBatch()
    for candidate in candidates { try table.load(at: table.offset(candidate), into: &all) }
    var groups: [(key: [UInt8], rows: [Int])] = []
    var bytes: [UInt8] = []
    for row in 0..<all.count {
      guard key.read(all, row, into: &bytes) else { continue }
      if let last = groups.indices.last, groups[last].key == bytes {
        groups[last].rows.append(row)
      } else if let known = groups.firstIndex(where: { $0.key == bytes }) {
        groups[known].rows.append(row)
      } else {
        groups.append((bytes, [row]))
      }
    }
    if groups.count == 1, groups[0].rows.count == all.count {
      waiting = [all]
      return
    }
    for group in groups {
      var batch = RowBatch()
      for row in group.rows { batch.append(row, of: all) }
      waiting.append(batch)
    }
  }
}
