internal import ColumnStore
internal import OrderModel

/// The change feed: the facts of the log, told by name.
extension OrderSnapshot {
  /// Calls `body` with every change from group `first` on.
  ///
  /// Personal data stands outside the log and is not among them; words of the lists are told where they are used.
  public func forEachChange(
    from first: UInt64, _ body: (ChangeRecord) -> Void
  ) throws(StoreError) {
    try forEachChangedGroup(from: first) { records in
      records.forEach(body)
      return true
    }
  }

  /// The changes of groups `first` and later: whole groups, until there are `limit` changes or more.
  ///
  /// - Returns: The changes, and the group to go on from; nil when these are the newest.
  public func changes(
    from first: UInt64, limit: Int
  ) throws(StoreError) -> (records: [ChangeRecord], next: UInt64?) {
    var records: [ChangeRecord] = []
    var last: UInt64 = 0
    try forEachChangedGroup(from: first) { group in
      records += group
      if let sequence = group.last?.sequence { last = sequence }
      return records.count < limit
    }
    return (records, last == 0 || last >= sequence ? nil : last + 1)
  }

  private func forEachChangedGroup(
    from first: UInt64, _ body: ([ChangeRecord]) -> Bool
  ) throws(StoreError) {
    var next = max(1, first)
    var goesOn = true
    while goesOn, next <= sequence {
      // The log is read in portions, so that one that is not read to its end costs no more than what was read.
      let last = min(sequence, next + 63)
      try reading { () throws(FileError) in
        try log.forEachGroup(from: next, through: last) { (group) throws(FileError) in
          guard goesOn else { return }
          do throws(Damage) { goesOn = body(try records(of: group)) } catch { throw .damaged(error) }
        }
      }
      next = last + 1
    }
  }

  func records(of group: LogGroup) throws(Damage) -> [ChangeRecord] {
    var heads = try Fact.Heads(of: group)
    var reader = ByteReader(group.facts)
    var records: [ChangeRecord] = []
    while !reader.isAtEnd {
      let fact = try Fact(from: &reader, heads: heads)
      var teller = ChangeTeller(snapshot: self)
      do throws(StoreError) {
        for (kind, fields) in try teller.tell(fact, heads: heads) {
          records.append(
            ChangeRecord(
              sequence: group.sequence, recordedAt: Instant(milliseconds: group.recordedAt), kind: kind,
              fields: fields))
        }
      } catch { throw .inconsistent(place: "change of group \(group.sequence)", error.description) }
      heads.advance(over: fact)
    }
    return records
  }
}
