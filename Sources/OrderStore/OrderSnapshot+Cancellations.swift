internal import ColumnStore
internal import OrderModel

/// Which units an entry of a timeline cancelled.
extension OrderSnapshot {
  /// Units of a line that an entry cancelled.
  package struct CancelledUnits: Sendable, Hashable {
    /// Event row, line row.
    package var event: Int
    package var line: Int
    package var units: Int64
    /// At list price, minor units.
    package var value: Int64
  }

  /// What each of some entries cancelled, line by line, in the order of `events`.
  ///
  /// No column says which lines an entry took its units from: the log does, in the facts before it. Each group is read
  /// once, which costs in proportion to the groups that hold such entries.
  ///
  /// - Parameter events: Event rows, ascending.
  package func cancelledUnits(ofEvents events: [Int]) throws(StoreError) -> [CancelledUnits] {
    var found: [CancelledUnits] = []
    var index = 0
    while index < events.count {
      let sequence = UInt64(try value(events[index], EventColumn.sequence))
      var wanted: [Int] = []
      while index < events.count, UInt64(try value(events[index], EventColumn.sequence)) == sequence {
        wanted.append(events[index])
        index += 1
      }
      try reading { () throws(FileError) in
        try log.forEachGroup(from: sequence, through: sequence) { (group) throws(FileError) in
          do throws(Damage) { try OrderSnapshot.add(wanted, of: group, to: &found) } catch { throw .damaged(error) }
        }
      }
    }
    return found
  }

  /// A command tells of cancelled lines, then of the entry that says so.
  private static func add(
    _ events: [Int], of group: LogGroup, to found: inout [CancelledUnits]
  ) throws(Damage) {
    var heads = try Fact.Heads(of: group)
    var reader = ByteReader(group.facts)
    var untold: [(order: Int, line: Int, units: Int64, value: Int64)] = []
    var next = 0
    while !reader.isAtEnd, next < events.count {
      let row = heads.events
      let fact = try Fact(from: &reader, heads: heads)
      switch fact {
      case .lineCancelled(let line, let order, let quantity, let value): untold.append((order, line, quantity, value))
      case .event(let event):
        if row == events[next] {
          for part in untold where part.order == event.order {
            found.append(CancelledUnits(event: row, line: part.line, units: part.units, value: part.value))
          }
          next += 1
        }
        untold.removeAll { $0.order == event.order }
      default: break
      }
      heads.advance(over: fact)
    }
  }
}
