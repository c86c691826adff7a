/// What an entry of an order's timeline tells. Raw values are stored; they never change.
public enum EventKind: UInt8, Sendable, Hashable, CaseIterable {
  /// A node was passed.
  case passed = 0
  /// Units were reserved, let go, or shipped, without a node being complete.
  case reserved = 1
  case unreserved = 2
  case shipped = 3
  /// Some units were cancelled, the order goes on.
  case cancelled = 4
  /// Money came in that does not pay the whole, or some of it went back.
  case paid = 5
  case refunded = 6
  case held = 7
  case unheld = 8
  case raised = 9
  case acknowledged = 10
  case resolved = 11
  case reopened = 12
  case edited = 13
  /// An earlier entry was taken back.
  case voided = 14
  /// The carrier tried and failed.
  case attemptFailed = 15
  case lost = 16
  case noted = 17
  /// Units wait for stock.
  case backordered = 18
  /// A wish to return was declined.
  case declined = 19
  /// A leg got its place and carrier, again.
  case reallocated = 20
  /// Something needed somebody: a promise was over, a leg did not move, an exception was not answered.
  case alerted = 21
  /// The order stands for goods that another one returned.
  case replaces = 22
  /// A leg travels in the parcel of another order.
  case merged = 23

  /// The name in outputs.
  public var name: String { self == .attemptFailed ? "attempt_failed" : "\(self)" }
}

/// Why an order waits. An order may have several holds, one of each kind. Raw values are stored; they never change.
public enum HoldKind: UInt8, Sendable, Hashable, CaseIterable {
  case payment = 1, credit, fraud, address, price, stock
  /// The customer asked for a later date.
  case customerDate
  case legal, manual

  /// The name in commands and outputs.
  public var name: String { self == .customerDate ? "customer_date" : "\(self)" }
  public init?(name: String) { self.init(name, \.name) }
  /// Whether the order waits for the customer: for a payment, for an address that can be served, for a date they asked for.
  public var isCustomers: Bool {
    switch self {
    case .payment, .address, .customerDate: true
    default: false
    }
  }
  /// Its place in a bit set.
  public var bit: Int64 { 1 << Int64(rawValue) }
  /// The kinds in a bit set.
  public static func kinds(in set: Int64) -> [HoldKind] { allCases.filter { set & $0.bit != 0 } }
}

/// What went wrong with an order. Raw values are stored; they never change.
public enum ExceptionKind: UInt8, Sendable, Hashable, CaseIterable {
  case price = 1, address, credit, duplicate, stockShort, shortPick, misPick, misShip, damaged, lost, docError
  case carrierStall, attemptFailed, refused, paymentFailed, syncMismatch

  /// The name in commands and outputs.
  public var name: String {
    switch self {
    case .stockShort: "stock_short"
    case .shortPick: "short_pick"
    case .misPick: "mis_pick"
    case .misShip: "mis_ship"
    case .docError: "doc_error"
    case .carrierStall: "carrier_stall"
    case .attemptFailed: "attempt_failed"
    case .paymentFailed: "payment_failed"
    case .syncMismatch: "sync_mismatch"
    default: "\(self)"
    }
  }
  public init?(name: String) { self.init(name, \.name) }
  /// Its place in a bit set.
  public var bit: Int64 { 1 << Int64(rawValue) }
  /// The kinds in a bit set.
  public static func kinds(in set: Int64) -> [ExceptionKind] { allCases.filter { set & $0.bit != 0 } }

  /// Whether the customer got, or was charged, something else than ordered through the seller's fault: an error of
  /// order accuracy. What is found and put right before the parcel leaves is none.
  public var isSellerError: Bool {
    switch self {
    case .price, .misShip, .docError: true
    default: false
    }
  }
}

extension CaseIterable where Self: Sendable {
  /// The case of that name, letter case and `-` or a space for `_` not mattering.
  fileprivate init?(_ name: String, _ ofCase: (Self) -> String) {
    let wanted = String(name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    guard let found = Self.allCases.first(where: { ofCase($0) == wanted }) else { return nil }
    self = found
  }
}

/// What becomes of an exception. Raw values are stored; they never change.
public enum ExceptionStep: UInt8, Sendable, Hashable, CaseIterable {
  case raise = 1
  /// The first human act: the response.
  case acknowledge
  case resolve
  case reopen

  /// The name in commands.
  public var name: String { "\(self)" }
  public init?(name: String) { self.init(name, \.name) }

  /// How the timeline tells it.
  public var event: EventKind {
    switch self {
    case .raise: .raised
    case .acknowledge: .acknowledged
    case .resolve: .resolved
    case .reopen: .reopened
    }
  }
}
