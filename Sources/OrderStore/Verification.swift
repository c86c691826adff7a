internal import ColumnStore
internal import Dispatch
internal import Synchronization

/// What a verification looked at and found.
public struct VerificationReport: Sendable, Hashable {
  /// The newest group, so the number of groups too.
  public internal(set) var sequence: UInt64 = 0
  public internal(set) var orders = 0
  public internal(set) var lines = 0
  public internal(set) var events = 0
  public internal(set) var movements = 0
  /// Facts, and their bytes.
  public internal(set) var facts = 0
  public internal(set) var factBytes = 0
  /// Pages of the file: in use, free, and lost to both.
  public internal(set) var pagesUsed = 0
  public internal(set) var pagesFree = 0
  public internal(set) var pagesLost = 0
  /// A hash of all facts and of the personal data, whatever the commits they came in: equal hashes, equal stores.
  /// 32 hexadecimal digits.
  public internal(set) var contentHash = ""
  /// Everything that does not hold; empty when the store is sound. The first hundred are told. Where pages do not hold
  /// nothing else was looked at.
  public internal(set) var findings: [String] = []
}

/// Collects what does not hold.
struct Findings: Sendable {
  /// How many a report tells.
  static let limit = 100
  private(set) var list: [String] = []

  mutating func note(_ finding: @autoclosure () -> String) {
    if list.count < Findings.limit { list.append(finding()) }
  }

  /// Runs `body`; damage that ends it is a finding.
  mutating func checking(_ body: (inout Findings) throws(StoreError) -> Void) throws(StoreError) {
    do throws(StoreError) { try body(&self) } catch {
      guard case .damaged(let what) = error else { throw error }
      note(what)
    }
  }
}

extension OrderStore {
  /// Recomputes everything derived from the log and compares; checks every invariant that ties tables together, and
  /// every page of the file.
  ///
  /// Damage that ends the reading of one part is a finding, and the others are still checked. A file damaged in the
  /// engine's own pages may end the process: for a file that is not trusted run it in one of its own.
  ///
  /// - Parameter temporaryDirectory: Where the log is refolded, about as large as the store; removed afterwards.
  /// - Throws: What keeps it from going on, ``StoreError/damaged(_:)`` when not even the tail of the log can be read.
  @available(*, noasync)
  public func verify(temporaryDirectory: String) throws(StoreError) -> VerificationReport {
    var report = VerificationReport()
    var findings = Findings()
    // The pages first: the engine, which reads all that follows, trusts them and may end the process where they lie.
    try findings.checking { (findings) throws(StoreError) in
      guard let review = try pages() else { return }
      (report.pagesUsed, report.pagesFree, report.pagesLost) = (review.used, review.free, review.lost)
      for fault in review.faults { findings.note(fault) }
      if review.lost > 0 { findings.note("\(review.lost) pages of the file are neither used nor free") }
    }
    guard findings.list.isEmpty else {
      report.findings = findings.list
      return report
    }
    let snapshot = try snapshot()
    report.sequence = snapshot.sequence
    (report.orders, report.lines) = (snapshot.orderCount, snapshot.lineCount)
    (report.events, report.movements) = (snapshot.eventCount, snapshot.movementCount)
    // On two threads: refolding takes about as long as everything else together.
    let derived = Mutex<Result<Derived, StoreError>?>(nil)
    let recounted = Mutex<Result<Recounted, StoreError>?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      if part == 0 {
        let result = Result { () throws(StoreError) in try compareDerived(snapshot, in: temporaryDirectory) }
        derived.withLock { $0 = result }
      } else {
        let result = Result { () throws(StoreError) in try recount(snapshot) }
        recounted.withLock { $0 = result }
      }
    }
    let (refold, rest) = (try derived.withLock { $0! }.get(), try recounted.withLock { $0! }.get())
    (report.facts, report.factBytes, report.contentHash) = (refold.facts, rest.factBytes, rest.contentHash)
    for finding in rest.contentFindings.list + refold.findings.list + rest.findings.list { findings.note(finding) }
    report.findings = findings.list
    return report
  }

  /// What refolding the log found.
  private struct Derived: Sendable {
    var facts = 0
    var findings = Findings()
  }

  private func compareDerived(
    _ snapshot: OrderSnapshot, in temporaryDirectory: String
  ) throws(StoreError) -> Derived {
    var derived = Derived()
    var facts = 0
    try derived.findings.checking { (findings) throws(StoreError) in
      let counting = CountingFold()
      for difference in try refoldedDifferences(snapshot, counting, in: temporaryDirectory) {
        findings.note(difference)
      }
      facts = counting.count + (try snapshot.tailFactCount())
    }
    derived.facts = facts
    return derived
  }

  /// What holds between the tables, and what is not derived.
  private struct Recounted: Sendable {
    var contentHash = ""
    var factBytes = 0
    var contentFindings = Findings()
    var findings = Findings()
  }

  private func recount(_ snapshot: OrderSnapshot) throws(StoreError) -> Recounted {
    var recounted = Recounted()
    var content = (hash: "", factBytes: 0)
    try recounted.contentFindings.checking { (_) throws(StoreError) in content = try snapshot.content() }
    (recounted.contentHash, recounted.factBytes) = content
    let checks = [
      OrderSnapshot.checkStock, OrderSnapshot.checkOrders, OrderSnapshot.checkChains, OrderSnapshot.checkLookups,
      OrderSnapshot.checkPersonalData,
    ]
    for check in checks {
      try recounted.findings.checking { (findings) throws(StoreError) in try check(snapshot)(&findings) }
    }
    return recounted
  }

  private func pages() throws(StoreError) -> StoreFile.PageReview? {
    do throws(FileError) {
      return try file.reviewPages(limit: Findings.limit)
    } catch { throw StoreError(error, path: path) }
  }

  private func refoldedDifferences(
    _ snapshot: OrderSnapshot, _ folding: CountingFold, in directory: String
  ) throws(StoreError) -> [String] {
    do throws(FileError) {
      let reference = try refolded(
        snapshot.snapshot, through: snapshot.foldedThrough, folding: folding, in: directory)
      return try snapshot.snapshot.differences(from: reference, limit: Findings.limit).map(\.description)
    } catch { throw StoreError(error, path: path) }
  }
}

