internal import LMDB

extension StoreFile {
  /// The sequence of the newest group; 0 when there is none.
  func head(in transaction: borrowing some Reading & ~Copyable) throws(FileError) -> UInt64 {
    try Log.head(in: transaction, of: self)
  }

  /// The tail of the log beyond `state`, decoded. A refolded file has no log at all, and so no tail.
  func tail(
    on state: FoldState, folding: some FactFolding, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> Tail {
    var tail = Tail(schema: schema, state: state)
    let head = try Log.head(in: transaction, of: self)
    if head > 0 { try extend(&tail, through: head, folding: folding, in: transaction) }
    return tail
  }

  /// Decodes the groups behind what `tail` knows, up to `last`.
  func extend(
    _ tail: inout Tail, through last: UInt64, folding: some FactFolding,
    in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) {
    guard last >= tail.sequence else {
      throw .damaged(.inconsistent(place: "log", "ends at group \(last), but group \(tail.sequence) was there"))
    }
    guard last > tail.sequence else { return }
    try Log.forEachGroup(
      in: (tail.sequence + 1)...last, previousChecksum: tail.checksum, in: transaction, of: self
    ) { (group) throws(FileError) in
      try apply(group, to: &tail, folding: folding)
    }
  }

  func apply(_ group: LogGroup, to tail: inout Tail, folding: some FactFolding) throws(FileError) {
    let place = "log group \(group.sequence)"
    guard group.firstRows == tail.tables.map(\.rowCount) else {
      throw .damaged(.inconsistent(place: place, "begins at other rows than the group before it ended"))
    }
    guard group.recordedAt >= tail.recordedAt else {
      throw .damaged(.inconsistent(place: place, "was recorded before the group before it"))
    }
    do throws(Damage) {
      try folding.apply(group, to: &tail)
      if let flaw = tail.flaw { throw flaw }
    } catch { throw .damaged(.inconsistent(place: place, error.description)) }
    tail.advance(
      to: group.sequence, recordedAt: group.recordedAt, checksum: group.checksum, byteCount: group.facts.count)
  }
}
