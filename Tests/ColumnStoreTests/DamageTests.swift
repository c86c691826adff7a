import ColumnStore
import Testing

/// Whatever happens to stored bytes is told, by a read or by verification: never a wrong value.
struct DamageTests {
  let directory = TemporaryDirectory()

  enum Harm: String, CaseIterable {
    case flippedBit, zeroedSector, removed, cut, exchanged, doubled

    /// The entries as they are afterwards; nil when this harm changes nothing here.
    func change(
      _ number: Int, of entries: [(key: [UInt8], value: [UInt8])], random: inout SeededGenerator
    ) -> [(key: [UInt8], value: [UInt8]?)]? {
      let (key, value) = entries[number]
      var harmed = value
      switch self {
      case .flippedBit:
        guard !value.isEmpty else { return nil }
        harmed[Int(random.next() % UInt64(value.count))] ^= 1 << UInt8(random.next() % 8)
      case .zeroedSector:
        guard !value.isEmpty else { return nil }
        let start = Int(random.next() % UInt64(value.count)) / 512 * 512
        for index in start..<min(start + 512, value.count) { harmed[index] = 0 }
      case .removed: return [(key, nil)]
      case .cut:
        guard !value.isEmpty else { return nil }
        harmed.removeLast()
      case .exchanged:
        let other = entries[Int(random.next() % UInt64(entries.count))]
        return other.value == value ? nil : [(key, other.value), (other.key, value)]
      case .doubled:
        var neighbour = key
        neighbour[Int(random.next() % UInt64(key.count))] ^= 1 << UInt8(random.next() % 8)
        return entries.contains { $0.key == neighbour } ? nil : [(neighbour, value)]
      }
      return harmed == value ? nil : [(key, harmed)]
    }
  }

  /// A store with something of every kind folded, and a tail of small and large groups.
  private func makeStore() throws -> (ToyStore, ToyModel) {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    var model = ToyModel()
    func commit(_ facts: [ToyFact]) throws {
      try store.commit(facts)
      model.apply(facts)
    }
    for facts in ToyScenario(seed: 5, commitCount: 70, rowsPerCommit: 160).commits { try commit(facts) }
    #expect(model.rowCount(0) > Geometry.rowsPerGroup)
    try store.writer.fold()
    try commit([.set(table: 0, row: 3, column: 1, 9), .word(list: 1, "late"), .text(row: 5, "late")])
    try commit([
      .rows(table: 0, Array(repeating: [1_700_000_000_000, 3, 4, 5], count: 600)), .add(table: 1, row: 0, column: 0, 4),
    ])
    try commit([.entry(index: 0, hash: 3, row: 4_200)])
    return (store, model)
  }

  @Test(.tags(.property), arguments: EngineFile.tables.dropLast())
  func `damage to any stored value is told and gives no wrong value`(table: String) throws {
    let (store, model) = try makeStore()
    let reference = try store.refolded(to: directory.file("reference"))
    let engine = try EngineFile(path: store.path)
    let entries = try engine.entries(table)
    #expect(!entries.isEmpty)
    var random = SeededGenerator(seed: 17)
    var trialCount = 0
    let step = max(1, entries.count / 20)
    for harm in Harm.allCases {
      for number in stride(from: Int(random.next() % UInt64(step)), to: entries.count, by: step) {
        guard let change = harm.change(number, of: entries, random: &random) else { continue }
        let comment: Comment = "\(harm) in \(table), key \(entries[number].key), changed \(change.map(\.key))"
        for (key, value) in change { try engine.put(value, for: key, in: table) }
        try expectTold(store, model, reference, table, trialCount, comment)
        for (key, _) in change {
          try engine.put(entries.first { $0.key == key }?.value, for: key, in: table)
        }
        trialCount += 1
      }
    }
    #expect(trialCount > 5)
    model.expectAnswers(of: try store.snapshot(), "restored")
    #expect(try store.snapshot().differences(from: reference, limit: 3) == [])
  }

