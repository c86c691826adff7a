import Columns
import Dispatch
import Foundation
import OrderModel
import OrderStore
import Synchronization
import Testing

struct StockTests {
  /// An order of two cups and a pot, with eight cups and three pots in Hangzhou.
  private func shop() throws -> TestStore {
    let test = try TestStore()
    try test.submit([.received(8, "cup", cost: 300), .received(3, "pot", cost: 1_000), .place(.tea())])
    return test
  }

  private func counters(_ level: StockLevel) -> [Int64] {
    [level.counters.onHand, level.counters.reserved, level.counters.available]
  }

  // MARK: Receiving and adjusting

  @Test func `what is received is on hand at its cost`() throws {
    let test = try TestStore()
    try test.submit([
      .received(3, "cup", cost: 250), .received(5, "cup", cost: 350), .received(2, "cup", "wien", cost: 1),
    ])
    #expect(counters(try test.stock("cup")) == [8, 0, 8])
    #expect(try test.stock("cup").valueMinorUnits == 2_500)
    #expect(try test.stock("cup", "wien").valueMinorUnits == 2)
    #expect(try test.snapshot().stock(sku: "pot") == nil)
    #expect(try test.snapshot().movementCount == 3)
    try test.expectRefusal(.invalidQuantity(sku: "cup", quantity: 0), of: .received(0, "cup"))
    try test.expectRefusal(.invalidQuantity(sku: "cup", quantity: -1), of: .received(-1, "cup"))
    try test.expectRefusal(.missingText(field: "SKU"), of: .received(1, ""))
    try test.expectRefusal(.missingText(field: "location"), of: .received(1, "cup", ""))
    try test.expectRefusal(.invalidAmount(field: "unit cost", value: -2), of: .received(1, "jug", cost: -2))
    try test.expectSound()
  }

  @Test func `a receipt without a cost takes the standard cost`() throws {
    let test = try TestStore()
    try test.submit([
      .registerSKU(NewSKU(sku: "cup", name: "Tasse", category: "china", unitCostMinorUnits: 300)), .received(2, "cup"),
      .received(2, "jug"),
    ])
    #expect(try test.stock("cup").valueMinorUnits == 600)
    #expect(try test.stock("jug").valueMinorUnits == 0)
    try test.expectSound()
  }

  @Test func `registering a SKU again tells whether anything changed`() throws {
    let test = try TestStore()
    let cup = NewSKU(sku: "cup", name: "Tasse", category: "china", unitCostMinorUnits: 300)
    #expect(try test.submit(.registerSKU(cup)).outcome == .created)
    #expect(try test.submit(.registerSKU(cup)) == Receipt(outcome: .unchanged, sequence: 1, order: nil))
    var dearer = cup
    dearer.unitCostMinorUnits = 310
    #expect(try test.submit(.registerSKU(dearer)).outcome == .updated)
    try test.expectRefusal(.missingText(field: "SKU"), of: .registerSKU(NewSKU(sku: "")))
    try test.expectRefusal(
      .invalidAmount(field: "unit cost", value: -1), of: .registerSKU(NewSKU(sku: "jug", unitCostMinorUnits: -1)))
    try test.expectSound()
  }

  @Test func `stock that is not tracked is neither received nor adjusted nor reserved`() throws {
    let test = try TestStore()
    try test.submit([.registerSKU(NewSKU(sku: "cup", tracked: false)), .place(.tea())])
    try test.expectRefusal(.untrackedSKU("cup"), of: .received(1, "cup"))
    try test.expectRefusal(.untrackedSKU("cup"), of: .adjusted(1, "cup"))
    try test.expectRefusal(.untrackedSKU("cup"), of: .reserve(.of("T-1", ["cup": 1])))
    try test.expectRefusal(.unknownSKU("jug"), of: .adjusted(1, "jug"))
    // A SKU known from an order only is not counted until it is received.
    try test.expectRefusal(.untrackedSKU("pot"), of: .reserve(.of("T-1", ["pot": 1])))
    try test.expectRefusal(.untrackedSKU("cup"), of: .reserve(.of("T-1")))
    try test.submit(
      .adjust(
        StockAdjustment(sku: "jug", location: "wien", quantity: -4, occurredAt: at(1), observed: true)))
    let batch = try test.snapshot().movements(group: 0, [.applied, .onHandChange])
    #expect(batch[.applied] == [0] && batch[.onHandChange] == [-4])
    #expect(try test.snapshot().stockCellCount == 0)
    try test.expectSound()
  }

