import OrderModel

/// Holds, exceptions, returns, and entries taken back.
extension ShopModel {
  mutating func hold(_ change: HoldChange, _ row: Int) throws(Refused) {
    let order = orders[row]!
    if change.isOn {
      if !order.node.isKeyNode || order.node >= .shipped { throw Refused("too late") }
      if !orders[row]!.holds.insert(change.kind).inserted { throw Refused("open") }
    } else if orders[row]!.holds.remove(change.kind) == nil {
      throw Refused("not open")
    }
    tell(change.isOn ? .held : .unheld, row, subject: change.kind.rawValue, at: change.occurredAt)
  }

  mutating func exception(_ change: ExceptionChange, _ row: Int) throws(Refused) {
    let order = orders[row]!
    let last = order.lastStep(of: change.kind)
    let isAllowed =
      switch change.step {
      case .raise: !order.isOpen(change.kind)
      case .acknowledge: last == .raised || last == .reopened
      case .resolve: order.isOpen(change.kind)
      case .reopen: last == .resolved
      }
    if !isAllowed { throw Refused("\(change.step) after \(String(describing: last))") }
    tell(change.step.event, row, leg: change.leg, subject: change.kind.rawValue, at: change.occurredAt)
  }

  /// Told once for a deadline, and once until something happens to the leg.
  ///
  /// - Returns: Whether it is told.
  mutating func alert(_ notice: AlertNotice, _ row: Int) throws(Refused) -> Bool {
    let order = orders[row]!
    if notice.dueAt >= notice.occurredAt { throw Refused("not over") }
    if notice.leg != 0, !order.legs.contains(where: { $0.number == notice.leg }) { throw Refused("no leg") }
    if !order.hasPassed(notice.node, leg: notice.leg) { throw Refused("not there") }
    var about: ExceptionKind?
    if [.unanswered, .unresolved].contains(notice.cause) {
      guard let kind = notice.exception, order.isOpen(kind) else { throw Refused("no exception") }
      about = kind
    }
    let alert = ModelOrder.Alert(
      leg: notice.leg, node: notice.node, cause: notice.cause, exception: about, due: notice.dueAt)
    let entries = order.entries.filter { !$0.isVoided }
    if entries.contains(where: { $0.alert == alert }) { return false }
    let lastSign = entries.lastIndex {
      $0.alert == nil && (notice.leg == 0 || $0.leg == 0 || $0.leg == notice.leg)
    }
    let isOpen = entries.indices.contains { index in
      guard var other = entries[index].alert, lastSign.map({ index > $0 }) ?? true else { return false }
      other.due = alert.due
      return other == alert
    }
    if isOpen { return false }
    add(
      ModelOrder.Entry(
        kind: .alerted, node: notice.node, leg: notice.leg, at: notice.occurredAt.milliseconds, alert: alert), to: row)
    return true
  }

  // MARK: Returns

  mutating func giveBack(_ step: ReturnStep, _ row: Int) throws(Refused) {
    if step.step == .decline { return try decline(step, row) }
    let node: Node =
      switch step.step {
      case .request, .decline: .returnRequested
      case .authorise: .returnAuthorised
      case .receive: .returnReceived
      case .inspect: .inspected
      }
    try require(node, row)
    let lines = orders[row]!.lines
    let portions = try portions(step.lines, row) {
      let line = lines[$0]
      switch step.step {
      case .request: return line.delivered - line.requested
      case .authorise, .decline: return line.requested - line.authorised
      case .receive: return line.authorised + line.returnedToOrigin - line.returned
      case .inspect: return line.quarantined
      }
    }
    if portions.allSatisfy({ $0 == 0 }) { throw Refused("nothing") }
    for (index, quantity) in portions.enumerated() where quantity > 0 {
      let isTracked = isTracked(lines[index].sku)
      let kind: MovementKind =
        switch (step.step, step.disposition) {
        case (.request, _): .requestReturn
        case (.authorise, _), (.decline, _): .authoriseReturn
        case (.receive, .scrap): .scrap
        case (.receive, _) where !isTracked: .takeBack
        case (.receive, .restock): .restock
        case (.receive, .quarantine): .quarantine
        case (.inspect, .scrap): .inspectScrap
        case (.inspect, _): .inspectRestock
        }
      var place: Place?
      if [.restock, .quarantine, .inspectRestock, .inspectScrap].contains(kind) {
        guard let location = step.location, !location.isEmpty else { throw Refused("no location") }
        place = Place(sku: lines[index].sku, location: location)
      }
      try move(kind, quantity, row, line: index, share: nil, place: place)
    }
    pass(node, row, at: step.occurredAt)
  }

