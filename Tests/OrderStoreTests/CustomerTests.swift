import OrderModel
import OrderStore
import Testing

struct CustomerTests {
  private func place(_ number: String, _ customer: CustomerIdentity?) -> Command {
    var order = NewOrder.tea(number)
    order.customer = customer
    return .place(order)
  }

  private func ids(_ rows: UInt32...) -> [OrderID] { rows.map { OrderID(rawValue: $0) } }

  @Test func `a customer's orders are found newest first, in one commit or in several`() throws {
    let test = try TestStore(lag: .bytes(300))
    let (lin, mei) = (CustomerIdentity(key: "lin"), CustomerIdentity(key: "梅"))
    try test.submit([place("1", lin), place("2", mei), place("3", lin), place("4", nil)])
    try test.submit(place("5", lin))
    try test.reopen()
    try test.submit(place("6", mei))
    let snapshot = try test.snapshot()
    #expect(try snapshot.orders(customer: "lin") == ids(4, 2, 0))
    #expect(try snapshot.orders(customer: "梅") == ids(5, 1))
    #expect(try snapshot.orders(customer: "Lin") == [])
    #expect(snapshot.customerCount == 2)
    #expect(try test.order("4").customer == nil)
    try test.expectSound()
  }

  @Test func `a phone number is found by its digits, an e-mail address in any letter case`() throws {
    let test = try TestStore()
    try test.submit([
      place("1", CustomerIdentity(key: "a", phone: "+86 138-0013 8000", email: "Lin@Example.org")),
      place("2", CustomerIdentity(key: "b", phone: "８６１３８００１３８０００", email: "mei@example.org")),
      place("3", CustomerIdentity(key: "c", phone: "no phone", email: " ")),
    ])
    let snapshot = try test.snapshot()
    #expect(try snapshot.orders(phone: "86 138 0013 8000") == ids(1, 0))
    #expect(try snapshot.orders(phone: "8613800138001") == [])
    #expect(try snapshot.orders(phone: "") == [] && snapshot.orders(phone: "no phone") == [])
    #expect(try snapshot.orders(email: "LIN@example.ORG ") == ids(0))
    #expect(try snapshot.orders(email: "nobody@example.org") == [])
    #expect(try snapshot.orders(email: " ") == [])
    try test.expectSound()
  }

  @Test func `personal data is brought up to date and what is not told is kept`() throws {
    let test = try TestStore()
    let known = CustomerIdentity(key: "a", name: "Lin", phone: "111", email: "lin@example.org")
    #expect(try test.submit(.registerCustomer(known)).outcome == .created)
    #expect(try test.submit(.registerCustomer(known)).outcome == .unchanged)
    try test.submit(place("1", CustomerIdentity(key: "a")))
    #expect(try test.snapshot().orders(phone: "111") == ids(0))
    #expect(try test.submit(.registerCustomer(CustomerIdentity(key: "a", phone: "222"))).outcome == .updated)
    try test.reopen()
    let snapshot = try test.snapshot()
    #expect(try snapshot.orders(phone: "111") == [])
    #expect(try snapshot.orders(phone: "222") == ids(0))
    #expect(try snapshot.orders(email: "lin@example.org") == ids(0))
    try test.expectRefusal(
      .missingText(field: "customer key"), of: .registerCustomer(CustomerIdentity(key: "", name: "nobody")))
    try test.expectSound()
  }

  @Test func `an order keeps the grade its customer had when it was placed`() throws {
    let test = try TestStore()
    try test.submit(place("1", CustomerIdentity(key: "a", grade: "silver")))
    try test.submit(place("2", CustomerIdentity(key: "a", grade: "gold")))
    try test.submit(place("3", CustomerIdentity(key: "a")))
    #expect(try test.order("1").grade == "silver")
    #expect(try test.order("2").grade == "gold")
    #expect(try test.submit(place("1", CustomerIdentity(key: "a", grade: "gold"))).outcome == .unchanged)
    #expect(try test.order("1").grade == "silver")
    try test.expectSound()
  }
}
