import OrderModel
import OrderStore
import Testing

struct CustomerTests {
  private func place(_ number: String, by customer: CustomerIdentity, in shop: TestShop) throws -> OrderID {
    var placed = order(number)
    placed.customer = customer
    return try #require(try shop.submit(.place(placed)).order)
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `a customer's orders are found, newest first`(lag: OrderStore.Options.Lag) throws {
    let shop = try TestShop(lag)
    let first = try place("A-1", by: CustomerIdentity(key: "c-1"), in: shop)
    _ = try place("A-2", by: CustomerIdentity(key: "c-2"), in: shop)
    try shop.place("A-3")
    let second = try place("A-4", by: CustomerIdentity(key: "c-1"), in: shop)
    let snapshot = try shop.store.snapshot()
    #expect(snapshot.customerCount == 2)
    #expect(try snapshot.orders(customer: "c-1") == [second, first])
    #expect(try snapshot.orders(customer: "c-3") == [])
    #expect(try shop.verify().findings == [])
  }

  @Test func `a grade holds from its command on; orders keep the one they were placed with`() throws {
    let shop = try TestShop()
    _ = try place("A-1", by: CustomerIdentity(key: "c-1", grade: "silver"), in: shop)
    try shop.submit(.registerCustomer(CustomerIdentity(key: "c-1", grade: "gold")))
    _ = try place("A-2", by: CustomerIdentity(key: "c-1", grade: "gold"), in: shop)
    #expect(try shop.stored("A-1").grade == "silver" && shop.stored("A-2").grade == "gold")
  }

  @Test func `registering tells what is new, and a receipt names a group that is there`() throws {
    let shop = try TestShop()
    let identity = CustomerIdentity(key: "c-1", name: "Li", phone: "138", grade: "gold")
    #expect(try shop.submit(.registerCustomer(identity)) == Receipt(outcome: .created, sequence: 1, order: nil))
    #expect(try shop.submit(.registerCustomer(identity)) == Receipt(outcome: .unchanged, sequence: 1, order: nil))
    // What is personal stands outside the log: no group holds it.
    var other = identity
    other.phone = "139"
    #expect(try shop.submit(.registerCustomer(other)) == Receipt(outcome: .updated, sequence: 1, order: nil))
    #expect(try shop.store.snapshot().sequence == 1)
    other.grade = "silver"
    #expect(try shop.submit(.registerCustomer(other)) == Receipt(outcome: .updated, sequence: 2, order: nil))
  }

  @Test func `phone numbers are found by their digits in any script`() throws {
    let shop = try TestShop()
    let id = try place("A-1", by: CustomerIdentity(key: "c-1", phone: "+86 (138) 0013-8000"), in: shop)
    let snapshot = try shop.store.snapshot()
    for phone in ["8613800138000", "86 138 0013 8000", "８６１３８００１３８０００", "٨٦١٣٨٠٠١٣٨٠٠٠"] {
      #expect(try snapshot.orders(phone: phone) == [id], "\(phone)")
    }
    for phone in ["13800138000", "861380013800", "", "no digits"] {
      #expect(try snapshot.orders(phone: phone) == [], "\(phone)")
    }
  }

  @Test func `e-mail addresses are found whatever their case`() throws {
    let shop = try TestShop()
    let id = try place("A-1", by: CustomerIdentity(key: "c-1", email: " Li.Wei@Example.COM"), in: shop)
    let snapshot = try shop.store.snapshot()
    #expect(try snapshot.orders(email: "li.wei@example.com") == [id])
    #expect(try snapshot.orders(email: "LI.WEI@EXAMPLE.COM ") == [id])
    #expect(try snapshot.orders(email: "liwei@example.com") == [])
    #expect(try snapshot.orders(email: "") == [])
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `several customers may share a phone, and a changed one is found no more`(
    lag: OrderStore.Options.Lag
  ) throws {
    let shop = try TestShop(lag)
    let first = try place("A-1", by: CustomerIdentity(key: "c-1", phone: "555"), in: shop)
    let second = try place("A-2", by: CustomerIdentity(key: "c-2", phone: "5-5-5"), in: shop)
    let third = try place("A-3", by: CustomerIdentity(key: "c-1"), in: shop)
    #expect(try shop.store.snapshot().orders(phone: "555") == [third, second, first])
    try shop.submit(.registerCustomer(CustomerIdentity(key: "c-1", phone: "777")))
    #expect(try shop.store.snapshot().orders(phone: "555") == [second])
    #expect(try shop.store.snapshot().orders(phone: "777") == [third, first])
    // What a command leaves out is kept.
    try shop.submit(.registerCustomer(CustomerIdentity(key: "c-1", email: "a@b")))
    #expect(try shop.store.snapshot().orders(phone: "777") == [third, first])
    #expect(try shop.verify().findings == [])
  }

  @Test func `nothing personal is in the change feed, nor is a trace of it in the log`() throws {
    let (shop, other) = (try TestShop(), try TestShop())
    let identity = CustomerIdentity(key: "c-1", name: "Li Wei", phone: "13800138000", email: "li@example.com")
    try shop.submit(.registerCustomer(identity), key: "k")
    try other.submit(.registerCustomer(CustomerIdentity(key: "c-1")), key: "k")
    let facts = try [shop, other].map { try $0.store.snapshot().changes(from: 1, limit: 100).records }
    #expect(facts[0] == facts[1])
    #expect(try shop.verify().contentHash != other.verify().contentHash)
    #expect(try shop.verify().factBytes == other.verify().factBytes)
  }
}
