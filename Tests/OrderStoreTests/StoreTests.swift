import Foundation
import OrderModel
import OrderStore
import Testing

struct StoreTests {
  @Test func `many tasks at once share commits and lose nothing`() async throws {
    let test = try TestStore()
    let store = test.store
    let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
      for number in 0..<300 { group.addTask { try await store.submit(.place(order("\(number)"))) } }
      return try await group.reduce(into: [Receipt]()) { $0.append($1) }
    }
    #expect(Set(receipts.compactMap(\.order)).count == 300)
    let snapshot = try store.snapshot()
    #expect(snapshot.orderCount == 300)
    #expect(snapshot.sequence < 300, "no two of 300 commands shared a commit")
    #expect(try test.verify().findings == [])
  }

  @Test func `orders are found by customer, phone and e-mail`() throws {
    let test = try TestStore()
    for (number, key, phone, email) in [
      ("1", "a", "+86 138-0013-8000", "Ann@Example.org"), ("2", "b", "8613800138000", "bo@example.org"),
      ("3", "a", "", "ann@example.org"),
    ] {
      var new = order(number)
      new.customer = CustomerIdentity(key: key, phone: phone, email: email)
      try test.submit(.place(new))
    }
    func numbers(_ ids: [OrderID]) throws -> Set<String> {
      let snapshot = try test.store.snapshot()
      return Set(try ids.compactMap { try snapshot.order($0)?.number })
    }
    let snapshot = try test.store.snapshot()
    #expect(try numbers(snapshot.orders(customer: "a")) == ["1", "3"])
    #expect(try numbers(snapshot.orders(phone: "86 13800138000")) == ["1", "2", "3"])
    #expect(try numbers(snapshot.orders(email: " ANN@example.ORG")) == ["1", "3"])
    #expect(try snapshot.orders(phone: "12345").isEmpty)
    #expect(try snapshot.orders(email: "").isEmpty)
    #expect(try test.verify().findings == [])
  }

  @Test func `a closed store refuses, a missing one is not found, an existing one is not overwritten`() throws {
    let test = try TestStore()
    try test.submit(.place(order("1")))
    try test.store.close()
    #expect(throws: StoreError.closed) { try test.store.submit(.place(order("2"))) }
    #expect(throws: StoreError.exists(path: test.path)) { try OrderStore.create(path: test.path) }
    #expect(throws: StoreError.notFound(path: "/nowhere/x.orders")) { try OrderStore.open(path: "/nowhere/x.orders") }
    let text = test.path + ".txt"
    try "no store at all, but long enough to be looked at".write(toFile: text, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: text) }
    #expect(throws: StoreError.notAStore(text)) { try OrderStore.open(path: text) }
  }

  @Test func `the change feed tells every change once and can be resumed`() throws {
    let test = try TestStore()
    try test.submit(receipt("TEA", 5))
    try test.submit(.place(order("1", customer: "c1")))
    try test.submit(.reserve(operation("1")))
    try test.submit(
      .pay(Payment(order: .number("1", channel: nil), method: "card", amountMinorUnits: 2_500, occurredAt: minute(11))))
    func changes(from first: UInt64) throws -> [ChangeRecord] {
      var list: [ChangeRecord] = []
      try test.store.snapshot().forEachChange(from: first) { list.append($0) }
      return list
    }
    let all = try changes(from: 1)
    let kinds = Set(all.map(\.kind))
    for kind in ["sku", "stock_cell", "movement", "customer", "order", "event", "payment"] {
      #expect(kinds.contains(kind), "\(kind) is missing in \(kinds)")
    }
    #expect(try changes(from: 3) == all.filter { $0.sequence >= 3 })
    #expect(try changes(from: 99).isEmpty)
  }

  @Test func `a backup is a store of the same content`() throws {
    let test = try TestStore()
    for number in 0..<50 { try test.submit(.place(order("\(number)"))) }
    let copy = test.path + ".backup"
    defer {
      try? FileManager.default.removeItem(atPath: copy)
      try? FileManager.default.removeItem(atPath: copy + "-lock")
    }
    try test.store.backup(to: copy)
    #expect(throws: StoreError.exists(path: copy)) { try test.store.backup(to: copy) }
    let backup = try OrderStore.open(path: copy)
    let directory = FileManager.default.temporaryDirectory.path
    #expect(try backup.verify(temporaryDirectory: directory).contentHash == test.verify().contentHash)
  }
}
