public import OrderModel

/// An exception of an order from its raising to its last resolution, as it stood at as-of.
public struct Episode: Sendable, Hashable {
  /// Order row.
  public var order: Int
  public var kind: ExceptionKind
  /// Milliseconds; absent ones as in ``InstantColumn``.
  public var raisedAt: Int64
  public var answeredAt: Int64 = InstantColumn.none
  public var resolvedAt: Int64 = InstantColumn.none
  public var reopenCount: Int64 = 0

  public subscript(field: EpisodeField) -> Int64 {
    switch field {
    case .order: Int64(order)
    case .kind: Int64(kind.rawValue)
    case .raisedAt: raisedAt
    case .answeredAt: answeredAt
    case .resolvedAt: resolvedAt
    case .reopenCount: reopenCount
    }
  }

  /// What tells of episodes.
  static let events: Set<EventKind> = [.raised, .acknowledged, .resolved, .reopened]

  /// The episodes of one order by their raising. What is told again while it is open is the same episode; raised anew
  /// after it was resolved, it is another.
  ///
  /// - Parameter entries: By instant.
  static func episodes(_ entries: ArraySlice<StoryEntry>, before asOf: Int64) -> [Episode] {
    var episodes: [Episode] = []
    var last: [ExceptionKind: Int] = [:]
    for entry in entries where entry.instant < asOf && events.contains(entry.kind) {
      guard let kind = ExceptionKind(rawValue: entry.subject) else { continue }
      let known = last[kind]
      if entry.kind == .raised {
        if let known, episodes[known].resolvedAt == InstantColumn.none { continue }
        last[kind] = episodes.count
        episodes.append(Episode(order: Int(entry.order), kind: kind, raisedAt: entry.instant))
        continue
      }
      guard let known else { continue }
      if entry.isHuman, entry.kind != .reopened, episodes[known].answeredAt == InstantColumn.none {
        episodes[known].answeredAt = entry.instant
      }
      if entry.kind == .resolved { episodes[known].resolvedAt = entry.instant }
      if entry.kind == .reopened {
        episodes[known].resolvedAt = InstantColumn.none
        episodes[known].reopenCount += 1
      }
    }
    return episodes
  }
}
