/// Documents of a CSV file whose rows may stand anywhere in it: all rows are put aside first, then walked through in the
/// order of the file, and each document is taken up at its first row.
final class ScatteredRows: MainRows {
  private let table: SideTable
  private let key: DocumentKey
  private var position = 0
  /// The hash of rows without a key.
  private let emptyHash: UInt64
  /// The rows fetched last, mostly those of one document.
  private var fetched = RowBatch()
  /// Documents whose keys share a hash, parted.
  private var waiting: [RowBatch] = []
  private var bytes: [UInt8] = []
  private var other: [UInt8] = []

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
    emptyHash = hashKey([UInt8](repeating: 0x1F, count: key.columns.count).span)
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
      let leads = table.offset(candidates.lowerBound) == step.offset
      if !leads, step.hash != emptyHash { continue }
      fetched.removeAll()
      try table.load(at: step.offset, into: &fetched)
      if !key.read(fetched, 0, into: &bytes) {
        // Rows without a key are never grouped.
      } else if !leads {
        continue
      } else if try !gather(candidates.dropFirst(), for: document) {
        part()
        break
      }
      swap(&document.batches[0], &fetched)
      return true
    }
    document.batches[0] = waiting.removeFirst()
    return true
  }

  /// Loads the other rows of a hash; whether all have the key of the first.
  private func gather(_ candidates: Range<Int>, for document: Document) throws(IntakeError) -> Bool {
    var isOne = true
    for candidate in candidates {
      try table.load(at: table.offset(candidate), into: &fetched)
      try document.checkSize(fetched, of: 0)
      _ = key.read(fetched, fetched.count - 1, into: &other)
      if other != bytes { isOne = false }
    }
    return isOne
  }

  /// Parts the fetched rows by key, in the order of their first rows.
  private func part() {
    var groups: [(key: [UInt8], rows: [Int])] = []
    for row in 0..<fetched.count where key.read(fetched, row, into: &bytes) {
      if let known = groups.firstIndex(where: { $0.key == bytes }) {
        groups[known].rows.append(row)
      } else {
        groups.append((bytes, [row]))
      }
    }
    for group in groups {
      var batch = RowBatch()
      for row in group.rows { batch.append(row, of: fetched) }
      waiting.append(batch)
    }
  }
}
