public import Columns
public import OrderModel

/// Stall rate: open orders of which nothing was heard for longer than their node allows.
///
/// - Definition: orders open at as-of (K14) whose last entry is longer ago than the dwell limit of the node where they stand
///   ÷ open orders at a node with a limit. What is on hold does not stall. No limit for the node, or no instant to count
///   from: excluded. An order with several legs counts once, at the node all of them have reached.
/// - A state at as-of; rows carry the placed instant.
public struct StallRate: OrderKPI {
  public let definition = Definition(
    id: "K16", slug: "stall_rate", kind: .rate, english: "Stall rate", chinese: "停滯率", unit: "percent",
    direction: .down, attribution: .snapshot,
    numerator: "of these, not on hold, last entry + dwell limit of the node < as-of",
    denominator: "open orders at a node with a dwell limit",
    population: "orders placed before as-of, neither delivered, completed, cancelled nor expired", pending: "none",
    exclusions: ["no-limit", "time-missing"])
  public let fields: [OrderField] = NodeAtAsOf.fields + [.told(.lastEntryAt), .told(.openHolds)]
  /// Milliseconds.
  public let limits: [Node: Int64]

  /// - Parameter limits: How long an order may stay at a node, milliseconds; nodes without one are left out.
  public init(limits: [Node: Int64] = [:]) { self.limits = limits }

  public func with(_ options: KPIOptions) -> any KPI { Self(limits: options.dwellLimits) }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, lastEntries, holds) = (batch[.placedAt], batch[.told(.lastEntryAt)], batch[.told(.openHolds)])
    let (nodes, arrivals) = NodeAtAsOf.positions(of: batch, in: context)
    let delivered = Int64(Node.delivered.rawValue)
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where nodes[row] > 0 && nodes[row] < delivered {
      verdicts.instants[row] = placed[row]
      let limit = Node(rawValue: UInt8(truncatingIfNeeded: nodes[row])).flatMap { limits[$0] }
      // An order of which only its columns tell has its node's instant alone.
      let last = max(lastEntries[row], arrivals[row])
      verdicts.kinds[row] =
        if let limit {
          if !InstantColumn.isInstant(last) || arrivals[row] == InstantColumn.unknown {
            Verdicts.firstExclusion + 1
          } else {
            holds[row] == 0 && last + limit < context.asOf ? Verdicts.hit : Verdicts.miss
          }
        } else {
          Verdicts.firstExclusion
        }
    }
  }
}
