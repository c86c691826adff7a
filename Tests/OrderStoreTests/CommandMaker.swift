import OrderModel

/// Random commands of every kind from a seed: some are refused, some repeat what was said before.
struct CommandMaker {
  private var generator: SeededGenerator
  private var placed: [NewOrder] = []
  private var made = 0
  private static let skus = (0..<8).map { "sku-\($0)" }
  private static let locations = ["hangzhou", "wien", ""]
  private static let channels = ["web", "shop"]

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func next() -> Submission {
    made += 1
    let command = command()
    return Submission(command, idempotencyKey: chance(15) ? "key-\(number(below: 60))" : nil)
  }

  private mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
  private mutating func chance(_ percent: Int) -> Bool { number(below: 100) < percent }
  private mutating func any<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }
  private mutating func instant() -> Instant { at(Int64(number(below: 20_000))) }

  private mutating func reference() -> OrderReference {
    guard !placed.isEmpty, !chance(3) else { return .id(OrderID(rawValue: UInt32(number(below: 400)))) }
    let order = placed[max(0, placed.count - 1 - number(below: 40))]
    return .number(order.number, channel: chance(50) ? order.channel : nil)
  }

  private mutating func customer() -> CustomerIdentity? {
    guard chance(70) else { return nil }
    let key = number(below: 40)
    return CustomerIdentity(
      key: "customer-\(key)", name: chance(50) ? "名字\(key)" : nil, phone: chance(50) ? "+49 89 \(key)" : nil,
      email: chance(50) ? "C\(key)@example.org" : nil, grade: chance(30) ? "grade-\(number(below: 3))" : nil)
  }

  private mutating func order() -> NewOrder {
    if !placed.isEmpty, chance(10) { return any(placed) }
    var order = NewOrder(
      channel: any(CommandMaker.channels), number: "N-\(placed.count - (chance(5) ? 1 : 0))", placedAt: instant(),
      customer: customer(), currency: chance(90) ? "EUR" : "CNY")
    for _ in 0..<(1 + number(below: 4)) {
      let price = Int64(number(below: 5_000))
      order.lines.append(
        NewLine(
          sku: any(CommandMaker.skus), quantity: Int64(1 + number(below: 5)), unitPriceMinorUnits: price,
          listPriceMinorUnits: chance(40) ? price + Int64(number(below: 300)) : nil,
          location: chance(30) ? "hangzhou" : nil))
    }
    if chance(50) { order.region = "region-\(number(below: 30))" }
    if chance(30) { order.shipBy = instant() }
    if chance(30) { order.deliverBy = instant() }
    if chance(20) { order.note = "note \(made)" }
    order.shippingMinorUnits = Int64(number(below: 900))
    placed.append(order)
    return order
  }

  private mutating func observed() -> ObservedOrder {
    var observed = ObservedOrder(order: order())
    for _ in 0..<number(below: 5) {
      observed.events.append(
        ObservedEvent(
          node: any(Node.allCases), occurredAt: chance(80) ? instant() : nil, side: any(Side.allCases),
          actor: chance(40) ? "lin" : nil))
    }
    if chance(40) {
      observed.payments.append(
        ObservedPayment(method: "card", amountMinorUnits: Int64(number(below: 9_000)), occurredAt: instant()))
    }
    observed.order.sourceStatus = chance(50) ? "status-\(number(below: 9))" : nil
    return observed
  }

  private mutating func operation() -> StockOperation {
    StockOperation(
      order: reference(), location: any(CommandMaker.locations),
      lines: chance(60) ? [] : [LineQuantity(sku: any(CommandMaker.skus), quantity: Int64(1 + number(below: 3)))],
      occurredAt: instant(), actor: chance(30) ? "li" : nil, leg: chance(10) ? UInt8(1 + number(below: 3)) : 0)
  }

  private mutating func command() -> Command {
    switch number(below: 100) {
    case 0..<20: return .place(order())
    case 20..<30: return .observe(observed())
    case 30..<48:
      return .record(
        StatusEvent(
          order: reference(), node: any(Node.allCases), leg: chance(25) ? UInt8(1 + number(below: 3)) : 0,
          occurredAt: instant(), actor: chance(40) ? any(["system-a", "mei", "lin"]) : nil,
          location: chance(20) ? "wien" : nil, carrier: chance(20) ? "dhl" : nil))
    case 48..<55:
      return .pay(
        Payment(
          order: reference(), method: any(["card", "cash"]), amountMinorUnits: Int64(number(below: 9_000)),
          occurredAt: instant()))
    case 55..<65:
      return .receive(
        StockReceipt(
          sku: any(CommandMaker.skus), location: any(CommandMaker.locations), quantity: Int64(1 + number(below: 30)),
          unitCostMinorUnits: chance(70) ? Int64(number(below: 999)) : nil, occurredAt: instant()))
    case 65..<70:
      return .adjust(
        StockAdjustment(
          sku: any(CommandMaker.skus), location: any(CommandMaker.locations), quantity: Int64(number(below: 9) - 4),
          reason: chance(50) ? "count" : nil, occurredAt: instant(), observed: chance(30)))
    case 70..<80: return .reserve(operation())
    case 80..<83: return .release(operation())
    case 83..<88: return .ship(operation())
    case 88..<92:
      return .cancel(
        Cancellation(
          order: reference(),
          lines: chance(50) ? [] : [LineQuantity(sku: any(CommandMaker.skus), quantity: Int64(1 + number(below: 3)))],
          side: any(Side.allCases), reason: chance(50) ? "late" : nil, occurredAt: instant()))
    case 92..<95:
      return .credit(
        CreditNote(
          channel: any(CommandMaker.channels), number: "C-\(number(below: 60))", occurredAt: instant(),
          order: chance(60) ? reference() : nil, customer: customer(), currency: "EUR",
          lines: [
            CreditLine(sku: any(CommandMaker.skus), quantity: 1, unitPriceMinorUnits: Int64(number(below: 500)))
          ]))
    case 95..<97: return .registerCustomer(customer() ?? CustomerIdentity(key: "guest"))
    default:
      return .registerSKU(
        NewSKU(
          sku: any(CommandMaker.skus), name: "name \(number(below: 5))", category: "category-\(number(below: 3))",
          unitCostMinorUnits: Int64(number(below: 300)), tracked: chance(85)))
    }
  }
}
