public import OrderModel

/// What may be asked of a figure beside its variant, where that makes sense.
public struct KPIOptions: Sendable, Hashable {
  public enum Name: String, Sendable, Hashable, CaseIterable {
    case netOfHolds = "net-of-holds"
    case claimWindow = "claim-window"
  }

  /// Whether durations leave out the time an order was on hold.
  public var isNetOfHolds = false
  /// How long after it shipped or arrived a fault of an order may still be reported, days of 24 h; nil is each figure's
  /// own.
  public var claimWindowDays: Int64?
  /// How long an order may stay at a node before it counts as stalled, milliseconds.
  public var dwellLimits: [Node: Int64] = [:]

  public init() {}

  /// The claim windows there can be, in days.
  public static let claimWindows: ClosedRange<Int64> = 0...36_525
}

extension KPI {
  public var options: Set<KPIOptions.Name> { [] }
  public func with(_ options: KPIOptions) -> any KPI { self }
}