extension OrderSnapshot {
  /// The hash of everything that is not derived, and how many bytes of facts there are.
  func content() throws(StoreError) -> (hash: String, factBytes: Int) {
    var first = ContentHash(seed: 101)
    var second = ContentHash(seed: 102)
    var byteCount = 0
    let resident = ResidentPages(of: snapshot.file)
    try reading { () throws(FileError) in
      try log.forEachGroup(from: 1, through: sequence) { group in
        resident.touch(64)
        first.combine(group.facts)
        second.combine(group.facts)
        byteCount += group.facts.count
      }
      // The length tells where facts end and personal data begin.
      try snapshot.scanAside(from: [0]) { key, value in
        resident.touch()
        for bytes in [key, value] {
          first.combine(bytes)
          second.combine(bytes)
        }
        return true
      }
    }
    let hash = ContentHash.hexadecimal(first.value) + ContentHash.hexadecimal(second.value)
    return (hash, byteCount)
  }

  /// How many facts stand behind what is folded.
  func tailFactCount() throws(StoreError) -> Int {
    var count = 0
    try reading { () throws(FileError) in
      try log.forEachGroup(from: foldedThrough + 1, through: sequence) { (group) throws(FileError) in
        do throws(Damage) { count += try Fact.count(in: group) } catch { throw .damaged(error) }
      }
    }
    return count
  }

  /// Calls `body` with the first row and some columns of each row group of `table`.
  func forEachRowGroup<Column: StoreColumn>(
    _ columns: [Column], _ body: (Int, [[Int64]]) throws(StoreError) -> Void
  ) throws(StoreError) {
    var values: [[Int64]] = columns.map { _ in [] }
    for group in 0..<snapshot.groupCount(of: Column.table.rawValue) {
      if group % 8 == 7 { snapshot.file.releaseResidentPages() }
      for (index, column) in columns.enumerated() {
        try reading { () throws(FileError) in
          try snapshot.gather(table: Column.table.rawValue, column: column.rawValue, group: group, into: &values[index])
        }
      }
      try body(group * Geometry.rowsPerGroup, values)
    }
  }
}

extension Fact {
  /// How many facts a group has.
  static func count(in group: LogGroup) throws(Damage) -> Int {
    var heads = try Fact.Heads(of: group)
    var reader = ByteReader(group.facts)
    var count = 0
    while !reader.isAtEnd {
      heads.advance(over: try Fact(from: &reader, heads: heads))
      count += 1
    }
    return count
  }
}

extension Fact.Heads {
  /// Rows there are before a group's first fact.
  init(of group: LogGroup) throws(Damage) {
    guard group.firstRows.count == StoreTable.allCases.count else {
      throw .inconsistent(place: "log group \(group.sequence)", "\(group.firstRows.count) tables")
    }
    func rows(_ table: StoreTable) -> Int { group.firstRows[table.rawValue] }
    self.init(
      orders: rows(.orders), lines: rows(.lines), events: rows(.events), customers: rows(.customers),
      stock: rows(.stock), legs: rows(.legs), payments: rows(.payments), movements: rows(.movements),
      allotments: rows(.allotments), inbound: rows(.inbound), components: rows(.components), caps: rows(.caps))
  }
}

/// Folds as ``OrderFold`` does and counts the facts on the way.
final class CountingFold: FactFolding {
  private let facts = Atomic<Int>(0)
  var count: Int { facts.load(ordering: .relaxed) }

  func apply(_ group: LogGroup, to tail: inout Tail) throws(Damage) {
    facts.add(try OrderFold.apply(group, to: &tail), ordering: .relaxed)
  }
}
