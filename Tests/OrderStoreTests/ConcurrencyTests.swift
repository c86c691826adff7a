import Foundation
import OrderModel
import OrderStore
import Testing

struct ConcurrencyTests {
  @Test func `tasks submit without blocking and each gets its own answer`() async throws {
    let test = try TestStore()
    let store = test.store
    let receipts = try await withThrowingTaskGroup(of: (Int, Receipt).self) { group in
      for index in 0..<64 {
        group.addTask { (index, try await store.submit(.place(.tea("T-\(index)")))) }
      }
      return try await group.reduce(into: [Int: Receipt]()) { $0[$1.0] = $1.1 }
    }
    let snapshot = try test.snapshot()
    #expect(receipts.count == 64 && snapshot.orderCount == 64)
    #expect(Set(receipts.values.compactMap(\.order)).count == 64)
    for (index, receipt) in receipts {
      let id = try #require(receipt.order)
      let order = try #require(try snapshot.order(id))
      #expect(order.number == "T-\(index)" && order.sequence == receipt.sequence)
    }
    await #expect(throws: StoreError.refused(.emptyOrder)) {
      try await store.submit(
        .place(NewOrder(channel: "web", number: "E", placedAt: at(0), currency: "EUR")))
    }
  }

  @Test func `commands submitted together become one group`() throws {
    let test = try TestStore()
    let results = try test.store.submit((0..<500).map { Submission(.place(.tea("T-\($0)"))) })
    #expect(Set(try results.map { try $0.get().sequence }) == [1])
    #expect(try test.snapshot().sequence == 1)
    #expect(try test.store.submit([]).isEmpty)
    #expect(try test.snapshot().sequence == 1)
  }

  @Test func `a closed store takes no more commands, and keeps what it has`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    try test.store.close()
    #expect(throws: StoreError.closed) { try test.store.submit(.place(.tea("T-2"))) }
    #expect(throws: StoreError.closed) { try test.store.fold() }
    try test.store.close()
    try test.reopen()
    #expect(try test.snapshot().orderCount == 1)
    #expect(try test.snapshot().foldedThrough == 1)
  }

  @Test func `a closed store tells a task so`() async throws {
    let test = try TestStore()
    let store = test.store
    await Task.detached { ConcurrencyTests.close(store) }.value
    await #expect(throws: StoreError.closed) { try await store.submit(.place(.tea())) }
  }

  private static func close(_ store: OrderStore) { try? store.close() }

  @Test func `a store opened for reading takes no commands`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    let path = test.directory + "/copy.orders"
    try test.store.backup(to: path)
    var options = OrderStore.Options()
    options.readOnly = true
    let reader = try OrderStore.open(path: path, options: options)
    #expect(throws: StoreError.readOnly(path: path)) { try reader.submit(.place(.tea("T-2"))) }
    #expect(throws: StoreError.readOnly(path: path)) { try reader.fold() }
    #expect(try reader.snapshot().orderCount == 1)
    try reader.close()
  }

  @Test func `a store is made once and found where it is`() throws {
    let test = try TestStore()
    #expect(throws: StoreError.exists(path: test.path)) { try OrderStore.create(path: test.path) }
    let missing = test.directory + "/missing.orders"
    #expect(throws: StoreError.notFound(path: missing)) { try OrderStore.open(path: missing) }
    #expect(throws: StoreError.refused(.missingText(field: "currency"))) {
      try OrderStore.create(path: missing, settings: StoreSettings(currency: ""))
    }
    #expect(!FileManager.default.fileExists(atPath: missing))
  }

  @Test func `settings are kept`() throws {
    let settings = StoreSettings(
      timeZone: "Asia/Shanghai", currency: "CNY", scales: ["XTS": 5, "EUR": 3], weekStart: 7)
    let test = try TestStore(settings)
    try test.reopen()
    #expect(test.store.settings == settings)
    #expect(test.store.settings.scale(of: "EUR") == 3 && test.store.settings.scale(of: "JPY") == 0)
  }

  @Test func `a backup is the store as it was`() throws {
    let test = try TestStore()
    try test.submit([.place(.tea()), .received(2, "cup")])
    let copy = test.directory + "/copy.orders"
    try test.store.backup(to: copy)
    let content = try StoreContent(try test.snapshot())
    try test.submit(.place(.tea("T-2")))
    #expect(throws: StoreError.exists(path: copy)) { try test.store.backup(to: copy) }
    let store = try OrderStore.open(path: copy)
    #expect(try StoreContent(try store.snapshot()) == content)
    #expect(try store.verify(temporaryDirectory: test.directory).findings == [])
    try store.close()
  }
}
