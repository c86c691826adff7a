import OrderModel

/// One SKU at one location.
struct Place: Hashable, Sendable {
  var sku: String
  var location: String
}

/// The counters of a place, and what its stock is worth.
struct ModelCell: Equatable {
  var (onHand, reserved, damaged, held, safety): (Int64, Int64, Int64, Int64, Int64) = (0, 0, 0, 0, 0)
  var (incoming, backordered, presaleQuota, presaleSold): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
  var value: Int64 = 0

  var unavailable: Int64 { damaged + held + safety }
  var available: Int64 { onHand - reserved - unavailable }
  /// Whether somebody waits for what is there.
  var canHandOn: Bool { available > 0 && backordered + presaleSold > 0 }

  var isSound: Bool {
    [
      onHand, reserved, damaged, held, safety, incoming, backordered, presaleSold, available,
      presaleQuota - presaleSold,
    ]
    .allSatisfy { $0 >= 0 }
  }

  static func == (left: ModelCell, right: ModelCell) -> Bool { left.all == right.all }

  var all: [Int64] {
    [onHand, reserved, damaged, held, safety, incoming, backordered, presaleQuota, presaleSold, value]
  }

  /// What so many units are worth at the average of those on hand, rounded half-even.
  func worth(of quantity: Int64) -> Int64 {
    let (quotient, remainder) = (value * quantity).quotientAndRemainder(dividingBy: onHand)
    let isUp = 2 * remainder > onHand || (2 * remainder == onHand && quotient % 2 == 1)
    return quotient + (isUp ? 1 : 0)
  }
}

/// Units promised to somebody who has not ordered.
struct ModelClaim {
  var owner: String
  var place: Place
  var quantity: Int64
  var expiresAt: Instant
  var age: Int
}

/// Goods on their way.
struct ModelInbound {
  var place: Place
  var from: String
  var open: Int64
  var value: Int64
  var due: Instant
}

struct ModelArticle {
  var cost: Int64
  var isTracked: Bool
  /// What a kit consists of.
  var components: [KitComponent] = []
}

/// What a cap is of: a SKU, a channel, and a location or all of them.
struct ModelCap: Hashable {
  var sku: String
  var location: String?
  var channel: String
}

struct ModelCustomer {
  var limit: Int64 = 0
  var exposure: Int64 = 0
}