  @Test func `an order is reserved when all that is tracked is`() throws {
    let test = try TestStore()
    try test.submit([.registerSKU(NewSKU(sku: "pot", tracked: false)), .received(2, "cup"), .place(.tea())])
    try test.submit(.reserve(.of("T-1")))
    #expect(try test.order("T-1").node == .reserved)
    try test.submit(.ship(.of("T-1")))
    #expect(try test.order("T-1").node == .shipped)
    try test.expectSound()
  }

  @Test func `an adjustment takes the average cost, rounded half to even`() throws {
    for (onHand, value, change, changed) in [
      (2, 5, -1, 3),  // 2.5 goes as 2
      (2, 7, -1, 3),  // 3.5 goes as 4
      (4, 10, -1, 8),  // 2.5 goes as 2
      (3, 10, -1, 7),  // 3.33 goes as 3
      (3, 11, -1, 7),  // 3.67 goes as 4
      (3, 11, -3, 0), (3, 11, 3, 22), (2, 5, 1, 7),
    ] as [(Int64, Int64, Int64, Int64)] {
      let test = try TestStore()
      try test.submit(.received(1, "cup", cost: value - (onHand - 1)))
      try test.submit(.received(onHand - 1, "cup", cost: 1))
      #expect(try test.stock("cup").valueMinorUnits == value)
      try test.submit(.adjusted(change, "cup"))
      #expect(try test.stock("cup").valueMinorUnits == changed, "\(value) for \(onHand), \(change)")
      #expect(try test.stock("cup").counters.onHand == onHand + change)
      try test.expectSound()
    }
  }

  @Test func `an adjustment may not take what is promised`() throws {
    let test = try shop()
    try test.submit(.reserve(.of("T-1")))
    try test.expectRefusal(
      .belowReserved(sku: "cup", location: "hangzhou", change: -7, onHand: 8, reserved: 2), of: .adjusted(-7, "cup"))
    try test.expectRefusal(
      .belowReserved(sku: "cup", location: "wien", change: -1, onHand: 0, reserved: 0), of: .adjusted(-1, "cup", "wien")
    )
    try test.expectRefusal(.invalidQuantity(sku: "cup", quantity: 0), of: .adjusted(0, "cup"))
    try test.submit(.adjusted(-6, "cup"))
    #expect(counters(try test.stock("cup")) == [2, 2, 0])
    #expect(try test.stock("cup").valueMinorUnits == 600)
    try test.expectSound()
  }

  // MARK: An order's units

  @Test func `units are reserved, given back, reserved again and shipped`() throws {
    let test = try shop()
    try test.submit(.reserve(.of("T-1", ["cup": 1])))
    #expect(try test.order("T-1").node == .placed)
    try test.submit(.reserve(.of("T-1")))
    #expect(try test.order("T-1").node == .reserved)
    #expect(counters(try test.stock("cup")) == [8, 2, 6])
    #expect(try test.submit(.reserve(.of("T-1"))).outcome == .unchanged)

    try test.submit(.release(.of("T-1", ["cup": 1], at: "")))
    #expect(counters(try test.stock("cup")) == [8, 1, 7])
    try test.expectRefusal(
      .tooManyUnits(sku: "cup", requested: 2, possible: 1), of: .release(.of("T-1", ["cup": 2])))
    try test.submit(.reserve(.of("T-1", ["cup": 1])))

    try test.submit(.ship(.of("T-1", ["cup": 2])))
    #expect(counters(try test.stock("cup")) == [6, 0, 6])
    #expect(try test.stock("cup").valueMinorUnits == 1_800)
    #expect(try test.order("T-1").node == .reserved)
    try test.submit(.ship(.of("T-1")))
    let order = try test.order("T-1")
    #expect(order.node == .shipped)
    #expect(order.lines.map(\.shipped) == [2, 1] && order.lines.map(\.reserved) == [0, 0])
    #expect(order.lines.map(\.location) == ["hangzhou", "hangzhou"])
    try test.expectRefusal(.tooManyUnits(sku: "cup", requested: 0, possible: 0), of: .ship(.of("T-1")))
    try test.expectRefusal(
      .tooManyUnits(sku: "pot", requested: 1, possible: 0), of: .ship(.of("T-1", ["pot": 1])))
    try test.expectSound()
  }

