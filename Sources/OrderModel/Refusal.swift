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
  /// Nodes that the order's profile requires come first.
  case stepsMissing(to: Node, missing: [Node], profile: Profile.ID)
  /// Open holds forbid the step.
  case held(to: Node, holds: [HoldKind])
  case holdOpen(HoldKind)
  case holdNotOpen(HoldKind)
  case exceptionOpen(ExceptionKind)
  case exceptionNotOpen(ExceptionKind)
  /// Nobody approves an order of their own.
  case ownOrder(actor: String)
  /// After RELEASED the warehouse has to say that nothing goes out.
  case needsAcknowledgement
  case splitForbidden(SplitPolicy)
  /// (carrier, waybill) belongs to another parcel.
  case waybillTaken(carrier: String, waybill: String)
  case creditExceeded(limit: Int64, exposure: Int64, total: Int64)
  case noCustomer
  /// Refunds would exceed what was captured.
  case overRefunded(requested: Int64, left: Int64)
  case presaleExhausted(sku: String, location: String, requested: Int64, left: Int64)
  /// Fewer units are in the counter that the command takes them from.
  case tooFew(sku: String, location: String, counter: StockCounter, requested: Int64, present: Int64)
  case staleVersion(expected: UInt64, actual: UInt64)
  case noEntry(Int)
  /// The timeline's entry stands for something that cannot be taken back.
  case notVoidable(EventKind)
  case alreadyVoided(Int)
  case unknownLine(sku: String)
  case noClaim(owner: String)
  case nothingToDo
  /// Stock of a kit is its components'.
  case kitHasNoStock(sku: String)
  case impossibleKit(sku: String, KitFault)
  /// The channel would hold more than its cap allows; an empty location is all of them.
  case capExceeded(sku: String, location: String, channel: String, cap: Int64, taken: Int64, requested: Int64)
  /// No attempt to deliver is under way that could fail.
  case notOutForDelivery(at: Node)
  /// The leg cannot travel in the parcel of that order.
  case cannotMerge(into: String, MergeFault)
  /// An exchange is for the customer who returns.
  case otherCustomer(String)
  /// The parcel was tried as often as it may be.
  case noMoreAttempts(Int)
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
    case .stepsMissing(let to, let missing, let profile):
      "cannot go to \(to.name) before \(missing.map(\.name).joined(separator: ", ")) (profile \(profile.name))"
    case .held(let to, let holds):
      "cannot go to \(to.name) while on hold: \(holds.map(\.name).joined(separator: ", "))"
    case .holdOpen(let kind): "a hold '\(kind.name)' is open already"
    case .holdNotOpen(let kind): "no hold '\(kind.name)' is open"
    case .exceptionOpen(let kind): "an exception '\(kind.name)' is open already"
    case .exceptionNotOpen(let kind): "no exception '\(kind.name)' is in the state for this step"
    case .ownOrder(let actor): "'\(actor)' entered the order; somebody else has to approve it"
    case .needsAcknowledgement: "the order is with the warehouse; cancel it with the warehouse's acknowledgement"
    case .splitForbidden(let policy): "the order's split policy is \(policy.name)"
    case .waybillTaken(let carrier, let waybill): "waybill '\(waybill)' of '\(carrier)' belongs to another parcel"
    case .creditExceeded(let limit, let exposure, let total):
      "credit limit \(limit), \(exposure) owed already, \(total) more wanted (minor units)"
    case .noCustomer: "a guest's order cannot be on terms"
    case .overRefunded(let requested, let left): "refund of \(requested) wanted, \(left) left of what was captured"
    case .presaleExhausted(let sku, let location, let requested, let left):
      "presale of '\(sku)' at '\(location)': \(requested) wanted, \(left) left of the quota"
    case .tooFew(let sku, let location, let counter, let requested, let present):
      "\(counter.name) of '\(sku)' at '\(location)' is \(present); \(requested) wanted"
    case .staleVersion(let expected, let actual):
      "the order has version \(actual), not \(expected); read it again"
    case .noEntry(let number): "the order's timeline has no entry \(number)"
    case .notVoidable(let kind): "an entry '\(kind.name)' cannot be voided"
    case .alreadyVoided(let number): "entry \(number) is voided already"
    case .unknownLine(let sku): "the order has no line of '\(sku)'"
    case .noClaim(let owner): "'\(owner)' has no claim there"
    case .kitHasNoStock(let sku): "'\(sku)' is a kit and has no stock of its own; name its components"
    case .impossibleKit(let sku, let fault): "'\(sku)' cannot be this kit: \(fault)"
    case .capExceeded(let sku, let location, let channel, let cap, let taken, let requested):
      "channel '\(channel)' may hold \(cap) of '\(sku)'\(location.isEmpty ? "" : " at '\(location)'"), has \(taken) and "
        + "asks for \(requested) more"
    case .nothingToDo: "nothing of the order is in the state for this step"
    case .notOutForDelivery(let node):
      "the parcel is not out for delivery (the order is at \(node.name)); no attempt can have failed"
    case .cannotMerge(let number, let fault): "the leg cannot join the parcel of '\(number)': \(fault.text)"
    case .otherCustomer(let number):
      "order '\(number)' is of another customer; an exchange is for the one who returns"
    case .noMoreAttempts(let count):
      "the parcel was tried \(count) times, as often as it may be; report it lost or returned to origin"
    }
  }
}
