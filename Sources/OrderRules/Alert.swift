package import Calendars
public import OrderModel

/// Something that needs somebody: a promise that is over, a leg that does not move, an exception nobody answered.
///
/// Late and stalled are separate facts: a leg may be stalled and not late, or late and not stalled.
public struct Alert: Sendable, Hashable {
  public typealias Cause = AlertCause

  public var cause: Cause
  /// The exception it is about, where it is about one.
  public var exception: ExceptionKind?
  /// When it became one: the deadline, or the end of the limit.
  public var dueAt: Instant
  /// How long it has been one.
  public var overdue: Int64
  /// How often the limit has passed since the node was entered, on its clock, from 1; 1 for deadlines.
  public var level: Int64
}

/// An open order, or one of its legs, as far as alerts look at it.
public struct OpenLeg: Sendable, Hashable {
  /// 0 is the order as a whole.
  public var leg: UInt8
  public var node: Node
  /// The last event of the leg, or the placing; nil when it has no instant.
  public var lastEventAt: Instant?
  public var hasShipped, hasDelivered: Bool
  /// Promises as they stand.
  public var shipBy, deliverBy: Instant?
  public var isOnHold: Bool
  public var subject: DwellLimit.Subject
  /// Since when exceptions are open, and whether somebody answered.
  public var exceptions: [OpenException]

  public struct OpenException: Sendable, Hashable {
    public var kind: ExceptionKind
    public var raisedAt: Instant
    public var isAcknowledged: Bool

    public init(kind: ExceptionKind, raisedAt: Instant, isAcknowledged: Bool) {
      (self.kind, self.raisedAt, self.isAcknowledged) = (kind, raisedAt, isAcknowledged)
    }
  }

  public init(
    leg: UInt8, node: Node, lastEventAt: Instant?, hasShipped: Bool, hasDelivered: Bool, shipBy: Instant?,
    deliverBy: Instant?, isOnHold: Bool, subject: DwellLimit.Subject, exceptions: [OpenException] = []
  ) {
    (self.leg, self.node, self.lastEventAt) = (leg, node, lastEventAt)
    (self.hasShipped, self.hasDelivered, self.shipBy, self.deliverBy) = (hasShipped, hasDelivered, shipBy, deliverBy)
    (self.isOnHold, self.subject, self.exceptions) = (isOnHold, subject, exceptions)
  }

  /// Limits for answering and for resolving an exception.
  public static let exceptionLimit: Int64 = 4 * 3_600_000

  /// What is wrong with the leg at an instant, the longest overdue first. A deadline d is over when d < `asOf`; a hold
  /// explains why nothing moves, so what is on hold does not stall. All in calendar time.
  public func alerts(asOf: Instant, limits: [DwellLimit]) -> [Alert] {
    alerts(asOf: asOf, limits: limits, calendar: nil)
  }

  /// As ``alerts(asOf:limits:)``, with limits in business time counted by the open hours of a calendar.
  package func alerts(asOf: Instant, limits: [DwellLimit], calendar: BusinessCalendar?) -> [Alert] {
    var alerts: [Alert] = []
    func add(
      _ cause: Alert.Cause, _ due: Instant, every limit: Int64 = 0, business: BusinessCalendar? = nil,
      about exception: ExceptionKind? = nil
    ) {
      guard due < asOf else { return }
      let overdue = asOf.milliseconds - due.milliseconds
      let passed = business?.openMilliseconds(from: due.milliseconds, to: asOf.milliseconds) ?? overdue
      alerts.append(
        Alert(
          cause: cause, exception: exception, dueAt: due, overdue: overdue,
          level: limit > 0 ? 1 + passed / limit : 1))
    }
    if let shipBy, !hasShipped { add(.lateToShip, shipBy) }
    if let deliverBy, !hasDelivered { add(.lateToDeliver, deliverBy) }
    if let lastEventAt, !isOnHold, let limit = DwellLimit.limit(at: node, for: subject, of: limits) {
      let business = limit.clock == .business ? calendar : nil
      let due =
        business?.instant(after: lastEventAt.milliseconds, openMilliseconds: limit.limit)
        ?? lastEventAt.milliseconds + limit.limit
      add(.stalled, Instant(milliseconds: due), every: limit.limit, business: business)
    }
    for exception in exceptions {
      let due = Instant(milliseconds: exception.raisedAt.milliseconds + OpenLeg.exceptionLimit)
      add(
        exception.isAcknowledged ? .unresolved : .unanswered, due, every: OpenLeg.exceptionLimit,
        about: exception.kind)
    }
    return alerts.sorted { $0.overdue > $1.overdue }
  }
}
