public import OrderModel

/// A figure over the ledger of stock movements: a flow in a period against the stock that stood meanwhile.
///
/// ``LedgerAccumulator`` adds up the movements; their rows need not be in the order of time.
public protocol LedgerKPI: KPI {
  /// The columns it reads, without repetition.
  var fields: [MovementField] { get }
  /// When the stock is looked at to average it.
  var sampling: LedgerSampling { get }
}

/// At which instants of a period the value on hand is averaged.
public enum LedgerSampling: Sendable, Hashable {
  /// At every millisecond: the integral over time.
  case everyMoment
  /// At the ends of the local days, which the caller gives.
  case dayEnds
  /// At the ends of the local months, which the caller gives.
  case monthEnds
  /// At the start, the three inner quarter points and the end.
  case fivePoints
  /// At the start and the end.
  case bothEnds

  /// Whether the caller gives the instants, cut in its time zone.
  public var needsInstants: Bool { self == .dayEnds || self == .monthEnds }
}
