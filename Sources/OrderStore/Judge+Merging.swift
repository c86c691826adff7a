internal import ColumnStore
internal import OrderModel

/// T43: legs of several orders in one parcel.
extension Judge {
  func merge(_ merge: ShipmentMerge, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(merge.occurredAt, "occurred at")
    let order = try row(of: merge.order, in: session)
    let other = try row(of: merge.into, in: session)
    let number = try text(at: try value(other, OrderColumn.number, session), session)
    func refuse(_ fault: MergeFault) -> JudgeFailure { .refused(.cannotMerge(into: number, fault)) }
    guard order != other else { throw refuse(.sameOrder) }
    var standing = try standing(of: order, in: session)
    let host = try self.standing(of: other, in: session)
    guard let leg = Judge.mergeable(merge.leg, of: standing), let hostLeg = Judge.mergeable(merge.intoLeg, of: host)
    else { throw refuse(.notAllocated) }
    guard standing.holds == 0, host.holds == 0 else { throw refuse(.held) }
    func isSame(_ column: OrderColumn) throws(JudgeFailure) -> Bool {
      try value(order, column, session) == (try value(other, column, session))
    }
    guard try value(order, OrderColumn.customer, session) != 0, try isSame(.customer) else { throw refuse(.customer) }
    guard try isSame(.region), try isSame(.city) else { throw refuse(.destination) }
    guard try value(leg, LegColumn.location, session) == (try value(hostLeg, LegColumn.location, session)) else {
      throw refuse(.location)
    }
    let carriers = [try value(leg, LegColumn.carrier, session), try value(hostLeg, LegColumn.carrier, session)]
    guard carriers[0] == carriers[1] || carriers.contains(0) else { throw refuse(.carrier) }
    guard try value(leg, LegColumn.waybill, session) == 0 else { throw refuse(.waybill) }
    let parcel = try self.parcel(ofLeg: hostLeg, in: session)
    // A leg that others joined is their parcel, and joins none of theirs.
    guard parcel != leg else { throw refuse(.sameOrder) }
    try tell(
      Story(
        kind: .merged, leg: merge.leg, before: Int64(parcel) + 1, actor: merge.actor, text: number,
        occurredAt: merge.occurredAt), standing: &standing, in: session)
    return try updated(order: order, in: session)
  }

  /// The row of a leg that waits to be released; nil when there is none such.
  private static func mergeable(_ number: UInt8, of standing: Standing) -> Int? {
    let hasLeft = standing.passages.contains {
      $0.node.isKeyNode && $0.node >= .released && ($0.leg == 0 || $0.leg == number)
    }
    guard standing.node.isKeyNode, standing.hasPassed(.allocated, leg: number), !hasLeft else { return nil }
    return standing.legs.first { $0.number == number }?.row
  }

  /// The leg whose parcel a leg travels in: the one it joined, or itself.
  func parcel(ofLeg leg: Int, in session: borrowing Session) throws(JudgeFailure) -> Int {
    let number = try value(leg, LegColumn.number, session)
    var row = Int(try value(Int(try value(leg, LegColumn.order, session)), OrderColumn.lastEvent, session)) - 1
    while row >= 0 {
      if try value(row, EventColumn.kind, session) == Int64(EventKind.merged.rawValue),
        try value(row, EventColumn.leg, session) == number, try value(row, EventColumn.voided, session) == 0
      {
        return Int(try value(row, EventColumn.before, session)) - 1
      }
      row = try previous(row, EventColumn.previous, in: session)
    }
    return leg
  }
}
