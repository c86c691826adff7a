import KPIs
import OrderModel

/// Verdicts of figures that read timelines, in the plainest words.
extension PlainOrder {
  private func told(_ field: StoryField) -> Int64 { order[.told(field)] }
  func has(_ kind: ExceptionKind) -> Bool { told(.exceptions) & kind.bit != 0 }

  var firstResponseInTime: String {
    let deadline = placed + 30 * minute
    let act = moment(.firstActAt)
    if act == .sometime { return "miss" }
    var endedAt: Int64?
    if isCancelled { endedAt = order[.reached(.cancelled)] } else if isExpired { endedAt = order[.reached(.expired)] }
    if let endedAt, endedAt <= deadline {
      if case .at(let act) = act, act <= endedAt {} else { return isCancelled ? "cancelled" : "expired" }
    }
    switch act {
    case .at(let act): return act <= deadline ? "hit" : "miss"
    default: return deadline < asOf ? "miss" : "pending"
    }
  }

  var review: Answer {
    var decided = passed(.approved)
    if decided == .never, isCancelled, side == .seller || side == .system { decided = moment(.reached(.cancelled)) }
    let answer = duration(from: moment(.reached(.validated)), to: decided)
    return answer.verdict == "hit" && told(.decider) != 2 ? Answer(verdict: "automatic") : answer
  }

  /// `good` decides on orders that reached the node long enough ago.
  func reached(_ node: Node, days: Int64 = 0, _ good: () -> String) -> String {
    switch passed(node) {
    case .sometime: "time-missing"
    case .never: ended ?? "pending"
    case .at(let instant): instant + days * day > asOf ? "pending" : good()
    }
  }

  var touchless: String {
    reached(.approved) {
      let release = moment(.reached(.released))
      var isTouched = told(.decider) == 2
      if case .at(let act) = moment(.firstHumanActAt) {
        if case .at(let release) = release { isTouched = isTouched || act <= release } else { isTouched = true }
      }
      if isTouched { return "miss" }
      if case .at = release { return "hit" }
      return ended == nil ? "pending" : "hit"
    }
  }

  var shippedOnTime: String {
    let deadline = order[.shipBy]
    if deadline == InstantColumn.none { return "no-promise" }
    if isCancelled, side == .seller { return "miss" }
    if isCancelled, order[.reached(.cancelled)] < deadline { return "cancelled-\(side.name)" }
    if isExpired, order[.reached(.expired)] < deadline { return "expired" }
    switch passed(.shipped) {
    case .never: return deadline < asOf ? "miss" : "pending"
    case .sometime: return "miss"
    case .at(let instant): return instant <= deadline ? "hit" : "miss"
    }
  }

  var isInFull: Bool {
    told(.cancelledUnitsBy(.seller)) + told(.cancelledUnitsBy(.system)) + told(.strayedUnits) == 0 && !has(.misShip)
  }

  func perfect(days: Int64) -> String {
    reached(.delivered, days: days) {
      guard order[.deliverBy] != InstantColumn.none else { return "no-promise" }
      guard order[.reached(.delivered)] <= order[.deliverBy], isInFull else { return "miss" }
      return has(.damaged) || has(.docError) ? "miss" : "hit"
    }
  }

  /// Where an open order stands and since when; nil for one that is not open.
  private var standing: (node: Node, since: Moment)? {
    guard backlog.verdict != "outside" else { return nil }
    let node = Node.allCases.last { $0 <= .completed && $0 > .placed && moment(.reached($0)) != .never } ?? .placed
    return (node, node == .placed ? .at(placed) : moment(.reached(node)))
  }

  var late: String {
    guard let standing else { return "outside" }
    var deadlines = [order[.deliverBy]]
    if standing.node < .shipped { deadlines.append(order[.shipBy]) }
    deadlines.removeAll { $0 == InstantColumn.none }
    return deadlines.isEmpty ? "no-promise" : deadlines.contains { $0 < asOf } ? "hit" : "miss"
  }

