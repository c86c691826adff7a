package import Calendars
public import Columns
package import OrderModel

/// What is known of every customer with qualifying orders, for figures that look at a customer as a whole.
public struct CustomerHistories: Sendable {
  /// An amount at an instant, milliseconds and minor units.
  public struct Amount: Sendable, Hashable {
    public var at, value: Int64

    public init(at: Int64, value: Int64) { (self.at, self.value) = (at, value) }
  }

  private let customers: SequencedCustomers
  /// Of each order row: net sales before credit notes, value of the goods that left for good, and whether goods of it
  /// are known to have left without a cost being known. Empty where a figure does not ask.
  public var worths: [Int64] = []
  public var costs: [Int64] = []
  public var lacksCost: [Bool] = []
  /// Of each customer row + 1: what was credited, below 0.
  public var credits: [Int64: [Amount]] = [:]
  /// Of each group: customers known in the period by orders none of which qualifies, by the last of these.
  public var prospects: [Int32: [UInt32]] = [:]

  /// - Parameter sequences: Of one part.
  public init(_ sequences: CustomerSequences) { customers = sequences.sequenced(0) }

  /// Calls `body` with every customer, by customer row + 1, and the customer's orders in sequence.
  func forEach<Failure: Error>(
    _ body: (_ customer: Int64, _ orders: ArraySlice<CustomerOrder>) throws(Failure) -> Void
  ) throws(Failure) {
    for slot in 0..<customers.starts.count - 1 where customers.starts[slot] < customers.starts[slot + 1] {
      try body(Int64(slot), customers.orders[customers.starts[slot]..<customers.starts[slot + 1]])
    }
  }

  /// Net sales of orders placed, and credit notes that count, in a stretch of time.
  func net(_ customer: Int64, _ orders: ArraySlice<CustomerOrder>, in range: Range<Int64>) -> Int64 {
    var sum: Int64 = 0
    for order in orders where range.contains(order.placedAt) { sum += worths[Int(order.row)] }
    for credit in credits[customer] ?? [] where range.contains(credit.at) { sum += credit.value }
    return sum
  }

  /// Cost of the goods of orders placed in a stretch of time.
  func cost(_ orders: ArraySlice<CustomerOrder>, in range: Range<Int64>) -> Int64 {
    var sum: Int64 = 0
    for order in orders where range.contains(order.placedAt) { sum += costs[Int(order.row)] }
    return sum
  }
}

/// One row of the answer of a figure over whole customers.
public struct CustomerRow: Sendable, Hashable {
  /// The group by the keys asked for.
  public var group: Int32
  /// Values of ``Definition/cellKeys``.
  public var keys: [Value]
  public var result: KPIResult
  /// Behind it: for each class the rows of orders that put a customer there; empty unless asked for.
  public var members: [Member] = []

  /// A customer, by an order.
  public struct Member: Sendable, Hashable {
    /// As in ``Verdicts``.
    public var kind: UInt8
    public var row: UInt32
  }
}

/// What figures over whole customers need to judge them.
package struct CustomerContext: Sendable {
  package var judging: JudgingContext
  /// The zone months and days are cut in.
  package var zone: TimeZoneRules
  /// Groups by the keys asked for.
  package var groupCount: Int
  package var withMembers: Bool

  package init(judging: JudgingContext, zone: TimeZoneRules, groupCount: Int = 1, withMembers: Bool = false) {
    (self.judging, self.zone, self.groupCount, self.withMembers) = (judging, zone, groupCount, withMembers)
  }
}

/// A figure over customers as wholes, whose answer may have several rows a group.
package protocol CustomerTableKPI: KPI {
  /// The columns that decide whether an order qualifies.
  var qualifyingFields: [OrderField] { get }
  /// As of ``CustomerKPI``; hits carry what an order was worth where ``needsWorth``.
  func qualify(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts)
  /// Whether it reads worths and credit notes, and costs.
  var needsWorth: Bool { get }
  var needsCosts: Bool { get }
  /// The rows, those of a group together; what qualifying excluded is added to them by the caller.
  func rows(of histories: CustomerHistories, in context: CustomerContext) throws(KPIError) -> [CustomerRow]
}

extension CustomerTableKPI {
  package var qualifyingFields: [OrderField] {
    needsWorth ? QualifyingOrders.worthFields : QualifyingOrders.fields
  }

  package func qualify(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    QualifyingOrders.judge(batch, in: context, withWorth: needsWorth, into: &verdicts)
  }

  /// The first order, if it lies in the period and has a group.
  func entry(_ orders: ArraySlice<CustomerOrder>, in context: CustomerContext) -> CustomerOrder? {
    guard let first = orders.first, first.cell >= 0, context.judging.period.contains(first.placedAt) else { return nil }
    return first
  }

  func fitted(_ sum: Int128) throws(KPIError) -> Int64 {
    guard let value = Int64(exactly: sum) else { throw .overflow(kpi: definition.name) }
    return value
  }
}
