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
  case payment(PaymentFact)
  case stockCell(sku: UInt32, location: UInt32)
  case movement(MovementFact)
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
}

struct MovementFact: Hashable {
  var kind: MovementKind
  /// Row of the stock cell; nil for an observed movement of stock that is not tracked.
  var cell: Int?
  /// SKU and location, which a cell would name.
  var sku: UInt32
  var location: UInt32
  var onHandChange: Int64
  var reservedChange: Int64
  var valueChange: Int64
  var order: Int?
  var line: Int?
  var reason: UInt32
  var occurredAt: Int64
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