  func stalled(_ limits: [Node: Int64]) -> String {
    guard let standing else { return "outside" }
    guard let limit = limits[standing.node] else { return "no-limit" }
    guard case .at(let arrived) = standing.since else { return "time-missing" }
    let last = max(arrived, told(.lastEntryAt))
    return told(.openHolds) == 0 && asOf - last > limit ? "hit" : "miss"
  }

  func share(_ verdict: String, _ value: Int64, of whole: Int64) -> Answer {
    ["hit", "miss"].contains(verdict) ? Answer(verdict: verdict, value: value, weight: whole) : Answer(verdict: verdict)
  }

  var shippedUnits: Int64 {
    if told(.shippedUnits) > 0 { return told(.shippedUnits) }
    return passed(.shipped) == .never ? 0 : order[.units] - told(.cancelledUnits)
  }

  var requiredUnits: Int64 {
    order[.units] - told(.cancelledUnitsBy(.customer)) - told(.cancelledUnitsBy(.unknown))
  }

  func misShipped(_ variant: MisShipRate.Variant) -> Answer {
    let verdict = reached(.shipped) { told(.raised(.misShip)) > 0 ? "hit" : "miss" }
    switch variant {
    case .orders: return Answer(verdict: verdict)
    case .lines: return share(verdict, min(told(.raised(.misShip)), order[.lineCount]), of: order[.lineCount])
    case .units: return share(verdict, min(told(.raisedUnits(.misShip)), shippedUnits), of: shippedUnits)
    }
  }

  /// Why the order does not count below the line of fill rates; nil when it does.
  private func unfilled(hasPassed: Bool) -> String? {
    if hasPassed { return nil }
    if isExpired { return "expired" }
    if isCancelled { return side == .customer || side == .unknown ? "cancelled" : nil }
    return "pending"
  }

  func filledUnits(_ variant: UnitFillRate.Variant) -> Answer {
    let isFinal = variant == .final
    let hasPassed = passed(isFinal ? .shipped : .approved) != .never
    if isExpired, !isFinal || !hasPassed { return Answer(verdict: "expired") }
    if isCancelled, !isFinal || !hasPassed, side == .customer || side == .unknown {
      return Answer(verdict: "cancelled")
    }
    if told(.presoldAtApproval) > 0 { return Answer(verdict: "presale") }
    if !hasPassed, ended == nil { return Answer(verdict: "pending") }
    if !hasPassed, !isFinal { return Answer(verdict: "cancelled") }
    if !isFinal, told(.reservedAtApproval) + told(.backorderedAtApproval) == 0 { return Answer(verdict: "untracked") }
    let filled = min(requiredUnits, isFinal ? shippedUnits : told(.reservedAtApproval))
    return share(filled > 0 ? "hit" : "miss", filled, of: requiredUnits)
  }

  func filled(_ variant: FillRate.Variant) -> Answer {
    let hasPassed = passed(.shipped) != .never
    if let reason = unfilled(hasPassed: hasPassed) { return Answer(verdict: reason) }
    let isTold = told(.shippedUnits) > 0
    let isWhole = hasPassed && shippedUnits >= requiredUnits
    if variant == .order {
      let isFilled = isTold ? told(.firstShippedUnits) >= requiredUnits : isWhole
      return Answer(verdict: isFilled ? "hit" : "miss")
    }
    let lines = isTold ? told(.filledLines) : isWhole ? told(.requiredLines) : 0
    return share(lines > 0 ? "hit" : "miss", lines, of: told(.requiredLines))
  }

  func backordered(_ part: StoryField, of whole: OrderField) -> Answer {
    guard passed(.approved) != .never else { return Answer(verdict: ended ?? "pending") }
    return share(told(part) > 0 ? "hit" : "miss", told(part), of: order[whole])
  }
}