  @Test func `what is not available is not promised`() throws {
    let test = try TestStore()
    try test.submit([.received(1, "cup"), .received(1, "pot"), .place(.tea()), .place(.tea("T-2"))])
    try test.expectRefusal(
      .oversold(sku: "cup", location: "hangzhou", requested: 2, available: 1), of: .reserve(.of("T-1")))
    try test.expectRefusal(
      .oversold(sku: "cup", location: "wien", requested: 1, available: 0),
      of: .reserve(.of("T-1", ["cup": 1], at: "wien")))
    try test.submit(.reserve(.of("T-1", ["cup": 1])))
    try test.expectRefusal(
      .oversold(sku: "cup", location: "hangzhou", requested: 1, available: 0), of: .reserve(.of("T-2", ["cup": 1])))
    try test.expectRefusal(
      .tooManyUnits(sku: "cup", requested: 3, possible: 1), of: .reserve(.of("T-1", ["cup": 3])))
    try test.expectRefusal(
      .tooManyUnits(sku: "jug", requested: 1, possible: 0), of: .reserve(.of("T-1", ["jug": 1])))
    try test.expectRefusal(
      .invalidQuantity(sku: "cup", quantity: 0), of: .reserve(.of("T-1", ["cup": 0])))
    try test.expectRefusal(.missingText(field: "location"), of: .reserve(.of("T-1", at: "")))
    try test.expectSound()
  }

  @Test func `the promised units of a line lie at one location`() throws {
    let test = try TestStore()
    try test.submit([.received(1, "cup"), .received(5, "cup", "wien"), .place(.tea())])
    try test.submit(.reserve(.of("T-1", ["cup": 1])))
    try test.expectRefusal(
      .tooManyUnits(sku: "cup", requested: 1, possible: 0), of: .reserve(.of("T-1", ["cup": 1], at: "wien")))
    try test.submit(.release(.of("T-1")))
    try test.submit(.reserve(.of("T-1", ["cup": 2], at: "wien")))
    #expect(counters(try test.stock("cup", "wien")) == [5, 2, 3])
    #expect(counters(try test.stock("cup")) == [1, 0, 1])
    try test.expectRefusal(
      .tooManyUnits(sku: "cup", requested: 1, possible: 0), of: .ship(.of("T-1", ["cup": 1], at: "hangzhou")))
    try test.submit(.ship(.of("T-1", ["cup": 2], at: "wien")))
    #expect(counters(try test.stock("cup", "wien")) == [3, 0, 3])
    try test.expectSound()
  }

  @Test func `two lines of one SKU share what is asked for in their order`() throws {
    let test = try TestStore()
    var order = NewOrder.tea()
    order.lines.append(NewLine(sku: "cup", quantity: 3, unitPriceMinorUnits: 400))
    try test.submit([.received(4, "cup"), .received(1, "pot"), .place(order)])
    try test.submit(.reserve(.of("T-1", ["cup": 3])))
    #expect(try test.order("T-1").lines.map(\.reserved) == [2, 0, 1])
    try test.expectRefusal(
      .oversold(sku: "cup", location: "hangzhou", requested: 2, available: 1), of: .reserve(.of("T-1")))
    try test.submit(.ship(.of("T-1")))
    #expect(try test.order("T-1").lines.map(\.shipped) == [2, 0, 1])
    #expect(try test.order("T-1").node == .placed)
    try test.expectSound()
  }

  @Test func `a recorded shipment takes the promised units out, an expiry gives them back`() throws {
    let test = try shop()
    try test.submit([.place(.tea("T-2")), .reserve(.of("T-1")), .reserve(.of("T-2"))])
    try test.submit(.event("T-1", .shipped, at: at(9)))
    #expect(counters(try test.stock("cup")) == [6, 2, 4])
    #expect(try test.order("T-1").lines.map(\.shipped) == [2, 1])
    try test.submit(.event("T-2", .expired, at: at(9)))
    #expect(counters(try test.stock("cup")) == [6, 0, 6])
    try test.expectRefusal(.illegalStep(from: .expired, to: .reserved), of: .reserve(.of("T-2")))
    try test.expectRefusal(.illegalStep(from: .expired, to: .shipped), of: .ship(.of("T-2")))
    try test.expectSound()
  }

  // MARK: Cancelling

  @Test func `cancelling an order gives its units back`() throws {
    let test = try shop()
    try test.submit(.reserve(.of("T-1")))
    let cancellation = Command.cancel(
      Cancellation(order: .number("T-1"), side: .customer, reason: "too late", occurredAt: at(8), actor: "lin"))
    let receipt = try test.submit(cancellation)
    #expect(counters(try test.stock("cup")) == [8, 0, 8])
    let order = try test.order("T-1")
    #expect(order.node == .cancelled && order.cancelledUnits == 3 && order.cancelledValueMinorUnits == 3_000)
    #expect(order.timeline.last?.side == .customer && order.timeline.last?.reason == "too late")
    #expect(try test.submit(cancellation) == Receipt(outcome: .unchanged, sequence: receipt.sequence, order: order.id))
    try test.expectRefusal(
      .illegalStep(from: .cancelled, to: .cancelled),
      of: .cancel(Cancellation(order: .number("T-1"), side: .seller, occurredAt: at(9))))
    try test.expectRefusal(.illegalStep(from: .cancelled, to: .reserved), of: .reserve(.of("T-1")))
    try test.expectRefusal(.illegalStep(from: .cancelled, to: .packed), of: .event("T-1", .packed, at: at(10)))
    try test.expectSound()
  }