  /// The wish is as if it had not been made, but told.
  private mutating func decline(_ step: ReturnStep, _ row: Int) throws(Refused) {
    let order = orders[row]!
    guard order.node == .returnRequested,
      let index = order.entries.lastIndex(where: { $0.kind == .passed && $0.node == .returnRequested && !$0.isVoided })
    else { throw Refused("not requested") }
    try takeBack(index, row)
    tell(.declined, row, at: step.occurredAt)
  }

  // MARK: Taking back

  mutating func void(_ void: VoidEntry, _ row: Int) throws(Refused) {
    let order = orders[row]!
    let index = void.entry - 1
    guard order.entries.indices.contains(index), !order.entries[index].isVoided else { throw Refused("no such entry") }
    let entry = order.entries[index]
    let final: [Node] = [.placed, .paid, .cancelled, .expired, .refunded, .exchanged]
    switch entry.kind {
    case .passed: if final.contains(entry.node) { throw Refused("final") }
    case .cancelled, .paid, .refunded, .edited, .voided, .declined, .replaces: throw Refused("final")
    case .held, .unheld: try requireNewest(index, among: [.held, .unheld], order)
    case .raised, .acknowledged, .resolved, .reopened:
      try requireNewest(index, among: [.raised, .acknowledged, .resolved, .reopened], order)
    case .merged:
      if order.legs.contains(where: { $0.number == entry.leg && !$0.waybill.isEmpty }) { throw Refused("labelled") }
    case .reserved, .unreserved, .shipped, .attemptFailed, .lost, .noted, .backordered, .reallocated, .alerted: break
    }
    try takeBack(index, row)
    if let kind = HoldKind(rawValue: entry.subject) {
      if entry.kind == .held { orders[row]!.holds.remove(kind) }
      if entry.kind == .unheld { orders[row]!.holds.insert(kind) }
    }
    tell(.voided, row, leg: entry.leg, at: void.occurredAt)
  }

  /// Those before the newest are what it stands on.
  private func requireNewest(_ index: Int, among kinds: [EventKind], _ order: ModelOrder) throws(Refused) {
    let newest = order.entries.lastIndex {
      !$0.isVoided && kinds.contains($0.kind) && $0.subject == order.entries[index].subject
    }
    if newest != index { throw Refused("not the newest") }
  }

  /// Everything that an entry moved goes back, the last first.
  private mutating func takeBack(_ index: Int, _ row: Int) throws(Refused) {
    let node = orders[row]!.node
    for move in orders[row]!.entries[index].moves.reversed() {
      var value: Int64?
      if let place = move.place {
        let cell = cells[place]!
        // What is there is never worth less than nothing, and nothing is worth nothing.
        value = max(-cell.value, -move.value)
        if cell.onHand > 0, cell.onHand == move.quantity * move.kind.onHandSign { value = -cell.value }
      }
      if let line = move.line {
        try self.move(
          move.kind, -move.quantity, row, line: line, share: move.share, place: move.place, value: value,
          isLineOnly: move.place == nil)
      } else if let place = move.place {
        try movePart(move.kind, -move.quantity, row, place, value: value)
      }
    }
    orders[row]!.entries[index].isVoided = true
    // A label that is taken off leaves its number to others.
    let entry = orders[row]!.entries[index]
    if entry.kind == .merged {
      // An earlier merging holds again.
      joined[[row, Int(entry.leg)]] =
        orders[row]!.entries.last { $0.kind == .merged && $0.leg == entry.leg && !$0.isVoided }?.parcel
    }
    if let leg = orders[row]!.legs.firstIndex(where: { $0.number == max(1, entry.leg) }), !entry.waybill.isEmpty,
      orders[row]!.legs[leg].waybill == entry.waybill
    {
      freeWaybill(of: [row, Int(max(1, entry.leg))])
      orders[row]!.legs[leg].waybill = ""
    }
    // The entry that tells of it shows where the order stood before.
    orders[row]!.node = node
  }
}

extension MovementKind {
  /// What one unit adds to on hand.
  var onHandSign: Int64 {
    switch self {
    case .receive, .adjust, .count, .restock, .quarantine, .arrive, .transferIn: 1
    case .ship, .transferOut, .inspectScrap: -1
    default: 0
    }
  }
}
