public import Columns
public import OrderModel

/// The qualifying orders of every customer, gathered from batches and put into sequence.
///
/// Costs 40 bytes a qualifying order, and a counting sort by customer.
public struct CustomerSequences: Sendable {
  private var customers: [Int64] = []
  private var orders: [CustomerOrder] = []
  private var largestCustomer: Int64 = 0

  public init() {}

  /// Adds the rows that `verdicts` calls hits.
  ///
  /// - Parameters:
  ///   - batch: With `customer` and `placedAt`.
  ///   - cells: The cell of each row; nil puts all into cell 0. Looked at for rows of the period only.
  ///   - bucketStarts: Where each row's time bucket starts, milliseconds; nil when the keys hold none.
  public mutating func add(
    _ batch: Batch<OrderField>, verdicts: Verdicts, cells: [Int32]? = nil, bucketStarts: [Int64]? = nil
  ) {
    let placed = batch[.placedAt]
    let people = batch[.customer]
    for row in 0..<batch.count where verdicts.kinds[row] == Verdicts.hit {
      customers.append(people[row])
      largestCustomer = max(largestCustomer, people[row])
      orders.append(
        CustomerOrder(
          placedAt: placed[row], row: UInt32(batch.firstRow + row), cell: cells?[row] ?? 0,
          bucketStart: bucketStarts?[row] ?? Int64.min))
    }
  }

  /// What `kpi` says of each customer, by customer.
  public func judged(by kpi: some CustomerKPI, in context: JudgingContext) -> CustomerVerdicts {
    var verdicts = CustomerVerdicts()
    let (sequences, starts) = sequenced()
    for customer in 0..<starts.count - 1 where starts[customer] < starts[customer + 1] {
      kpi.judge(sequences[starts[customer]..<starts[customer + 1]], in: context, into: &verdicts)
    }
    return verdicts
  }

  /// The orders by (customer, placed, row), and where each customer's begin.
  private func sequenced() -> (orders: [CustomerOrder], starts: [Int]) {
    var starts = [Int](repeating: 0, count: Int(largestCustomer) + 2)
    for customer in customers { starts[Int(customer) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    var sorted = [CustomerOrder](repeating: CustomerOrder(placedAt: 0, row: 0), count: orders.count)
    for index in orders.indices {
      let customer = Int(customers[index])
      sorted[next[customer]] = orders[index]
      next[customer] += 1
    }
    for customer in 0..<starts.count - 1 {
      let range = starts[customer]..<starts[customer + 1]
      guard range.count > 1 else { continue }
      let isInSequence = range.dropFirst().allSatisfy { Self.precedes(sorted[$0 - 1], sorted[$0]) }
      if !isInSequence { sorted[range].sort(by: Self.precedes) }
    }
    return (sorted, starts)
  }

  private static func precedes(_ left: CustomerOrder, _ right: CustomerOrder) -> Bool {
    (left.placedAt, left.row) < (right.placedAt, right.row)
  }
}
