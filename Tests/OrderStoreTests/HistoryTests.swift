import OrderModel
import OrderStore
import Testing

struct HistoryTests {
  @Test(.tags(.differential))
  func `an earlier state equals a store that stopped there`() throws {
    var maker = CommandMaker(seed: 11)
    let batches = (0..<40).map { _ in (0..<15).map { _ in maker.next() } }
    let whole = try TestStore(lag: .bytes(4_000))
    for batch in batches { _ = try whole.store.submit(batch) }
    for count in [1, 7, 20, 39] {
      let stopped = try TestStore(lag: .none)
      for batch in batches[..<count] { _ = try stopped.store.submit(batch) }
      let reference = try stopped.snapshot()
      let snapshot = try whole.store.snapshot(at: reference.sequence, temporaryDirectory: whole.directory)
      #expect(snapshot.sequence == reference.sequence)
      #expect(try StoreContent(snapshot) == StoreContent(reference), "after \(count) commits")
    }
    // Nothing written since has changed the newest state.
    let newest = try whole.snapshot()
    #expect(
      try StoreContent(try whole.store.snapshot(at: newest.sequence + 5, temporaryDirectory: whole.directory))
        == StoreContent(newest))
  }

  @Test func `a snapshot stays as it was`() throws {
    let test = try TestStore(lag: .none)
    try test.submit(.place(.tea()))
    let snapshot = try test.snapshot()
    let content = try StoreContent(snapshot)
    try test.submit([.place(.tea("T-2")), .event("T-1", .paid, at: at(1))])
    try test.store.fold()
    #expect(try StoreContent(snapshot) == content)
    #expect(try test.snapshot().orderCount == 2)
  }

  @Test func `what was known at an instant is the state after the newest group recorded by then`() throws {
    let test = try TestStore()
    for (index, time) in [1_000, 2_000, 2_000, 5_000].enumerated() {
      test.clock.now = Int64(time)
      try test.submit(.place(.tea("T-\(index)")))
    }
    for (time, orders) in [(999, 0), (1_000, 1), (1_999, 1), (2_000, 3), (4_999, 3), (5_000, 4), (9_000, 4)] {
      let snapshot = try test.store.snapshot(
        recordedBy: Instant(milliseconds: Int64(time)), temporaryDirectory: test.directory)
      #expect(snapshot.orderCount == orders, "by \(time)")
      #expect(snapshot.sequence == UInt64(orders))
    }
    #expect(try test.snapshot().recordedAt == Instant(milliseconds: 5_000))
  }

  @Test func `a clock that goes back does not hide what was recorded`() throws {
    let test = try TestStore()
    for (index, time) in [5_000, 1_000].enumerated() {
      test.clock.now = Int64(time)
      try test.submit(.place(.tea("T-\(index)")))
    }
    let recorded = try #require(try test.snapshot().recordedAt)
    #expect(recorded.milliseconds >= 5_000)
    #expect(
      try test.store.snapshot(recordedBy: recorded, temporaryDirectory: test.directory).orderCount == 2)
  }
}
