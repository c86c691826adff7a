import Columns
import OrderModel
import Testing

@testable import OrderStore

struct OrderTests {
  // MARK: Exactly once

  @Test func `placing the same order again changes nothing and tells the same sequence`() throws {
    let test = try TestStore()
    let first = try test.submit(.place(.tea()))
    #expect(first == Receipt(outcome: .created, sequence: 1, order: OrderID(rawValue: 0)))
    try test.submit(.place(.tea("T-2")))
    let before = try test.extent()
    #expect(
      try test.submit(.place(.tea())) == Receipt(outcome: .unchanged, sequence: 1, order: OrderID(rawValue: 0)))
    #expect(try test.extent() == before)
    try test.expectSound()
  }

  @Test func `an order is read back as it was placed`() throws {
    let test = try TestStore()
    var order = NewOrder.tea("单号-1", channel: "天猫")
    (order.type, order.priority, order.region, order.city) = ("retail", "high", "浙江", "杭州")
    (order.carrier, order.sourceStatus, order.note) = ("顺丰", "待发货", "请轻放")
    (order.shipBy, order.deliverBy) = (at(60), at(120))
    order.customer = CustomerIdentity(key: "k-1", grade: "gold")
    order.lines[1].location = "hangzhou"
    try test.submit(.place(order))
    let stored = try test.order("单号-1")
    #expect(
      stored
        == StoredOrder(
          id: OrderID(rawValue: 0), channel: "天猫", number: "单号-1", placedAt: at(0), customer: "k-1", currency: "EUR",
          node: .placed, isObserved: false, type: "retail", priority: "high", region: "浙江", city: "杭州", carrier: "顺丰",
          grade: "gold", sourceStatus: "待发货", note: "请轻放", shipBy: at(60), deliverBy: at(120),
          listValueMinorUnits: 3_000, lineValueMinorUnits: 2_900, discountMinorUnits: 100, shippingMinorUnits: 490,
          taxMinorUnits: 10, cancelledValueMinorUnits: 0, paidMinorUnits: 0, units: 3, cancelledUnits: 0, sequence: 1,
          lines: [
            StoredLine(
              sku: "cup", location: "", quantity: 2, cancelled: 0, reserved: 0, shipped: 0, unitPriceMinorUnits: 450,
              listPriceMinorUnits: 500),
            StoredLine(
              sku: "pot", location: "hangzhou", quantity: 1, cancelled: 0, reserved: 0, shipped: 0,
              unitPriceMinorUnits: 2_000, listPriceMinorUnits: 2_000),
          ],
          timeline: [
            TimelineEntry(
              node: .placed, leg: 0, occurredAt: at(0), sequence: 1, actor: "", reason: "", location: "", carrier: "",
              side: .unknown)
          ], payments: []))
    let snapshot = try test.snapshot()
    #expect(try snapshot.order(OrderID(rawValue: 1)) == nil)
    #expect(try snapshot.orders(number: "单号-2") == [])
    #expect(try snapshot.orders(number: "单号-1", channel: "京东") == [])
  }

  @Test func `what a source may rightly change does not make another order`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    var order = NewOrder.tea()
    (order.carrier, order.note, order.sourceStatus) = ("dhl", "mind the dog", "open")
    #expect(try test.submit(.place(order)).outcome == .unchanged)
  }

  @Test func `another body under a known number is refused and the first difference is named`() throws {
    let test = try TestStore()
    var known = NewOrder.tea()
    known.customer = CustomerIdentity(key: "k-1")
    known.region = "Bayern"
    known.shipBy = at(60)
    try test.submit(.place(known))
    let changes: [(String, (inout NewOrder) -> Void)] = [
      ("placed instant", { $0.placedAt = at(1) }),
      ("customer", { $0.customer = nil }),
      ("customer", { $0.customer?.key = "k-2" }),
      ("currency", { $0.currency = "CHF" }),
      ("type", { $0.type = "b2b" }),
      ("priority", { $0.priority = "high" }),
      ("region", { $0.region = nil }),
      ("city", { $0.city = "Augsburg" }),
      ("ship-by promise", { $0.shipBy = nil }),
      ("deliver-by promise", { $0.deliverBy = at(90) }),
      ("discount", { $0.discountMinorUnits += 1 }),
      ("shipping", { $0.shippingMinorUnits += 1 }),
      ("tax", { $0.taxMinorUnits += 1 }),
      ("number of lines", { $0.lines.removeLast() }),
      ("SKU of line 2", { $0.lines[1].sku = "jug" }),
      ("quantity of line 1", { $0.lines[0].quantity = 3 }),
      ("price of line 2", { $0.lines[1].unitPriceMinorUnits = 1_999 }),
      ("list price of line 1", { $0.lines[0].listPriceMinorUnits = nil }),
      ("location of a line", { $0.lines[0].location = "hangzhou" }),
    ]
    for (field, change) in changes {
      var order = known
      change(&order)
      try test.expectRefusal(.changedBody(number: "T-1", field: field), of: .place(order))
      try test.expectRefusal(.changedBody(number: "T-1", field: field), of: .observe(ObservedOrder(order: order)))
    }
    #expect(try test.submit(.place(known)).outcome == .unchanged)
  }

  @Test func `one number may stand in two channels, and is ambiguous without one`() throws {
    let test = try TestStore()
    try test.submit([.place(.tea()), .place(.tea(channel: "shop"))])
    #expect(
      try test.snapshot().orders(number: "T-1") == [OrderID(rawValue: 1), OrderID(rawValue: 0)])
    #expect(try test.order("T-1", channel: "shop").id == OrderID(rawValue: 1))
    try test.expectRefusal(.ambiguousOrder("T-1"), of: .event("T-1", .paid, at: at(1)))
    try test.submit(
      .record(StatusEvent(order: .number("T-1", channel: "shop"), node: .paid, occurredAt: at(1))))
    #expect(try test.order("T-1", channel: "shop").node == .paid)
    #expect(try test.order("T-1", channel: "web").node == .placed)
  }

  @Test func `orders and credit notes share the numbers of a channel`() throws {
    let test = try TestStore()
    func note(_ channel: String) -> Command {
      .credit(
        CreditNote(
          channel: channel, number: "T-1", occurredAt: at(0), currency: "EUR",
          lines: [CreditLine(sku: "cup", quantity: 1, unitPriceMinorUnits: 450)]))
    }
    try test.submit(.place(.tea()))
    try test.expectRefusal(.changedBody(number: "T-1", field: "kind (it is an order)"), of: note("web"))
    try test.submit(note("shop"))
    let refusal = Refusal.changedBody(number: "T-1", field: "kind (it is a credit note)")
    try test.expectRefusal(refusal, of: .place(.tea(channel: "shop")))
    try test.expectRefusal(refusal, of: .observe(ObservedOrder(order: .tea(channel: "shop"))))
  }

  @Test func `what an order needs is asked for`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    let changes: [(Refusal, (inout NewOrder) -> Void)] = [
      (.emptyOrder, { $0.lines = [] }),
      (.missingText(field: "channel"), { $0.channel = "" }),
      (.missingText(field: "order number"), { $0.number = "" }),
      (.missingText(field: "currency"), { $0.currency = "" }),
      (.missingText(field: "SKU"), { $0.lines[1].sku = "" }),
      (.missingText(field: "customer key"), { $0.customer = CustomerIdentity(key: "") }),
      (.invalidQuantity(sku: "cup", quantity: 0), { $0.lines[0].quantity = 0 }),
      (.invalidQuantity(sku: "pot", quantity: -1), { $0.lines[1].quantity = -1 }),
      (.invalidAmount(field: "price", value: -1), { $0.lines[0].unitPriceMinorUnits = -1 }),
      (.invalidAmount(field: "list price", value: -1), { $0.lines[0].listPriceMinorUnits = -1 }),
      (.invalidAmount(field: "discount", value: -1), { $0.discountMinorUnits = -1 }),
      (.invalidAmount(field: "shipping", value: -1), { $0.shippingMinorUnits = -1 }),
      (.invalidAmount(field: "tax", value: -1), { $0.taxMinorUnits = -1 }),
    ]
    for (refusal, change) in changes {
      var order = NewOrder.tea("T-2")
      // Words the store has not heard, which a refused command must not leave.
      (order.region, order.type, order.lines[0].location) = ("Wien", "b2b", "wien")
      change(&order)
      try test.expectRefusal(refusal, of: .place(order))
    }
    for command: Command in [
      .event("T-9", .paid, at: at(1)), .cancel(Cancellation(order: .number("T-9"), side: .seller, occurredAt: at(1))),
      .reserve(.of("T-9")), .release(.of("T-9")), .ship(.of("T-9")),
      .pay(Payment(order: .number("T-9"), method: "card", amountMinorUnits: 1, occurredAt: at(1))),
    ] {
      try test.expectRefusal(.unknownOrder("T-9"), of: command)
    }
    try test.expectRefusal(
      .unknownOrder("#1"),
      of: .record(StatusEvent(order: .id(OrderID(rawValue: 1)), node: .paid, occurredAt: at(1))))
    try test.expectSound()
  }

  @Test func `one refused command among others takes nothing with it`() throws {
    let test = try TestStore()
    var bad = NewOrder.tea("T-2")
    bad.lines[1].quantity = 0
    let results = try test.store.submit([.place(.tea()), .place(bad), .place(.tea("T-3"))].map { Submission($0) })
    #expect(try results[0].get().sequence == 1)
    #expect(throws: Refusal.invalidQuantity(sku: "pot", quantity: 0)) { try results[1].get() }
    #expect(
      try results[2].get() == Receipt(outcome: .created, sequence: 1, order: OrderID(rawValue: 1)))
    #expect(try test.snapshot().orderCount == 2)
  }

  // MARK: Idempotency keys

  @Test func `a key makes a command happen once`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    let command = Command.received(5, "cup")
    let first = try test.submit(command, key: "delivery-1")
    try test.submit(.place(.tea("T-2")))
    let before = try test.extent()
    #expect(
      try test.submit(command, key: "delivery-1")
        == Receipt(outcome: .unchanged, sequence: first.sequence, order: nil))
    #expect(try test.extent() == before)
    #expect(try test.stock("cup").counters.onHand == 5)
    try test.expectRefusal(.reusedKey("delivery-1"), of: .received(6, "cup"), key: "delivery-1")
    try test.expectRefusal(.missingText(field: "idempotency key"), of: command, key: "")
    try test.reopen()
    #expect(try test.submit(command, key: "delivery-1").sequence == first.sequence)
    try test.submit(command, key: "delivery-2")
    #expect(try test.stock("cup").counters.onHand == 10)
    try test.expectSound()
  }

  @Test func `a key's replay names the order, and a refused command does not use its key up`() throws {
    let test = try TestStore()
    let payment = Command.pay(
      Payment(order: .number("T-1"), method: "card", amountMinorUnits: 100, occurredAt: at(1)))
    try test.expectRefusal(.unknownOrder("T-1"), of: payment, key: "p")
    try test.submit(.place(.tea()))
    let first = try test.submit(payment, key: "p")
    #expect(first == Receipt(outcome: .updated, sequence: 2, order: OrderID(rawValue: 0)))
    #expect(
      try test.submit(payment, key: "p") == Receipt(outcome: .unchanged, sequence: 2, order: OrderID(rawValue: 0)))
    #expect(try test.order("T-1").paidMinorUnits == 100)
  }

  @Test func `a key guards commands of the same submission`() throws {
    let test = try TestStore()
    let once = Submission(.received(5, "cup"), idempotencyKey: "a")
    let results = try test.store.submit([once, once]).map { try $0.get().outcome }
    #expect(results == [.created, .unchanged])
    #expect(try test.stock("cup").counters.onHand == 5)
  }

  // MARK: Observed orders

  @Test func `observing again adds what is new and nothing else`() throws {
    let test = try TestStore()
    var observed = ObservedOrder(
      order: .tea(), events: [ObservedEvent(node: .paid, occurredAt: at(5))],
      payments: [ObservedPayment(method: "card", amountMinorUnits: 3_300, occurredAt: at(5))])
    #expect(try test.submit(.observe(observed)).outcome == .created)
    #expect(
      try test.submit(.observe(observed)) == Receipt(outcome: .unchanged, sequence: 1, order: OrderID(rawValue: 0)))
    #expect(try test.extent().sequence == 1)
    observed.events.append(ObservedEvent(node: .shipped, occurredAt: at(90), actor: "lin"))
    observed.order.sourceStatus = "shipped"
    #expect(
      try test.submit(.observe(observed)) == Receipt(outcome: .updated, sequence: 2, order: OrderID(rawValue: 0)))
    #expect(try test.submit(.observe(observed)).outcome == .unchanged)
    let order = try test.order("T-1")
    #expect(order.node == .shipped && order.isObserved && order.sourceStatus == "shipped")
    #expect(order.timeline.map(\.node) == [.placed, .paid, .shipped])
    #expect(order.timeline.map(\.sequence) == [1, 1, 2])
    #expect(order.paidMinorUnits == 3_300 && order.payments.count == 1)
    try test.expectSound()
  }

  @Test func `an observed order may lack lines, instants and the nodes between`() throws {
    let test = try TestStore()
    var order = NewOrder.tea()
    order.lines = []
    try test.submit(
      .observe(
        ObservedOrder(
          order: order,
          events: [
            ObservedEvent(node: .delivered, occurredAt: at(50)), ObservedEvent(node: .paid, occurredAt: nil),
            ObservedEvent(node: .shipped, occurredAt: at(20)),
          ])))
    let stored = try test.order("T-1")
    #expect(stored.node == .delivered && stored.lines == [])
    #expect(stored.timeline.map(\.node) == [.placed, .shipped, .delivered, .paid])
    #expect(stored.timeline.map(\.occurredAt) == [at(0), at(20), at(50), nil])
    let batch = try test.snapshot().orders(
      group: 0, [.reached(.paid), .reached(.shipped), .reached(.packed), .reached(.delivered)])
    #expect(batch[.reached(.paid)] == [InstantColumn.unknown])
    #expect(batch[.reached(.shipped)] == [at(20).milliseconds])
    #expect(batch[.reached(.packed)] == [InstantColumn.none])
    #expect(batch[.reached(.delivered)] == [at(50).milliseconds])
    // The time that was missing is told later.
    try test.submit(
      .observe(ObservedOrder(order: order, events: [ObservedEvent(node: .paid, occurredAt: at(3))])))
    #expect(
      try test.snapshot().orders(group: 0, [.reached(.paid)])[.reached(.paid)] == [at(3).milliseconds])
    try test.expectSound()
  }

  @Test func `an event told out of order keeps the furthest node and the earliest instant`() throws {
    let test = try TestStore()
    func observe(_ node: Node, _ minutes: Int64) throws {
      try test.submit(
        .observe(ObservedOrder(order: .tea(), events: [ObservedEvent(node: node, occurredAt: at(minutes))])))
    }
    try observe(.shipped, 30)
    try observe(.packed, 20)
    try observe(.shipped, 25)
    try observe(.shipped, 40)
    let order = try test.order("T-1")
    #expect(order.node == .shipped)
    #expect(order.timeline.map(\.occurredAt) == [at(0), at(20), at(25), at(30), at(40)])
    let batch = try test.snapshot().orders(group: 0, [.reached(.shipped), .reached(.packed), .firstReached(.shipped)])
    #expect(batch[.reached(.shipped)] == [at(25).milliseconds])
    #expect(batch[.firstReached(.shipped)] == [at(25).milliseconds])
    #expect(batch[.reached(.packed)] == [at(20).milliseconds])
    try test.expectSound()
  }

  @Test func `an event before its order was placed is stored as told`() throws {
    let test = try TestStore()
    try test.submit([.place(.tea()), .event("T-1", .paid, at: at(-5))])
    #expect(
      try test.snapshot().orders(group: 0, [.reached(.paid)])[.reached(.paid)] == [at(-5).milliseconds])
    try test.expectSound()
  }

  @Test func `equal payments of an observed order are told apart by their number`() throws {
    let test = try TestStore()
    let half = ObservedPayment(method: "card", amountMinorUnits: 500, occurredAt: at(5))
    let later = ObservedPayment(method: "card", amountMinorUnits: 500)
    func observe(_ payments: [ObservedPayment]) throws -> Receipt.Outcome {
      try test.submit(.observe(ObservedOrder(order: .tea(), payments: payments))).outcome
    }
    #expect(try observe([half]) == .created)
    #expect(try observe([half]) == .unchanged)
    #expect(try observe([half, half]) == .updated)
    #expect(try observe([half, half]) == .unchanged)
    #expect(try observe([later]) == .updated)
    #expect(try observe([half, later, half]) == .unchanged)
    let order = try test.order("T-1")
    #expect(order.paidMinorUnits == 1_500)
    #expect(order.payments.map(\.occurredAt) == [at(5), at(5), nil])
    try test.expectSound()
  }

  // MARK: Payments

  @Test func `an order is paid once all it costs is captured`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    func pay(_ amount: Int64, _ minutes: Int64) -> Command {
      .pay(Payment(order: .number("T-1"), method: "card", amountMinorUnits: amount, occurredAt: at(minutes)))
    }
    // 2 × 450 + 2,000 − 100 + 490 + 10.
    try test.submit(pay(3_299, 1))
    #expect(try test.order("T-1").node == .placed)
    try test.submit(pay(1, 2))
    let order = try test.order("T-1")
    #expect(order.node == .paid && order.paidMinorUnits == 3_300)
    #expect(order.timeline.last?.occurredAt == at(2))
    try test.submit(pay(1, 3))
    #expect(try test.order("T-1").timeline.count == 2)
    try test.expectRefusal(.invalidAmount(field: "amount", value: -1), of: pay(-1, 4))
    try test.expectRefusal(
      .missingText(field: "payment method"),
      of: .pay(Payment(order: .number("T-1"), method: "", amountMinorUnits: 1, occurredAt: at(4))))
    try test.submit(.cancel(Cancellation(order: .number("T-1"), side: .customer, occurredAt: at(5))))
    try test.expectRefusal(.illegalStep(from: .cancelled, to: .paid), of: pay(1, 6))
    try test.expectSound()
  }
}
