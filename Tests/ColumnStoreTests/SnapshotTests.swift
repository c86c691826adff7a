import ColumnStore
import Foundation
import Synchronization
import Testing

struct SnapshotTests {
  let directory = TemporaryDirectory()

  @Test func `a snapshot stays as it was while commits and folds go on`() throws {
    let store = try ToyStore(path: directory.file(), lag: .bytes(2_000))
    var model = ToyModel()
    var kept: [(Snapshot, ToyModel)] = []
    for (number, facts) in ToyScenario(seed: 21, commitCount: 40, rowsPerCommit: 60).commits.enumerated() {
      try store.commit(facts)
      model.apply(facts)
      if number % 10 == 3 { kept.append((try store.snapshot(), model)) }
    }
    try store.writer.fold()
    for (snapshot, model) in kept { model.expectAnswers(of: snapshot, "sequence \(model.groups)") }
  }

  @Test func `several threads read one snapshot`() throws {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    var model = ToyModel()
    for (number, facts) in ToyScenario(seed: 22, commitCount: 40, rowsPerCommit: 200).commits.enumerated() {
      try store.commit(facts)
      model.apply(facts)
      if number == 20 { try store.writer.fold() }
    }
    let snapshot = try store.snapshot()
    let expected = model
    let problems = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      let review = expected.review(snapshot)
      problems.withLock { $0 += review.wrongValues + review.wrongLookups + review.refusals.map(\.description) }
    }
    #expect(problems.withLock { $0 } == [])
  }

  @Test func `verification goes back to any folded sequence, and refuses another`() throws {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    for facts in ToyScenario(seed: 23, commitCount: 10, rowsPerCommit: 20).commits { try store.commit(facts) }
    try store.writer.fold()
    let folded = try store.snapshot()
    try store.commit([.rows(table: 0, [[7]])])
    let newest = try store.snapshot()
    #expect(newest.foldedThrough + 1 == newest.sequence)
    let same = try store.refolded(to: directory.file("same"))
    #expect(try newest.differences(from: same, limit: 5) == [])
    #expect(try folded.differences(from: same, limit: 5) == [])

    let target = try StoreFile.create(
      path: directory.file("earlier"), schema: Toy.schema, settings: [], options: .quick)
    try newest.refold(through: 3, into: target, folding: ToyFolding())
    let earlier = try Snapshot(of: target, folding: ToyFolding())
    #expect(earlier.sequence == 3)
    #expect(try newest.differences(from: earlier, limit: 5).count == 1)
  }
}
