internal import KPIs
internal import OrderModel

/// Which columns a walk reads, and which row groups it can pass over.
enum Fields {
  /// Every field once, in the order first named.
  static func union<Field: Hashable>(_ lists: [[Field]]) -> [Field] {
    var seen: Set<Field> = []
    return lists.joined().filter { seen.insert($0).inserted }
  }

  /// Whether orders placed in `placed` can be members of the figure in the plan's period; nil when nothing is known of
  /// them.
  static func mayHold(_ placed: ClosedRange<Int64>?, _ kpi: any OrderKPI, of plan: Plan) -> Bool {
    guard let placed else { return true }
    guard placed.lowerBound < plan.context.asOf else { return false }
    guard plan.isByCreated || isByPlaced(kpi) else { return true }
    return placed.upperBound >= plan.context.period.lowerBound && placed.lowerBound < plan.context.period.upperBound
  }

  /// Whether the instants of its verdicts are the orders' placed instants.
  private static func isByPlaced(_ kpi: any OrderKPI) -> Bool {
    switch kpi.definition.attribution {
    case .created, .snapshot: true
    // The event of an order itself is its placing; credit notes are walked apart.
    case .event: kpi.ofCredits != nil
    case .completed, .start, .deadline, .period: false
    }
  }
}

extension Verdicts {
  /// Leaves out the rows that are not selected.
  mutating func keep(_ selection: [Bool]) {
    for row in 0..<count where !selection[row] { leaveOut(row) }
  }
}
