public import Columns
public import OrderModel

/// The qualifying orders of every customer, gathered from batches and put into sequence.
///
/// Orders are dealt to parts by the last bits of the customer, so that a part is put into sequence within the
/// processor's cache, and parts by several threads. Costs 16 bytes a qualifying order, 32 where orders are grouped.
public struct CustomerSequences: Sendable {
  private struct Entry: Sendable {
    var placedAt: Int64
    var row: UInt32
    var customer: UInt32
  }

  private struct Part: Sendable {
    var entries: [Entry] = []
    /// Of each entry; empty when all are of cell 0 and without time buckets.
    var places: [(cell: Int32, bucketStart: Int64)] = []
  }

  private var parts: [Part]
  private var largestCustomer: UInt32 = 0
  private let partBits: UInt32

  /// - Parameter partBits: Parts are two to this power. With 0 there is one, which has the customers in their order.
  public init(partBits: Int = 0) {
    precondition((0...8).contains(partBits), "1 to 256 parts")
    self.partBits = UInt32(partBits)
    parts = Array(repeating: Part(), count: 1 << partBits)
  }

  public var partCount: Int { parts.count }

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
    let hasPlaces = cells != nil || bucketStarts != nil
    let mask = UInt32(parts.count - 1)
    let kinds = verdicts.kinds.span
    // Taken out, so that an entry costs one check of who else holds the parts and not three.
    var parts = self.parts
    self.parts = []
    for row in 0..<batch.count where kinds[row] == Verdicts.hit {
      let customer = UInt32(truncatingIfNeeded: people[row])
      let part = Int(customer & mask)
      largestCustomer = max(largestCustomer, customer)
      parts[part].entries.append(
        Entry(placedAt: placed[row], row: UInt32(truncatingIfNeeded: batch.firstRow &+ row), customer: customer))
      if hasPlaces { parts[part].places.append((cells?[row] ?? 0, bucketStarts?[row] ?? Int64.min)) }
    }
    self.parts = parts
  }

  /// Adds all of `other`, which has as many parts and numbers cells alike.
  public mutating func merge(_ other: CustomerSequences) {
    precondition(other.partBits == partBits, "parts of the same customers")
    if parts.allSatisfy(\.entries.isEmpty) {
      self = other
      return
    }
    largestCustomer = max(largestCustomer, other.largestCustomer)
    for part in parts.indices {
      parts[part].entries += other.parts[part].entries
      parts[part].places += other.parts[part].places
    }
  }

  /// What `kpi` says of each customer, by part and in it by customer.
  public func judged(by kpi: some CustomerKPI, in context: JudgingContext) -> CustomerVerdicts {
    var verdicts = CustomerVerdicts()
    for part in parts.indices {
      sequenced(part).judge(by: kpi, in: context, into: &verdicts)
    }
    return verdicts
  }

  /// The customers of one part, each with the orders in sequence.
  public func sequenced(_ part: Int) -> SequencedCustomers {
    let entries = parts[part].entries
    let places = parts[part].places
    let slotCount = Int(largestCustomer >> partBits) + 1
    var starts = [Int](repeating: 0, count: slotCount + 1)
    for index in entries.indices { starts[Int(entries[index].customer >> partBits) + 1] += 1 }
    for slot in 0..<slotCount { starts[slot + 1] += starts[slot] }
    var next = starts
    var sorted = [CustomerOrder](repeating: CustomerOrder(placedAt: 0, row: 0), count: entries.count)
    for index in entries.indices {
      let entry = entries[index]
      let slot = Int(entry.customer >> partBits)
      let place = next[slot]
      next[slot] = place + 1
      sorted[place].placedAt = entry.placedAt
      sorted[place].row = entry.row
      if !places.isEmpty { (sorted[place].cell, sorted[place].bucketStart) = places[index] }
    }
    for slot in 0..<slotCount where starts[slot + 1] - starts[slot] > 1 {
      let range = starts[slot]..<starts[slot + 1]
      for index in range.dropFirst() where Self.precedes(sorted[index], sorted[index - 1]) {
        sorted[range].sort(by: Self.precedes)
        break
      }
    }
    return SequencedCustomers(orders: sorted, starts: starts)
  }

  private static func precedes(_ left: CustomerOrder, _ right: CustomerOrder) -> Bool {
    (left.placedAt, left.row) < (right.placedAt, right.row)
  }
}

/// Customers with their qualifying orders by (placed, row).
public struct SequencedCustomers: Sendable {
  let orders: [CustomerOrder]
  /// Where each customer's orders begin, and one entry more.
  let starts: [Int]

  /// Appends what `kpi` says of each customer.
  public func judge(by kpi: some CustomerKPI, in context: JudgingContext, into verdicts: inout CustomerVerdicts) {
    for slot in 0..<starts.count - 1 where starts[slot] < starts[slot + 1] {
      kpi.judge(orders[starts[slot]..<starts[slot + 1]], in: context, into: &verdicts)
    }
  }
}