  @Test func `units nobody was promised are cancelled first`() throws {
    let test = try shop()
    func cancel(_ quantity: Int64, _ sku: String, _ minutes: Int64) -> Command {
      .cancel(
        Cancellation(
          order: .number("T-1"), lines: [LineQuantity(sku: sku, quantity: quantity)], side: .seller,
          occurredAt: at(minutes)))
    }
    try test.submit(.reserve(.of("T-1", ["cup": 1])))
    try test.expectRefusal(.tooManyUnits(sku: "cup", requested: 3, possible: 2), of: cancel(3, "cup", 6))
    try test.submit(cancel(1, "cup", 6))
    #expect(counters(try test.stock("cup")) == [8, 1, 7])
    try test.submit(cancel(1, "cup", 7))
    #expect(counters(try test.stock("cup")) == [8, 0, 8])
    #expect(try test.order("T-1").node == .placed)
    try test.submit(cancel(1, "pot", 8))
    #expect(try test.order("T-1").node == .cancelled)
    try test.expectSound()
  }

  @Test func `what has shipped is not cancelled, and the rest closes the order short`() throws {
    let test = try shop()
    try test.submit([.reserve(.of("T-1")), .ship(.of("T-1", ["cup": 2]))])
    #expect(try test.order("T-1").node == .reserved)
    try test.submit(.cancel(Cancellation(order: .number("T-1"), side: .seller, occurredAt: at(9))))
    let order = try test.order("T-1")
    #expect(order.node == .shipped && order.cancelledUnits == 1)
    #expect(order.lines.map(\.cancelled) == [0, 1])
    #expect(counters(try test.stock("pot")) == [3, 0, 3])
    try test.expectRefusal(
      .illegalStep(from: .shipped, to: .cancelled),
      of: .cancel(Cancellation(order: .number("T-1"), side: .seller, occurredAt: at(10))))
    try test.expectSound()
  }

  @Test func `a recorded cancellation is a cancellation of the whole order`() throws {
    let test = try shop()
    try test.submit([.reserve(.of("T-1")), .event("T-1", .cancelled, at: at(8), actor: "lin")])
    let order = try test.order("T-1")
    #expect(order.node == .cancelled && order.cancelledUnits == 3 && order.timeline.last?.side == .unknown)
    #expect(counters(try test.stock("cup")) == [8, 0, 8])
    try test.submit(.place(.tea("T-2")))
    try test.expectRefusal(
      .illegalStep(from: .placed, to: .cancelled), of: .event("T-2", .cancelled, leg: 1, at: at(8)))
    try test.expectSound()
  }

  // MARK: Concurrency

  @Test func `concurrent reservations never promise more than is on hand`() throws {
    let test = try TestStore(lag: .bytes(2_000))
    let stock: Int64 = 37
    try test.submit(.received(stock, "cup"))
    try test.submit(
      (0..<160).map { index in
        .place(
          NewOrder(
            channel: "web", number: "R-\(index)", placedAt: at(0), currency: "EUR",
            lines: [NewLine(sku: "cup", quantity: 1, unitPriceMinorUnits: 450)]))
      })
    let winners = Atomic(0)
    let losers = Atomic(0)
    let store = test.store
    DispatchQueue.concurrentPerform(iterations: 16) { task in
      for index in 0..<10 {
        do throws(StoreError) {
          try store.submit(.reserve(.of("R-\(task * 10 + index)", ["cup": 1])))
          winners.add(1, ordering: .relaxed)
        } catch {
          guard case .refused(.oversold(_, _, requested: 1, available: 0)) = error else {
            Issue.record("\(error)")
            continue
          }
          losers.add(1, ordering: .relaxed)
        }
      }
    }
    #expect(winners.load(ordering: .relaxed) == Int(stock))
    #expect(losers.load(ordering: .relaxed) == 160 - Int(stock))
    #expect(counters(try test.stock("cup")) == [stock, stock, 0])
    try test.expectSound()
  }
}
