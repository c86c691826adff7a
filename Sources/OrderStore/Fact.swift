internal import ColumnStore
internal import OrderModel

/// What the log states: something that happened, with every reference resolved, so that folding needs no rule.
///
/// Rows of the past are told as a distance back from the rows there are when the fact is reached; `Documentation/Format.md`
/// gives the bytes.
enum Fact: Hashable {
  /// The next code of a list means this text. A word of the SKU list is also the next row of the SKU table.
  case word(list: Vocabulary, text: String)
  case customer(key: String, grade: UInt32)
  case customerGrade(customer: Int, grade: UInt32)
  case sku(SKUFact)
  case order(OrderFact)
  case event(EventFact)
  /// One column of an order, outside any event: the source's status word, a late promise.
  case orderChange(order: Int, EventFact.Change)
  case leg(order: Int, number: UInt8, previous: Int, location: UInt32, carrier: UInt32)
  /// A leg goes from there with that carrier from now on.
  case legPlan(leg: Int, location: UInt32, carrier: UInt32)
  /// The carrier's number of a leg's parcel; an empty one frees it.
  case waybill(leg: Int, carrier: UInt32, text: String)
  /// Where a leg stands after an entry of its was taken back.
  case legStand(leg: Int, node: Node, enteredAt: Int64)
  case payment(PaymentFact)
  /// `previous`: the SKU's cell before this one, as a row.
  case stockCell(sku: UInt32, location: UInt32, previous: Int?)
  case movement(MovementFact)
  /// An article that a kit consists of; the kit's component before it, the article's use in a kit before.
  case component(kit: UInt32, sku: UInt32, quantity: Int64, previous: Int?, previousUse: Int?)
  /// A channel's cap on a SKU at a location, 0 for all, with what the channel has of it; the SKU's cap before it.
  case cap(sku: UInt32, location: UInt32, channel: UInt32, limit: Int64, taken: Int64, previous: Int?)
  case capLimit(cap: Int, limit: Int64)
  /// Units that the channel has more, or fewer.
  case capTaken(cap: Int, change: Int64)
  case allotment(AllotmentFact)
  /// The end of a claim, told anew.
  case claimEnd(allotment: Int, expiresAt: Int64)
  /// Goods expected at a cell: none yet, a movement tells how many. `value` is what a transfer took along.
  case inbound(cell: Int, previous: Int?, due: Int64, from: UInt32, value: Int64)
  /// Units of a line ordered more, and what they add to the order's list value and line discount.
  case lineExtended(line: Int, order: Int, quantity: Int64, listValue: Int64, discount: Int64)
  /// A line that an edit added: the order's added line before it, the line that it stands for.
  case lineAdded(LineFact, order: Int, previous: Int?, replaces: Int?)
  /// What a customer may owe on terms; what they owe more, or less.
  case creditLimit(customer: Int, amount: Int64)
  case exposure(customer: Int, order: Int, amount: Int64)
  /// Units of a line that will not be fulfilled, and their list value.
  case lineCancelled(line: Int, order: Int, quantity: Int64, value: Int64)
  case lineLocation(line: Int, location: UInt32)
  case credit(CreditFact)
  case key(text: String, bodyHash: Int64, order: Int?)
}

struct SKUFact: Hashable {
  var code: UInt32
  var category: UInt32
  var unitCost: Int64
  var tracked: Bool
  var name: String
}

struct OrderFact: Hashable {
  var placedAt: Int64
  var number: String
  var bodyHash: Int64
  var observed: Bool
  var currency: UInt32
  var channel: UInt32
  /// Row of the customer; nil is a guest.
  var customer: Int?
  /// Row of that customer's previous order.
  var previousOrder: Int?
  var grade: UInt32 = 0
  var region: UInt32 = 0
  var city: UInt32 = 0
  var type: UInt32 = 0
  var priority: UInt32 = 0
  var carrier: UInt32 = 0
  var sourceStatus: UInt32 = 0
  var shipBy: Int64 = InstantColumn.none
  var deliverBy: Int64 = InstantColumn.none
  var discount: Int64 = 0
  var shipping: Int64 = 0
  var tax: Int64 = 0
  var note: String = ""
  var profile: UInt8 = 0
  var split: Int64 = 0
  var creator: UInt32 = 0
  var lines: [LineFact] = []
}

struct LineFact: Hashable {
  var sku: UInt32
  var quantity: Int64
  var unitPrice: Int64
  var listExtra: Int64
  var location: UInt32
}

struct EventFact: Hashable {
  var order: Int
  /// Row of the order's previous event.
  var previous: Int?
  var node: Node
  var leg: UInt8 = 0
  /// Row of the leg, when `leg` is not 0.
  var legRow: Int?
  /// `InstantColumn.unknown` when the time is missing.
  var occurredAt: Int64
  var actor: UInt32 = 0
  var reason: UInt32 = 0
  var location: UInt32 = 0
  var carrier: UInt32 = 0
  var side: Side = .unknown
  /// What it makes of the order: columns and their new values.
  var changes: [Change] = []
  var kind = EventKind.passed
  var subject: UInt8 = 0
  var line: Int?
  var before: Int64 = 0
  var after: Int64 = 0
  /// Row of the event that it takes back.
  var voids: Int?
  /// How many of the movements told last belong to it.
  var movementCount = 0
  var text: String = ""

  struct Change: Hashable {
    var column: Int
    var value: Int64
  }
}

struct PaymentFact: Hashable {
  var order: Int
  var previous: Int?
  var method: UInt32
  var amount: Int64
  var occurredAt: Int64
  var isRefund = false
}

struct MovementFact: Hashable {
  var kind: MovementKind
  /// Row of the stock cell; nil where no counter of a location moves.
  var cell: Int?
  /// SKU and location, which a cell would name.
  var sku: UInt32
  var location: UInt32
  /// Units; negative takes back what the kind does.
  var quantity: Int64
  var valueChange: Int64 = 0
  var order: Int?
  var line: Int?
  var reason: UInt32 = 0
  var occurredAt: Int64
  var allotment: Int?
  var inbound: Int?

  /// Whether, as written, it is a kit's: the movements of its components, told next, move the counters of the location.
  var isOfKit: Bool { cell == nil && line != nil && kind.needsCell }

  /// What it adds to a counter of the location, once it names a cell.
  func change(of counter: StockCounter) -> Int64 {
    kind.effects.stock.first { $0.counter == counter }.map { $0.sign &* quantity } ?? 0
  }
}

struct AllotmentFact: Hashable {
  var order: Int?
  var line: Int?
  var cell: Int?
  var leg: Int?
  /// The order's allotment before it, and the cell's.
  var previous: Int?
  var previousOfCell: Int?
  var since: Int64
  var expiresAt: Int64 = InstantColumn.none
  var owner: UInt32 = 0
  var rank: Int64 = 0
  var approvedAt: Int64 = InstantColumn.none
}

struct CreditFact: Hashable {
  var occurredAt: Int64
  var number: String
  var bodyHash: Int64
  var channel: UInt32
  var currency: UInt32
  var region: UInt32
  var reason: UInt32
  var customer: Int?
  var order: Int?
  var lines: [Line]

  struct Line: Hashable {
    var sku: UInt32
    var quantity: Int64
    var unitPrice: Int64
  }
}
