import OrderModel

/// How long an order was on hold.
enum HeldTime {
  /// Milliseconds between two instants at which any hold was open, each millisecond once.
  ///
  /// - Parameter entries: Of one order, by instant.
  static func milliseconds(
    _ entries: ArraySlice<StoryEntry>, from start: Int64, to end: Int64, isCustomers: Bool
  ) -> Int64 {
    var open: Int64 = 0
    var (since, held): (Int64, Int64) = (0, 0)
    for entry in entries where entry.instant < end {
      guard entry.kind == .held || entry.kind == .unheld, let kind = HoldKind(rawValue: entry.subject),
        kind.isCustomers || !isCustomers
      else { continue }
      let after = entry.kind == .held ? open | kind.bit : open & ~kind.bit
      if open == 0, after != 0 { since = entry.instant }
      if open != 0, after == 0 { held += max(0, entry.instant - max(since, start)) }
      open = after
    }
    if open != 0 { held += max(0, end - max(since, start)) }
    return held
  }

  /// The kinds open after the entries before an instant.
  static func open(_ entries: ArraySlice<StoryEntry>, at instant: Int64) -> Int64 {
    var open: Int64 = 0
    for entry in entries where entry.instant < instant {
      guard let kind = HoldKind(rawValue: entry.subject) else { continue }
      if entry.kind == .held { open |= kind.bit }
      if entry.kind == .unheld { open &= ~kind.bit }
    }
    return open
  }
}
