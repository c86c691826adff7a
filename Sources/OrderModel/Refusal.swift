/// Why a command may not become facts. Nothing was written.
public enum Refusal: Error, Sendable, Hashable {
  case unknownOrder(String)
  /// The number exists in several channels; name one.
  case ambiguousOrder(String)
  case unknownSKU(String)
  /// The same channel and number stand for something else already.
  case changedBody(number: String, field: String)
  /// The idempotency key was used with another body.
  case reusedKey(String)
  case emptyOrder
  case invalidQuantity(sku: String, quantity: Int64)
  case invalidAmount(field: String, value: Int64)
  case invalidInstant(field: String, milliseconds: Int64)
  case missingText(field: String)
  case textTooLong(field: String, byteCount: Int)
  /// One command's facts must fit in one commit.
  case commandTooLarge(byteCount: Int, limit: Int)
  /// The node cannot follow the order's present one.
  case illegalStep(from: Node, to: Node)
  /// Fewer units are available than asked for.
  case oversold(sku: String, location: String, requested: Int64, available: Int64)
  /// On hand would go below what is reserved and unavailable.
  case belowReserved(sku: String, location: String, change: Int64, onHand: Int64, reserved: Int64)
  case untrackedSKU(String)
  /// The order has fewer such units in the state the command needs.
  case tooManyUnits(sku: String, requested: Int64, possible: Int64)
  /// Counters or sums would leave 64 bits.
  case overflow(field: String)
  case tooManyLegs
}

extension Refusal: CustomStringConvertible {
  /// One line: what happened, with the values, then what to do.
  public var description: String {
    switch self {
    case .unknownOrder(let number): "no order '\(number)' in the store"
    case .ambiguousOrder(let number): "order number '\(number)' exists in several channels; name the channel"
    case .unknownSKU(let sku): "no SKU '\(sku)'; register it or receive stock of it first"
    case .changedBody(let number, let field):
      "'\(number)' is already stored with another \(field); numbers are unique in their channel"
    case .reusedKey(let key): "idempotency key '\(key)' was used before with another body"
    case .emptyOrder: "an order needs at least one line"
    case .invalidQuantity(let sku, let quantity): "quantity \(quantity) of '\(sku)' is not possible"
    case .invalidAmount(let field, let value): "\(field) \(value) is not possible"
    case .invalidInstant(let field, let milliseconds):
      "\(field) \(milliseconds) ms lies outside the years 1 to 9999"
    case .missingText(let field): "\(field) is empty"
    case .textTooLong(let field, let byteCount): "\(field) has \(byteCount) bytes; at most 65,536 are kept"
    case .commandTooLarge(let byteCount, let limit):
      "the command comes to \(byteCount) bytes; one commit takes \(limit), so divide it"
    case .illegalStep(let from, let to): "an order at \(from.name) cannot go to \(to.name)"
    case .oversold(let sku, let location, let requested, let available):
      "only \(available) of '\(sku)' available at '\(location)'; \(requested) wanted"
    case .belowReserved(let sku, let location, let change, let onHand, let reserved):
      "\(change) of '\(sku)' at '\(location)' would leave less than is reserved (on hand \(onHand), reserved \(reserved))"
    case .untrackedSKU(let sku): "stock of '\(sku)' is not tracked; receive some first"
    case .tooManyUnits(let sku, let requested, let possible):
      "\(requested) of '\(sku)' asked for, \(possible) possible"
    case .overflow(let field): "\(field) would exceed 64 bits"
    case .tooManyLegs: "an order has at most 255 legs"
    }
  }
}
