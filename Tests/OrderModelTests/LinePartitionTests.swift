import OrderModel
import Testing

struct LinePartitionTests {
  @Test func `units are in one place each, and a movement that would lose one is refused and changes nothing`() throws {
    var line = LinePartition(ordered: 5)
    try line.apply(.reserve, 3)
    try line.apply(.backorder, 2)
    #expect(line.unreserved == 0 && line.open == 5)
    let before = line
    #expect(throws: PartitionError.self) { try line.apply(.reserve, 1) }
    #expect(throws: PartitionError.self) { try line.apply(.ship, 4) }
    #expect(throws: PartitionError.self) { try line.cancel(1) }
    #expect(line == before)
    try line.apply(.fill, 2)
    try line.apply(.ship, 5)
    #expect(line[.shipped] == 5 && line.open == 0 && line.underway == 5)
  }

  @Test func `what comes back is at most what was asked for and delivered`() throws {
    var line = LinePartition(ordered: 4)
    for kind in [MovementKind.reserve, .ship, .deliver] { try line.apply(kind, 4) }
    #expect(throws: PartitionError.self) { try line.apply(.restock, 1) }
    try line.apply(.requestReturn, 2)
    #expect(throws: PartitionError.self) { try line.apply(.authoriseReturn, 3) }
    try line.apply(.authoriseReturn, 2)
    try line.apply(.quarantine, 2)
    #expect(throws: PartitionError.self) { try line.apply(.scrap, 1) }
    try line.apply(.inspectRestock, 1)
    try line.apply(.inspectScrap, 1)
    #expect(line[.returned] == 2 && line[.restocked] == 1 && line[.scrapped] == 1 && line[.quarantined] == 0)
  }

  @Test(arguments: MovementKind.allCases)
  func `taking a movement back is its exact inverse`(kind: MovementKind) throws {
    var counters = try #require(InventoryCounters(onHand: 50, reserved: 10, unavailable: 5))
    for (kind, units) in [(MovementKind.expect, 9), (.backorder, 9), (.presaleQuota, 9), (.presell, 5)]
      as [(MovementKind, Int64)]
    {
      try counters.apply(kind, units)
    }
    var line = LinePartition(ordered: 40)
    for (kind, units) in [
      (MovementKind.reserve, 20), (.ship, 12), (.deliver, 8), (.requestReturn, 6), (.authoriseReturn, 5),
      (.quarantine, 3), (.backorder, 3), (.presell, 3),
    ] as [(MovementKind, Int64)] { try line.apply(kind, units) }
    let before = (counters, line)
    try counters.apply(kind, 1)
    try line.apply(kind, 1)
    #expect((counters, line) != before)
    try counters.apply(kind, -1)
    try line.apply(kind, -1)
    #expect(counters == before.0 && line == before.1)
  }

  @Test func `stored lines that break the invariant are none`() {
    #expect(LinePartition(ordered: 3) { $0 == .reserved ? 4 : 0 } == nil)
    #expect(LinePartition(ordered: 3) { $0 == .delivered ? 1 : 0 } == nil)
    #expect(LinePartition(ordered: 3) { $0 == .shipped ? 3 : 0 } != nil)
  }
}