  private func expectTold(
    _ store: ToyStore, _ model: ToyModel, _ reference: Snapshot, _ table: String, _ trial: Int, _ comment: Comment
  ) throws {
    let snapshot: Snapshot
    do throws(FileError) { snapshot = try store.snapshot() } catch {
      #expect(error.isDamage, comment)
      return
    }
    // Only the newest groups can go without a trace, and then nothing else is told of them.
    let isShorter = snapshot.sequence < UInt64(model.groups)
    #expect(!isShorter || table == "log", comment)
    var isTold = isShorter
    if !isShorter {
      let review = model.review(snapshot)
      #expect(review.wrongValues == [], comment)
      #expect(review.refusals.filter { !$0.isDamage } == [], comment)
      isTold = !review.refusals.isEmpty
      if !review.wrongLookups.isEmpty || !isTold {
        // What lookups miss, verification must find.
        let findings = try snapshot.differences(from: reference, limit: 3)
        #expect(review.wrongLookups.isEmpty || !findings.isEmpty, comment)
        isTold = isTold || !findings.isEmpty
      }
    }
    if !isTold {
      let path = directory.file("\(table)-\(trial)")
      let target = try StoreFile.create(path: path, schema: Toy.schema, settings: [], options: .quick)
      do throws(FileError) {
        try snapshot.refold(through: snapshot.sequence, into: target, folding: ToyFolding())
      } catch {
        #expect(error.isDamage, comment)
        isTold = true
      }
    }
    if !isTold { isTold = (try? StoreFile.open(path: store.path, schema: Toy.schema, options: .quick)) == nil }
    #expect(isTold, comment)
  }

  @Test func `a log shorter than what is folded is refused, by readers and writers`() throws {
    let store = try ToyStore(path: directory.file(), lag: .none)
    for number in 0..<3 { try store.commit([.rows(table: 0, [[Int64(number)]])]) }
    let engine = try EngineFile(path: store.path)
    let last = try engine.entries("log").last!
    try engine.put(nil, for: last.key, in: "log")
    #expect { try store.snapshot() } throws: { ($0 as? FileError)?.isDamage == true }
    #expect { try store.commit([.rows(table: 0, [[]])]) } throws: { ($0 as? FileError)?.isDamage == true }
    try engine.put(last.value, for: last.key, in: "log")
    #expect(try store.commit([.rows(table: 0, [[]])]) == 4)
  }

  @Test func `a text address that damage made up is refused`() throws {
    let store = try ToyStore(path: directory.file(), lag: .none)
    try store.commit([.rows(table: 0, [[]]), .text(row: 0, "note")])
    let snapshot = try store.snapshot()
    #expect(try snapshot.text(at: 1) == "note")
    #expect(try snapshot.text(at: 0) == "")
    for address in [-1, 2, 9, 10, 4_080, .max, .min] as [Int64] {
      #expect { try snapshot.text(at: address) } throws: { ($0 as? FileError)?.isDamage == true }
    }
    // A length of 63 bits must be refused, not added to.
    let engine = try EngineFile(path: store.path)
    let (key, value) = try engine.entries("heap")[0]
    try engine.put([0] + Array(repeating: 0xFF, count: 8) + [0x7F] + value.dropFirst(10), for: key, in: "heap")
    #expect { try store.snapshot().text(at: 1) } throws: { ($0 as? FileError)?.isDamage == true }
  }

  @Test func `a row that is not there is refused`() throws {
    let store = try ToyStore(path: directory.file(), lag: .none)
    try store.commit([.rows(table: 0, [[5]])])
    #expect(try store.snapshot().value(table: 0, row: 0, column: 0) == 5)
    for row in [-1, 1, 4_080, 1 << 40] {
      #expect { try store.snapshot().value(table: 0, row: row, column: 0) } throws: {
        ($0 as? FileError)?.isDamage == true
      }
    }
  }
}

extension FileError {
  var isDamage: Bool { kind == .damaged }
}
