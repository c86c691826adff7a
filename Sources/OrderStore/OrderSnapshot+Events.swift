internal import ColumnStore
package import Columns
public import OrderModel

/// Finding orders by what happened to them.
extension OrderSnapshot {
  /// Orders with an entry in their timeline that passed a node, that somebody did, or both, from an instant on and before
  /// another; each order once, in the order of acceptance. Entries that were taken back do not count.
  ///
  /// Row groups whose instants lie outside are skipped by their summaries: events are appended nearly in the order of
  /// time, so that a short span costs little however many events there are.
  public func orders(
    passing node: Node? = nil, by actor: String? = nil, from: Instant, before: Instant
  ) throws(StoreError) -> [OrderID] {
    var person: Int64?
    if let actor {
      person = try code(.actor, actor)
      if person == nil { return [] }
    }
    var found: Set<UInt32> = []
    if node == nil || node == .placed, person == nil { try addPlaced(from, before, to: &found) }
    let wanted = node.map { Int64($0.rawValue) }
    for group in 0..<snapshot.groupCount(of: StoreTable.events.rawValue) {
      let summary = try reading { () throws(FileError) in
        try snapshot.summary(table: StoreTable.events.rawValue, group: group)
      }
      if let range = summary?.ranges[EventColumn.occurredAt.rawValue],
        range.upperBound < from.milliseconds || range.lowerBound >= before.milliseconds
      {
        continue
      }
      let columns = try [EventColumn.occurredAt, .node, .actor, .order, .voided, .kind].map {
        (column) throws(StoreError) in try self.column(.events, column.rawValue, group)
      }
      for row in columns[0].indices where columns[0][row] >= from.milliseconds {
        guard columns[0][row] < before.milliseconds, columns[4][row] == 0 else { continue }
        if let wanted, columns[1][row] != wanted || columns[5][row] != 0 { continue }
        if let person, columns[2][row] != person { continue }
        found.insert(UInt32(columns[3][row]))
      }
    }
    return found.sorted().map { OrderID(rawValue: $0) }
  }

  /// The placing is the order itself, not an event.
  private func addPlaced(_ from: Instant, _ before: Instant, to found: inout Set<UInt32>) throws(StoreError) {
    for group in 0..<orderGroupCount {
      if let range = try placedRange(orderGroup: group),
        range.upperBound < from.milliseconds || range.lowerBound >= before.milliseconds
      {
        continue
      }
      let placed = try column(.orders, OrderColumn.placedAt.rawValue, group)
      for row in placed.indices where placed[row] >= from.milliseconds && placed[row] < before.milliseconds {
        found.insert(UInt32(group * Geometry.rowsPerGroup + row))
      }
    }
  }
}

/// Reading timelines in batches of one row group.
extension OrderSnapshot {
  package var eventGroupCount: Int { snapshot.groupCount(of: StoreTable.events.rawValue) }

  /// The first and last instant of a row group's events, when it is known without reading them. An entry without an
  /// instant lies before all others.
  package func occurredRange(eventGroup group: Int) throws(StoreError) -> ClosedRange<Int64>? {
    try reading { () throws(FileError) in
      try snapshot.summary(table: StoreTable.events.rawValue, group: group)?.ranges[EventColumn.occurredAt.rawValue]
    }
  }

  /// The same of stock movements.
  package func occurredRange(movementGroup group: Int) throws(StoreError) -> ClosedRange<Int64>? {
    try reading { () throws(FileError) in
      try snapshot.summary(table: StoreTable.movements.rawValue, group: group)?
        .ranges[MovementColumn.occurredAt.rawValue]
    }
  }

  /// Columns of one row group of events.
  package func events(group: Int, _ fields: [EventField]) throws(StoreError) -> Batch<EventField> {
    try batch(.events, group, fields) { (field) throws(StoreError) in
      let column: EventColumn =
        switch field {
        case .order: .order
        case .kind: .kind
        case .subject: .subject
        case .node: .node
        case .leg: .leg
        case .occurredAt: .occurredAt
        case .actor: .actor
        case .reason: .reason
        case .location: .location
        case .carrier: .carrier
        case .side: .side
        case .line: .line
        case .before: .before
        case .after: .after
        case .voided: .voided
        case .voids: .voids
        case .firstMovement: .firstMovement
        case .movementCount: .movementCount
        case .sequence: .sequence
        }
      return try self.column(.events, column.rawValue, group)
    }
  }
}
