internal import OrderModel

/// Reads documents and builds their commands, batch by batch.
final class ImportProducer {
  let source: OpenedSource
  private var builder: DocumentBuilder
  private let options: ImportOptions
  private let paths: [String?]
  private var isAtEnd = false
  /// Children tables whose rows nobody asked for are still to be told.
  private var orphanTables: [Int]
  private var orphans: [Int] = []

  init(_ source: OpenedSource, _ builder: DocumentBuilder, _ options: ImportOptions) {
    self.source = source
    self.builder = builder
    self.options = options
    paths = source.tables.map(\.path)
    orphanTables = source.mapping.tables.indices.filter { table in
      if case .children = source.mapping.tables[table].link { true } else { false }
    }
  }

  /// The next batch, nil at the end.
  func next() throws(IntakeError) -> ImportBatch? {
    var batch = ImportBatch()
    var count = 0
    while count < options.documentsPerBatch, !isAtEnd {
      guard try source.next() else {
        isAtEnd = true
        break
      }
      let built = try builder.build(source.document)
      batch.append(built, source.document, paths: paths)
      count += 1
    }
    batch.bytesRead = source.bytesRead
    if count == 0 { try appendOrphans(&batch) }
    return batch.rows.isEmpty ? nil : batch
  }

  /// For each table the number of rows that no document named, of tables that are only looked up.
  var unusedCounts: [Int] {
    source.mapping.tables.indices.map { table in
      if case .lookup = source.mapping.tables[table].link { source.document.sides[table]?.unusedCount ?? 0 } else { 0 }
    }
  }

  /// For each table its rows, of tables that are only looked up.
  var lookupRowCounts: [Int] {
    source.mapping.tables.indices.map { table in
      if case .lookup = source.mapping.tables[table].link { source.document.sides[table]?.count ?? 0 } else { 0 }
    }
  }

  /// Rows of side files that belong to no document of the main file.
  private func appendOrphans(_ batch: inout ImportBatch) throws(IntakeError) {
    while batch.rows.isEmpty, let table = orphanTables.first, let side = source.document.sides[table] {
      if orphans.isEmpty { orphans = side.unusedPositions.reversed() }
      var rows = RowBatch()
      while batch.rows.count < options.documentsPerBatch, let position = orphans.popLast() {
        rows.removeAll()
        try side.load(position, into: &rows)
        let reason = "\(source.mapping.tables[0].name) has no row with this key"
        batch.append(rows, 0, table, .rejected(RowProblem(.orphan, reason: reason)))
      }
      if orphans.isEmpty { orphanTables.removeFirst() }
    }
  }
}
