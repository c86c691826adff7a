/// Why units moved. What a kind does to the counters of a location and of an order line is data: see ``effects``.
///
/// Raw values are stored; they never change.
public enum MovementKind: UInt8, Sendable, Hashable, CaseIterable {
  /// Goods arrived.
  case receive = 1
  /// On hand was corrected, either way.
  case adjust = 2
  case reserve = 3
  case release = 4
  case ship = 5
  /// Units wait for stock.
  case backorder = 6
  /// They no longer wait.
  case unbackorder = 7
  /// Units that waited are reserved.
  case fill = 8
  /// Units sold out of a presale quota.
  case presell = 9
  case unpresell = 10
  /// Presold units are reserved.
  case fillPresale = 11
  /// Promised units turn out not to be there: they wait again.
  case displace = 12
  /// Units that the store does not count left with a parcel.
  case dispatch = 13
  case deliver = 14
  case lose = 15
  /// Refused, undeliverable or intercepted: on the way back.
  case returnToOrigin = 16
  case requestReturn = 17
  case authoriseReturn = 18
  /// Returned units that can be sold again, need a look, or are gone.
  case restock = 19
  case quarantine = 20
  case scrap = 21
  /// What a look at quarantined units decided.
  case inspectRestock = 22
  case inspectScrap = 23
  /// Units on hand that cannot be sold: more, or fewer when negative.
  case blockDamaged = 24
  case blockHeld = 25
  case blockSafety = 26
  /// Goods expected at a location.
  case expect = 27
  /// Expected goods arrived.
  case arrive = 28
  case transferOut = 29
  case transferIn = 30
  case presaleQuota = 31
  /// A count found another number than the book.
  case count = 32
  /// Returned units that the store does not count.
  case takeBack = 33

  /// The name in outputs.
  public var name: String { MovementKind.names[Int(rawValue)] }

  private static let names: [String] = [
    "", "receive", "adjust", "reserve", "release", "ship", "backorder", "unbackorder", "fill", "presell", "unpresell",
    "fill_presale", "displace", "dispatch", "deliver", "lose", "return_to_origin", "request_return",
    "authorise_return", "restock", "quarantine", "scrap", "inspect_restock", "inspect_scrap", "block_damaged",
    "block_held", "block_safety", "expect", "arrive", "transfer_out", "transfer_in", "presale_quota", "count",
    "take_back",
  ]

  /// What one unit of a kind adds to a location's counters and to a line's.
  public struct Effects: Sendable, Hashable {
    public var stock: [Change<StockCounter>]
    public var line: [Change<LineCounter>]

    /// A counter and what one unit adds to it, 1 or −1.
    public struct Change<Counter: Sendable & Hashable>: Sendable, Hashable {
      public var counter: Counter
      public var sign: Int64
    }

    fileprivate init(_ stock: [StockCounter: Int64], _ line: [LineCounter: Int64] = [:]) {
      self.stock = StockCounter.allCases.compactMap { counter in
        stock[counter].map { Change(counter: counter, sign: $0) }
      }
      self.line = LineCounter.allCases.compactMap { counter in
        line[counter].map { Change(counter: counter, sign: $0) }
      }
    }
  }

  public var effects: Effects { MovementKind.table[Int(rawValue)] }

  /// Whether a location's counters move, so that a stock cell is needed.
  public var needsCell: Bool { !effects.stock.isEmpty }

  private static let table: [Effects] =
    [Effects([:])]
    + allCases.map { kind in
      switch kind {
      case .receive, .adjust, .count: Effects([.onHand: 1])
      case .reserve: Effects([.reserved: 1], [.reserved: 1])
      case .release: Effects([.reserved: -1], [.reserved: -1])
      case .ship: Effects([.onHand: -1, .reserved: -1], [.reserved: -1, .shipped: 1])
      case .backorder: Effects([.backordered: 1], [.backordered: 1])
      case .unbackorder: Effects([.backordered: -1], [.backordered: -1])
      case .fill: Effects([.backordered: -1, .reserved: 1], [.backordered: -1, .reserved: 1])
      case .presell: Effects([.presaleSold: 1], [.presold: 1])
      case .unpresell: Effects([.presaleSold: -1], [.presold: -1])
      case .fillPresale: Effects([.presaleSold: -1, .reserved: 1], [.presold: -1, .reserved: 1])
      case .displace: Effects([.reserved: -1, .backordered: 1], [.reserved: -1, .backordered: 1])
      case .dispatch: Effects([:], [.shipped: 1])
      case .deliver: Effects([:], [.delivered: 1])
      case .lose: Effects([:], [.lost: 1])
      case .returnToOrigin: Effects([:], [.returnedToOrigin: 1])
      case .requestReturn: Effects([:], [.requested: 1])
      case .authoriseReturn: Effects([:], [.authorised: 1])
      case .restock: Effects([.onHand: 1], [.returned: 1, .restocked: 1])
      case .quarantine: Effects([.onHand: 1, .held: 1], [.returned: 1, .quarantined: 1])
      case .scrap: Effects([:], [.returned: 1, .scrapped: 1])
      case .inspectRestock: Effects([.held: -1], [.quarantined: -1, .restocked: 1])
      case .inspectScrap: Effects([.onHand: -1, .held: -1], [.quarantined: -1, .scrapped: 1])
      case .blockDamaged: Effects([.damaged: 1])
      case .blockHeld: Effects([.held: 1])
      case .blockSafety: Effects([.safety: 1])
      case .expect: Effects([.incoming: 1])
      case .arrive, .transferIn: Effects([.incoming: -1, .onHand: 1])
      case .transferOut: Effects([.onHand: -1])
      case .presaleQuota: Effects([.presaleQuota: 1])
      case .takeBack: Effects([:], [.returned: 1, .restocked: 1])
      }
    }
}

/// The counters of one SKU at one location.
public enum StockCounter: UInt8, Sendable, Hashable, CaseIterable {
  case onHand, reserved, damaged, held, safety, incoming, backordered, presaleQuota, presaleSold

  /// The name in outputs.
  public var name: String {
    switch self {
    case .onHand: "on_hand"
    case .presaleQuota: "presale_quota"
    case .presaleSold: "presale_sold"
    default: "\(self)"
    }
  }
}

/// The counters of an order line, beside the units ordered.
public enum LineCounter: UInt8, Sendable, Hashable, CaseIterable, Comparable {
  case cancelled, backordered, presold, reserved, shipped, delivered, lost, returnedToOrigin
  case requested, authorised, returned, restocked, quarantined, scrapped

  public static func < (left: LineCounter, right: LineCounter) -> Bool { left.rawValue < right.rawValue }

  /// The name in outputs.
  public var name: String { self == .returnedToOrigin ? "returned_to_origin" : "\(self)" }
}
