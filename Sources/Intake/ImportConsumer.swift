internal import OrderModel

/// Hands batches to the sink, counts, and writes rejects.
struct ImportConsumer {
  private(set) var report: ImportReport
  private let source: OpenedSource
  private let options: ImportOptions
  /// For each table its index in the report's files; nil for arrays.
  private var fileIndexes: [Int?] = []
  private var rejects: [RejectFile?] = []
  private var scratch = RowBatch()

  init(_ source: OpenedSource, _ options: ImportOptions, _ report: ImportReport) {
    self.source = source
    self.options = options
    self.report = report
    for table in source.tables {
      guard let path = table.path else {
        fileIndexes.append(nil)
        rejects.append(nil)
        continue
      }
      fileIndexes.append(self.report.files.count)
      self.report.files.append(ImportReport.File(path: path))
      rejects.append(options.writesRejects ? rejectFile(table, path) : nil)
    }
  }

  private func rejectFile(_ table: OpenedSource.Table, _ path: String) -> RejectFile {
    let isJSON = source.mapping.format == .jsonLines
    var target = RejectFile.path(for: path, isJSON: isJSON)
    if let directory = options.rejectsDirectory {
      target = directory + "/" + (target.split(separator: "/").last.map(String.init) ?? target)
    }
    if isJSON { return RejectFile(jsonLines: target) }
    return RejectFile(csv: target, header: table.header, delimiter: table.delimiter, byteOrderMark: !table.isUTF8)
  }

  /// Takes all batches of `producer`.
  mutating func run(
    _ producer: ImportProducer, onProgress: (ImportProgress) -> Void, shouldStop: @escaping @Sendable () -> Bool,
    into sink: Importer.Sink
  ) throws(IntakeError) {
    do throws(IntakeError) {
      let ahead = options.readsAhead ? ReadAhead(producer) : nil
      defer { ahead?.stop() }
      while true {
        if shouldStop() {
          report.ending = .cancelled
          break
        }
        guard let batch = try ahead == nil ? producer.next() : ahead?.next() else { break }
        try take(batch, sink)
        let rows = fileIndexes[0].map { report.files[$0].rows } ?? 0
        onProgress(
          ImportProgress(
            rows: rows, bytesRead: batch.bytesRead, bytesTotal: source.byteCount, rejectedRows: report.rejectedRows))
        if options.errorLimit.isExceeded(
          rejected: report.rejectedRows, rows: report.files.reduce(0) { $0 + $1.tally.total })
        {
          report.ending = .tooManyRejects
          break
        }
      }
    } catch {
      // What was found until then is worth keeping.
      try? finish()
      throw error
    }
    if report.ending == .completed { addLookups(producer) }
    try finish()
  }

  private mutating func addLookups(_ producer: ImportProducer) {
    for (table, unused) in producer.unusedCounts.enumerated() {
      guard let file = fileIndexes[table] else { continue }
      report.files[file].unused += unused
      report.files[file].rows += producer.lookupRowCounts[table]
    }
  }

  private mutating func finish() throws(IntakeError) {
    for table in rejects.indices {
      guard let rejectFile = rejects[table], let file = fileIndexes[table], rejectFile.count > 0 else { continue }
      try rejectFile.finish()
      report.files[file].rejectsPath = rejectFile.path
    }
  }

  private mutating func take(_ batch: ImportBatch, _ sink: Importer.Sink) throws(IntakeError) {
    let outcomes = batch.submissions.isEmpty ? [] : try sink(batch.submissions, batch.positions)
    precondition(outcomes.count == batch.submissions.count, "the sink answers each command")
    // A command answers with its supplements: refused with the first refusal, updated when one of them was new.
    var answers = outcomes
    for (index, outcome) in outcomes.enumerated() where batch.answersFor[index] != index {
      let target = batch.answersFor[index]
      guard case .accepted(let known) = answers[target] else { continue }
      switch outcome {
      case .refused: answers[target] = outcome
      case .accepted(.created), .accepted(.updated):
        if known == .unchanged, batch.kinds[index] == .supplement, !isArticle(batch.submissions[index]) {
          answers[target] = .accepted(.updated)
        }
      case .accepted(.unchanged): break
      }
    }
    for (index, answer) in answers.enumerated() { count(batch.kinds[index], answer, batch.lineCounts[index]) }
    for row in batch.rows {
      switch row.owner {
      case .command(let index): try count(row, answers[index], batch)
      case .skipped: update(row) { $0.skipped += 1 }
      case .rejected(let problem): try reject(row, problem, batch)
      }
    }
  }

  private func isArticle(_ submission: Submission) -> Bool {
    if case .registerSKU = submission.command { true } else { false }
  }

  private mutating func count(_ kind: BuiltDocument.Kind, _ outcome: Importer.Outcome, _ lines: Int) {
    switch kind {
    case .order: Self.add(outcome, to: &report.orders)
    case .credit: Self.add(outcome, to: &report.credits)
    case .movement: Self.add(outcome, to: &report.movements)
    case .supplement: return
    }
    if case .accepted = outcome { report.lines += lines }
  }

  private static func add(_ outcome: Importer.Outcome, to tally: inout ImportReport.Tally) {
    switch outcome {
    case .accepted(.created): tally.created += 1
    case .accepted(.updated): tally.updated += 1
    case .accepted(.unchanged): tally.unchanged += 1
    case .refused: tally.rejected += 1
    }
  }

  private mutating func update(_ row: ImportBatch.Row, _ change: (inout ImportReport.Tally) -> Void) {
    guard let file = fileIndexes[row.table] else { return }
    report.files[file].rows += 1
    change(&report.files[file].tally)
  }

  private mutating func count(
    _ row: ImportBatch.Row, _ outcome: Importer.Outcome, _ batch: ImportBatch
  ) throws(IntakeError) {
    if case .refused(let refusal) = outcome {
      try reject(row, RowProblem(refusal), batch)
    } else {
      update(row) { Self.add(outcome, to: &$0) }
    }
  }

  private mutating func reject(
    _ row: ImportBatch.Row, _ problem: RowProblem, _ batch: ImportBatch
  ) throws(IntakeError) {
    update(row) { $0.rejected += 1 }
    report.problems[problem.code.rawValue, default: 0] += 1
    guard let rejectFile = rejects[row.table] else { return }
    scratch.removeAll()
    let text = batch.text[row.start..<row.end]
    if source.mapping.format == .jsonLines {
      scratch.append(fields: [], raw: text, line: row.line, offset: row.offset)
    } else {
      scratch.append(csv: text, delimiter: source.tables[row.table].delimiter, line: row.line, offset: row.offset)
    }
    try rejectFile.append(scratch, 0, problem)
  }
}
