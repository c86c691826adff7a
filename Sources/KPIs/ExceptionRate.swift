public import Columns
public import OrderModel

/// Exception rate: orders with which something went wrong.
///
/// - Definition: orders with at least one exception ÷ orders placed. The variant of a kind, `mis-ship` say, counts those
///   with an exception of that kind.
/// - Attributed to the placed instant.
public struct ExceptionRate: OrderKPI {
  /// Nil counts every kind.
  public let kind: ExceptionKind?
  public let definition: Definition
  public let fields: [OrderField] = [.placedAt, .told(.exceptions)]

  public init(_ kind: ExceptionKind? = nil) {
    self.kind = kind
    let name = kind.map { String($0.name.map { $0 == "_" ? "-" : $0 }) } ?? ""
    definition = Definition(
      id: "K20", slug: "exception_rate", variant: name, kind: .rate, english: "Exception rate", chinese: "異常率",
      unit: "percent", direction: .down, attribution: .created,
      numerator: "of these, with an exception\(kind == nil ? "" : " of kind \(name)")", denominator: "orders placed",
      population: "orders placed before as-of", pending: "none")
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, exceptions) = (batch[.placedAt], batch[.told(.exceptions)])
    let wanted = kind.map(\.bit) ?? -1
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      verdicts.instants[row] = placed[row]
      verdicts.kinds[row] = exceptions[row] & wanted != 0 ? Verdicts.hit : Verdicts.miss
    }
  }
}
