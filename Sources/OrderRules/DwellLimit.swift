public import OrderModel

/// How long an order or a leg may stay at a node before it counts as stalled.
///
/// A limit may name a channel, carrier, grade or type; of those that fit an order the one that names most of them holds,
/// the later one of two that name as many.
public struct DwellLimit: Sendable, Hashable {
  public var node: Node
  /// Milliseconds, on its clock.
  public var limit: Int64
  public var clock: Clock
  /// Empty fits all.
  public var channel, carrier, grade, type: String

  /// Which time counts.
  public enum Clock: String, Sendable, Hashable, CaseIterable {
    /// Every hour of every day.
    case calendar
    /// The open hours of a business calendar; calendar time where none is given.
    case business
  }

  public init(
    _ node: Node, hours: Int64, channel: String = "", carrier: String = "", grade: String = "", type: String = "",
    clock: Clock = .calendar
  ) {
    self.init(
      node, limit: hours * 3_600_000, channel: channel, carrier: carrier, grade: grade, type: type, clock: clock)
  }

  public init(
    _ node: Node, limit: Int64, channel: String = "", carrier: String = "", grade: String = "", type: String = "",
    clock: Clock = .calendar
  ) {
    (self.node, self.limit, self.channel, self.carrier) = (node, limit, channel, carrier)
    (self.grade, self.type, self.clock) = (grade, type, clock)
  }

  /// The limits of the order lifecycle where a site states none: an order waits for its payment 24 hours, for its review
  /// 4, and so on. What people at work do next is counted in business time.
  public static let standard: [DwellLimit] = [
    DwellLimit(.placed, hours: 24), DwellLimit(.paid, hours: 4, clock: .business),
    DwellLimit(.validated, hours: 4, clock: .business), DwellLimit(.approved, limit: 45 * 60_000),
    DwellLimit(.reserved, limit: 45 * 60_000), DwellLimit(.allocated, limit: 45 * 60_000),
    DwellLimit(.released, hours: 4, clock: .business), DwellLimit(.picking, hours: 4, clock: .business),
    DwellLimit(.picked, hours: 2, clock: .business), DwellLimit(.packed, hours: 2, clock: .business),
    DwellLimit(.labelled, hours: 24), DwellLimit(.shipped, hours: 24), DwellLimit(.inTransit, hours: 48),
    DwellLimit(.outForDelivery, hours: 24), DwellLimit(.returnReceived, hours: 48, clock: .business),
  ]

  /// The words of an order that limits look at.
  public struct Subject: Sendable, Hashable {
    public var channel, carrier, grade, type: String

    public init(channel: String = "", carrier: String = "", grade: String = "", type: String = "") {
      (self.channel, self.carrier, self.grade, self.type) = (channel, carrier, grade, type)
    }
  }

  /// The limit that holds for an order at a node; nil when none does.
  public static func limit(at node: Node, for subject: Subject, of limits: [DwellLimit]) -> DwellLimit? {
    var best: (limit: DwellLimit, named: Int)?
    for limit in limits where limit.node == node {
      let pairs = [
        (limit.channel, subject.channel), (limit.carrier, subject.carrier), (limit.grade, subject.grade),
        (limit.type, subject.type),
      ]
      guard pairs.allSatisfy({ $0.0.isEmpty || $0.0 == $0.1 }) else { continue }
      let named = pairs.filter { !$0.0.isEmpty }.count
      if best.map({ named >= $0.named }) ?? true { best = (limit, named) }
    }
    return best?.limit
  }
}
