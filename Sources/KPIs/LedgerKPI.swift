public import Columns
public import OrderModel

/// A figure over the ledger of stock movements, whose rows need not be in the order of time.
public protocol LedgerKPI: KPI {
  /// The columns it reads, without repetition.
  var fields: [MovementField] { get }
  /// Whether it is an average over time and so needs a period with both ends.
  var needsPeriod: Bool { get }
  /// At which local instants it looks at the stock; those of days and months are given by the caller.
  var sampling: LedgerSampling { get }
  /// Nothing added up yet.
  ///
  /// - Parameters:
  ///   - instants: The local day or month ends of the period where ``sampling`` needs them.
  /// - Throws: ``KPIError/needsPeriod(kpi:)``
  func fold(in context: JudgingContext, instants: [Int64], cellCount: Int) throws(KPIError) -> any LedgerFold
}

/// Stock movements being added up into the figure of each cell.
public protocol LedgerFold: Sendable {
  /// Adds the movements of a batch.
  ///
  /// - Parameter cells: The cell of each row, negative leaves it out; nil puts all into cell 0.
  mutating func add(_ batch: Batch<MovementField>, cells: [Int32]?)
  /// The figure of each cell.
  func results() throws(KPIError) -> [KPIResult]
}

/// A flow in a period against the average value of the stock that stood meanwhile; added up by ``LedgerAccumulator``.
public protocol AverageInventoryKPI: LedgerKPI {
  /// Whether it is stock against the flow, in days, instead of the flow against stock, in turns a year.
  var isInDays: Bool { get }
}

extension AverageInventoryKPI {
  public var fields: [MovementField] {
    [.occurredAt, .kind, .quantity, .sku, .valueChange, .order, .applied]
  }
  public var needsPeriod: Bool { true }

  public func fold(
    in context: JudgingContext, instants: [Int64], cellCount: Int
  ) throws(KPIError) -> any LedgerFold {
    try LedgerAccumulator(self, in: context, instants: instants, cellCount: cellCount)
  }
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
