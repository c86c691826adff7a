import OrderModel
import OrderStore
import Testing

/// Earlier states.
struct HistoryTests {
  private let commands = LagTests.commands(200, seed: 77)

  @Test(.tags(.differential), arguments: [OrderStore.Options.Lag.bytes(1_000), .unbounded])
  func `an earlier state answers as a store that had stopped there`(lag: OrderStore.Options.Lag) throws {
    let (shop, stopped) = (try TestShop(lag), try TestShop(.none))
    for (index, command) in commands.enumerated() {
      shop.clock.now = Int64(index) * 10
      _ = try shop.store.submit([Submission(command)])
    }
    let newest = try shop.store.snapshot().sequence
    var next = 0
    for sequence in stride(from: 0, through: newest, by: 23) {
      while try stopped.store.snapshot().sequence < sequence {
        stopped.clock.now = Int64(next) * 10
        _ = try stopped.store.submit([Submission(commands[next])])
        next += 1
      }
      let earlier = try shop.store.snapshot(at: sequence, temporaryDirectory: shop.directory.path)
      let expected = try stopped.store.snapshot()
      #expect(earlier.sequence == sequence && earlier.recordedAt == expected.recordedAt)
      #expect(try StoreDump.lines(of: earlier) == StoreDump.lines(of: expected))
      #expect(
        try earlier.changes(from: 1, limit: .max).records == expected.changes(from: 1, limit: .max).records)
    }
    #expect(try shop.store.snapshot(at: newest, temporaryDirectory: "/nowhere").sequence == newest)
    #expect(try shop.store.snapshot(at: .max, temporaryDirectory: "/nowhere").sequence == newest)
  }

  @Test func `the state of a time is that of the newest group recorded by then`() throws {
    let shop = try TestShop()
    for (number, time) in [1_000, 2_000, 2_000, 5_000].enumerated() {
      shop.clock.now = Int64(time)
      try shop.place("A-\(number)")
    }
    func orders(at time: Int64) throws -> Int {
      try shop.store.snapshot(
        recordedBy: Instant(milliseconds: time), temporaryDirectory: shop.directory.path
      ).orderCount
    }
    #expect(try [.min, 999, 1_000, 1_999, 2_000, 4_999, 5_000, .max].map(orders) == [0, 0, 1, 1, 3, 3, 4, 4])
  }

  @Test func `the file of an earlier state has no name, and lives as long as it is read`() throws {
    let shop = try TestShop()
    for number in 0..<50 { try shop.place("A-\(number)") }
    let before = shop.directory.names
    let earlier = try shop.store.snapshot(at: 20, temporaryDirectory: shop.directory.path)
    let other = try shop.store.snapshot(at: 30, temporaryDirectory: shop.directory.path)
    #expect(shop.directory.names == before)
    #expect(earlier.orderCount == 20 && other.orderCount == 30)
    try shop.place("later")
    #expect(try earlier.orders(number: "A-19").count == 1 && earlier.orders(number: "A-20") == [])
  }

  @Test func `an earlier state cannot be made where nothing can be written`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    #expect(throws: StoreError.self) { try shop.store.snapshot(at: 0, temporaryDirectory: "/nowhere/at/all") }
    #expect(try shop.store.snapshot().orderCount == 1)
  }
}
