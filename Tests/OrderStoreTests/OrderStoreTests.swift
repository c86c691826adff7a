import Foundation
import OrderModel
import OrderStore
import Testing

/// Making, opening, closing; the clock.
struct OrderStoreTests {
  let directory = TemporaryDirectory()

  @Test func `a store is made once, with settings that last`() throws {
    let settings = StoreSettings(
      timeZone: "Asia/Shanghai", currency: "GBP", scales: ["GBP": 3, "XAU": 0], weekStart: 7)
    let path = directory.file()
    do {
      let store = try OrderStore.create(path: path, settings: settings, options: .quick())
      try store.close()
    }
    #expect(throws: StoreError.exists(path: path)) { try OrderStore.create(path: path) }
    let store = try OrderStore.open(path: path, options: .quick())
    #expect(store.settings == settings)
    #expect(store.settings.scale(of: "GBP") == 3 && store.settings.scale(of: "JPY") == 0)
    #expect(store.settings.scale(of: "EUR") == 2)
  }

  @Test func `a closed store that still lives is told when its file is opened in another way`() throws {
    let path = directory.file()
    do {
      let closed = try OrderStore.create(path: path, options: .quick())
      try closed.close()
      var options = OrderStore.Options.quick()
      options.readOnly = true
      let error = #expect(throws: StoreError.self) { try OrderStore.open(path: path, options: options) }
      #expect("\(error as Any)".contains("keeps its file open, closed too, until the last reference to it is gone"))
      withExtendedLifetime(closed) {}
    }
    var options = OrderStore.Options.quick()
    options.readOnly = true
    _ = try OrderStore.open(path: path, options: options)
  }

  @Test func `settings no store can have are refused, and no file is made`() throws {
    for (settings, refusal) in [
      (StoreSettings(timeZone: ""), Refusal.missingText(field: "time zone")),
      (StoreSettings(currency: ""), .missingText(field: "currency")),
      (StoreSettings(scales: ["GBP": -1]), .invalidAmount(field: "scale of GBP", value: -1)),
      (StoreSettings(scales: ["GBP": 19]), .invalidAmount(field: "scale of GBP", value: 19)),
      (StoreSettings(weekStart: 0), .invalidAmount(field: "week start", value: 0)),
      (StoreSettings(weekStart: 8), .invalidAmount(field: "week start", value: 8)),
    ] {
      #expect(throws: StoreError.refused(refusal)) {
        try OrderStore.create(path: directory.file(), settings: settings)
      }
    }
    #expect(directory.names.isEmpty)
  }

  @Test func `what is no store is told apart`() throws {
    let missing = directory.file("missing")
    #expect(throws: StoreError.notFound(path: missing)) { try OrderStore.open(path: missing) }
    let text = directory.file("text")
    try Data(repeating: 65, count: 20_000).write(to: URL(filePath: text))
    #expect(throws: StoreError.notAStore(text)) { try OrderStore.open(path: text, options: .quick()) }
    #expect(throws: StoreError.exists(path: text)) { try OrderStore.create(path: text) }
  }

  @Test func `a closed store refuses commands, still answers, and can be opened again`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    let store = shop.store
    try store.close()
    try store.close()
    #expect(throws: StoreError.closed) { try store.submit(.place(order("A-2"))) }
    #expect(throws: StoreError.closed) { try store.fold() }
    #expect(try store.snapshot().orderCount == 1)
    #expect(try store.snapshot().foldedThrough == 1)
    try shop.reopen()
    try shop.place("A-2")
    #expect(try shop.store.snapshot().orderCount == 2)
  }

  @Test func `a store open for reading reads and refuses the rest`() throws {
    let path = directory.file()
    do {
      let store = try OrderStore.create(path: path, options: .quick())
      try store.submit(.place(order("A-1")))
      try store.close()
    }
    var options = OrderStore.Options.quick()
    options.readOnly = true
    let store = try OrderStore.open(path: path, options: options)
    #expect(try store.snapshot().orderCount == 1)
    #expect(throws: StoreError.readOnly(path: path)) { try store.submit(.place(order("A-2"))) }
    #expect(throws: StoreError.readOnly(path: path)) { try store.fold() }
    #expect(try store.verify(temporaryDirectory: directory.path).findings == [])
    try store.close()
  }

  @Test func `the door that does not block refuses likewise`() async throws {
    let path = directory.file()
    func close(_ store: OrderStore) throws { try store.close() }
    let store = try OrderStore.create(path: path, options: .quick())
    try await store.submit(.place(order("A-1")))
    await #expect(throws: StoreError.refused(.emptyOrder)) { try await store.submit(.place(order("A-2", []))) }
    try close(store)
    await #expect(throws: StoreError.closed) { try await store.submit(.place(order("A-2"))) }
    #expect(try store.snapshot().orderCount == 1)
  }

  @Test func `a clock that goes back does not take recorded time back`() throws {
    let shop = try TestShop()
    var recorded: [Int64] = []
    for time in [5_000, 9_000, 3_000, -1, 9_001] as [Int64] {
      shop.clock.now = time
      try shop.place("\(time)")
      recorded.append(try #require(try shop.store.snapshot().recordedAt).milliseconds)
    }
    #expect(recorded == [5_000, 9_000, 9_000, 9_000, 9_001])
    try shop.reopen()
    shop.clock.now = 10
    try shop.place("after")
    #expect(try shop.store.snapshot().recordedAt == Instant(milliseconds: 9_001))
    #expect(try shop.verify().findings == [])
  }

  @Test func `an empty store answers, verifies and has no recorded time`() throws {
    let shop = try TestShop()
    let snapshot = try shop.store.snapshot()
    #expect(snapshot.sequence == 0 && snapshot.recordedAt == nil && snapshot.orderCount == 0)
    #expect(try snapshot.order(OrderID(rawValue: 0)) == nil && snapshot.stock().isEmpty)
    let report = try shop.verify()
    #expect(report.findings == [] && report.contentHash.count == 32 && report.facts == 0)
  }

  @Test func `a snapshot stays as it was while the store goes on`() throws {
    let shop = try TestShop(.bytes(2_000))
    try shop.place("A-1")
    let snapshot = try shop.store.snapshot()
    let before = try StoreDump.lines(of: snapshot)
    for number in 2..<300 { try shop.place("A-\(number)") }
    try shop.record("A-1", .shipped, at: 5)
    try shop.store.fold()
    #expect(try StoreDump.lines(of: snapshot) == before)
    #expect(try shop.store.snapshot().orderCount == 299)
  }

  @Test func `a backup is a store of its own with the same content`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5)
    try shop.place("A-1")
    let path = shop.directory.file("copy.orders")
    try shop.store.backup(to: path)
    #expect(throws: StoreError.exists(path: path)) { try shop.store.backup(to: path) }
    try shop.place("A-2")
    let copy = try OrderStore.open(path: path, options: .quick())
    let report = try copy.verify(temporaryDirectory: directory.path)
    #expect(report.findings == [] && report.orders == 1)
    try copy.submit(.place(order("A-2")))
    #expect(try copy.verify(temporaryDirectory: directory.path).contentHash == shop.verify().contentHash)
  }
}
