import OrderModel
import OrderStore
import Testing

/// Which allotments of a cell hold units is remembered between commands; what changes it must be noticed.
struct OpenAllotmentsTests {
  let shop: TestShop

  init() throws {
    shop = try TestShop()
    try shop.receive("TEA", 5)
  }

  private func claim(_ owner: String, _ quantity: Int64, until second: Int64 = 500) -> Command {
    .claim(
      StockClaim(
        sku: "TEA", location: "north", quantity: quantity, owner: owner, expiresAt: instant(second),
        occurredAt: instant(20)))
  }

  private func endClaim(_ owner: String) -> Command {
    .endClaim(ClaimRelease(sku: "TEA", location: "north", owner: owner, occurredAt: instant(30)))
  }

  private func count(_ units: Int64) -> Command {
    .count(StockCount(sku: "TEA", location: "north", counted: units, occurredAt: instant(40)))
  }

  @Test func `a claim beneath hundreds that came and went is still found`() throws {
    try shop.submit(claim("first", 2))
    for number in 0..<300 {
      try shop.submit(claim("guest \(number)", 1))
      try shop.submit(endClaim("guest \(number)"))
    }
    try shop.submit(claim("first", 1, until: 60))
    #expect(try shop.store.snapshot().claims().map(\.quantity) == [3])
    try shop.submit(.expire(Expiry(asOf: instant(61))))
    #expect(try shop.level("TEA")?.counters.reserved == 0)
    #expect(try shop.verify().findings == [])
  }

  @Test func `a promise that a void brings back is made to wait by a count like any other`() throws {
    try shop.place("A")
    try shop.submit(.reserve(operation("A")))
    try shop.submit(claim("guest", 1))
    try shop.submit(.release(operation("A")))
    // Here the promise of A is forgotten.
    try shop.submit(claim("guest", 1))
    let entry = try #require(try shop.stored("A").timeline.last?.number)
    try shop.submit(.void(VoidEntry(order: .named("A"), entry: entry, occurredAt: instant(35))))
    try shop.submit(count(0))
    let counters = try #require(try shop.level("TEA")?.counters)
    #expect((counters.reserved, counters.backordered) == (0, 2))
    #expect(try shop.store.snapshot().claims().isEmpty)
    #expect(try shop.verify().findings == [])
  }

  @Test func `a store opened anew finds what was promised before`() throws {
    try shop.submit(claim("guest", 3))
    try shop.reopen()
    try shop.submit(endClaim("guest"))
    #expect(try shop.level("TEA")?.counters.reserved == 0)
  }
}
