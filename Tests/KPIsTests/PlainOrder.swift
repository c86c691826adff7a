import KPIs
import OrderModel

/// An order as it stood at as-of, in the plainest words: the other way to every verdict.
struct PlainOrder {
  enum Moment: Equatable {
    case never, sometime
    case at(Int64)
  }

  /// What a figure says: the class in words, what is added, what is added below the line.
  struct Answer: Equatable {
    var verdict: String
    var value: Int64 = 0
    var weight: Int64 = 0
  }

  let order: TestOrder
  let asOf: Int64

  func moment(_ field: OrderField) -> Moment {
    let value = order[field]
    if value == InstantColumn.unknown { return .sometime }
    if value == InstantColumn.none || value >= asOf { return .never }
    return .at(value)
  }

  /// The node's own moment, or some time before a later node.
  func passed(_ node: Node, first: Bool = false) -> Moment {
    let own = moment(first ? .firstReached(node) : .reached(node))
    if own != .never { return own }
    for later in Node.allCases where later > node && later <= .completed {
      if moment(first ? .firstReached(later) : .reached(later)) != .never { return .sometime }
    }
    return .never
  }

  var placed: Int64 { order[.placedAt] }
  var exists: Bool { placed < asOf }
  var isCancelled: Bool { moment(.reached(.cancelled)) != .never }
  var isExpired: Bool { !isCancelled && moment(.reached(.expired)) != .never }
  var side: Side { Side(rawValue: UInt8(order[.cancelSide]))! }

  func duration(from start: Moment, to end: Moment) -> Answer {
    switch (start, end) {
    case (_, .never): Answer(verdict: isCancelled ? "cancelled" : isExpired ? "expired" : "pending")
    case (.at(let start), .at(let end)): Answer(verdict: "hit", value: end - start)
    default: Answer(verdict: "time-missing")
    }
  }

  func firstResponse(_ field: OrderField) -> Answer {
    switch moment(field) {
    case .sometime: return Answer(verdict: "time-missing")
    case .never: return Answer(verdict: isCancelled ? "cancelled" : isExpired ? "expired" : "pending")
    case .at(let act):
      if isCancelled, case .at(let end) = moment(.reached(.cancelled)), end < act {
        return Answer(verdict: "cancelled")
      }
      if isExpired, case .at(let end) = moment(.reached(.expired)), end < act { return Answer(verdict: "expired") }
      return Answer(verdict: "hit", value: act - placed)
    }
  }

  func shippedWithin24Hours(from start: Moment) -> String {
    guard case .at(let start) = start else { return "no-start" }
    func isBeforeDeadline(_ moment: Moment) -> Bool {
      switch moment {
      case .never: false
      case .sometime: true
      case .at(let instant): instant < start + day
      }
    }
    if isCancelled {
      if side == .seller { return "miss" }
      if isBeforeDeadline(moment(.reached(.cancelled))) { return "cancelled-\(side.name)" }
    }
    if isExpired, isBeforeDeadline(moment(.reached(.expired))) { return "expired" }
    switch passed(.shipped) {
    case .at(let shipped): return shipped - start <= day ? "hit" : "miss"
    case .sometime: return "miss"
    case .never: return start + day < asOf ? "miss" : "pending"
    }
  }

  func onTime(_ variant: OnTimeDelivery.Variant) -> String {
    let deadline = order[.deliverBy]
    if deadline == InstantColumn.none { return "no-promise" }
    let delivered = passed(.delivered)
    let ended = isCancelled ? "cancelled-\(side.name)" : isExpired ? "expired" : nil
    if variant == .commitStrict, isCancelled, side == .seller { return "miss" }
    if let ended, variant != .scor || delivered == .never { return ended }
    switch delivered {
    case .at(let instant): return instant <= deadline ? "hit" : "miss"
    case .sometime: return variant == .scor ? "time-missing" : "miss"
    case .never: return variant != .scor && deadline < asOf ? "miss" : "pending"
    }
  }

  func accuracy(days: Int64) -> String {
    switch passed(.shipped) {
    case .never: isCancelled ? "cancelled" : isExpired ? "expired" : "pending"
    case .sometime: "time-missing"
    case .at(let shipped): shipped + days * day > asOf ? "pending" : isWrong ? "miss" : "hit"
    }
  }

  private var isWrong: Bool {
    ExceptionKind.kinds(in: order[.told(.exceptions)]).contains { [.price, .misShip, .docError].contains($0) }
  }

  var backlog: Answer {
    var node = Node.placed
    for next in Node.allCases where next > .placed && next <= .completed && moment(.reached(next)) != .never {
      node = next
    }
    if isCancelled || isExpired || node >= .delivered { return Answer(verdict: "outside") }
    switch node == .placed ? .at(placed) : moment(.reached(node)) {
    case .at(let instant): return Answer(verdict: "hit", value: asOf - instant)
    default: return Answer(verdict: "miss")
    }
  }

  /// Of `whole`, what was cancelled at as-of, expiry counting as the end too.
  func gone(_ part: OrderField, of whole: OrderField) -> Int64 {
    isCancelled || isExpired ? order[whole] : order[part]
  }

  func share(_ part: OrderField, of whole: OrderField) -> Answer {
    let gone = isExpired ? 0 : gone(part, of: whole)
    return Answer(verdict: gone > 0 ? "hit" : "miss", value: gone, weight: order[whole])
  }

  var isFullyReturned: Bool {
    order[.told(.returnedUnits)] > 0
      && order[.units] <= order[.told(.returnedUnits)] + order[.told(.cancelledUnits)]
  }
  /// Whether it makes a customer, of an order whose customer is known.
  var qualifies: Bool { exists && ended == nil && !isFullyReturned }

  var ended: String? { isCancelled ? "cancelled" : isExpired ? "expired" : nil }

  var gross: Int64 { order[.listValue] - gone(.told(.cancelledValue), of: .listValue) }

  /// Of `gross`, at the price paid, less the discount on the order.
  var net: Int64 {
    guard order[.listValue] > 0 else { return order[.lineValue] - order[.discount] }
    return order[.lineValue] * gross / order[.listValue] - order[.discount]
  }

  func amount(_ value: Int64) -> Answer { ended.map { Answer(verdict: $0) } ?? Answer(verdict: "hit", value: value) }
}
