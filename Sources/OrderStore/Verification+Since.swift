internal import ColumnStore
internal import OrderModel

/// What an incremental verification looked at and found.
public struct IncrementalReport: Sendable, Hashable {
  /// Facts of later groups were looked at, through `sequence`.
  public internal(set) var since: UInt64 = 0
  public internal(set) var sequence: UInt64 = 0
  public internal(set) var groups = 0
  public internal(set) var facts = 0
  public internal(set) var factBytes = 0
  /// Orders, lines and stock cells that these facts touched, and were checked.
  public internal(set) var orders = 0
  public internal(set) var lines = 0
  public internal(set) var cells = 0
  /// Rows of all tables that were read for it.
  public internal(set) var rowsRead = 0
  /// Everything that does not hold; the first hundred are told.
  public internal(set) var findings: [String] = []
}

extension OrderStore {
  /// Checks what the facts of the groups behind `since` touched, and nothing else: cost and memory grow with these facts
  /// and not with the store.
  ///
  /// - The groups: checksums, their chain from group `since` on, and that each begins where the one before it ends.
  /// - What they add: every new row, word, text and index entry is what refolding these groups makes of them; names are
  ///   found, and stand for one row.
  /// - What they change: columns that they set have that value. Orders they touch: chains of events, legs, payments and
  ///   allotments; sums of lines and payments; the units of each line. Stock cells they touch: with these movements taken
  ///   back, and at each of them again, the counters are within their bounds.
  ///
  /// What earlier facts say, the pages of the file, rows that nothing touched and personal data are not looked at.
  ///
  /// - Throws: What keeps it from going on, ``StoreError/damaged(_:)`` when not even the tail of the log can be read.
  @available(*, noasync)
  public func verify(since: UInt64) throws(StoreError) -> IncrementalReport {
    let snapshot = try snapshot()
    var report = IncrementalReport()
    (report.since, report.sequence) = (since, snapshot.sequence)
    guard since < snapshot.sequence else { return report }
    var findings = Findings()
    try findings.checking { (findings) throws(StoreError) in
      let recent = try RecentFacts(of: snapshot, since: since, &findings)
      (report.groups, report.facts, report.factBytes) = (recent.groups, recent.facts, recent.factBytes)
      let check = RecentCheck(snapshot, recent)
      let parts = [check.checkRows, check.checkNames, check.checkOrders, check.checkCells]
      for part in parts {
        try findings.checking { (findings) throws(StoreError) in try part(&findings) }
      }
      (report.orders, report.lines, report.cells) = (check.orderCount, check.lineCount, check.cellCount)
      report.rowsRead = check.rowsRead
    }
    report.findings = findings.list
    return report
  }
}

/// What the groups behind a sequence say, refolded on top of the counts there were then.
struct RecentFacts {
  private(set) var tail: Tail
  private(set) var groups = 0
  private(set) var facts = 0
  private(set) var factBytes = 0

  init(of snapshot: OrderSnapshot, since: UInt64, _ findings: inout Findings) throws(StoreError) {
    let schema = StoreSchema.schema
    var base = FoldState(schema: schema)
    // Once for the counts: addresses of texts and codes of words begin where those before them end.
    if since > 0 { base.heapByteCount = 1 }
    tail = Tail(schema: schema, state: base)
    try fold(snapshot, since, &base, &findings)
    let all = snapshot.snapshot.tail
    let added = tail.heap.byteCount - base.heapByteCount
    base.heapByteCount = since == 0 ? 0 : all.heap.byteCount - added
    base.wordCounts = zip(all.words, tail.words).map { $0.count - $1.count }
    guard base.heapByteCount >= 0, base.wordCounts.allSatisfy({ $0 >= 0 }) else {
      throw .damaged("the groups behind \(since) add more words or texts than there are")
    }
    var unheard = Findings()
    tail = Tail(schema: schema, state: base)
    (groups, facts, factBytes) = (0, 0, 0)
    try fold(snapshot, since, &base, &unheard)
  }

  private mutating func fold(
    _ snapshot: OrderSnapshot, _ since: UInt64, _ base: inout FoldState, _ findings: inout Findings
  ) throws(StoreError) {
    var found = findings
    var (tail, state) = (self.tail, base)
    var counts = (groups: 0, facts: 0, factBytes: 0)
    defer {
      (findings, self.tail, base) = (found, tail, state)
      (groups, facts, factBytes) = counts
    }
    try snapshot.reading { () throws(FileError) in
      // The group before is read for its checksum, which the first one names.
      try snapshot.log.forEachGroup(from: max(1, since), through: snapshot.sequence) { (group) throws(FileError) in
        guard group.sequence > since else { return }
        if counts.groups == 0 {
          guard group.firstRows.count == StoreTable.allCases.count else {
            throw .damaged(
              .inconsistent(place: "log group \(group.sequence)", "\(group.firstRows.count) tables"))
          }
          state.rowCounts = group.firstRows
          tail = Tail(schema: StoreSchema.schema, state: state)
        } else if group.firstRows != tail.tables.map(\.rowCount) {
          found.note("log group \(group.sequence): does not begin where the group before it ends")
        }
        do throws(Damage) { counts.facts += try OrderFold.apply(group, to: &tail) } catch { throw .damaged(error) }
        counts.groups += 1
        counts.factBytes += group.facts.count
      }
    }
  }
}
