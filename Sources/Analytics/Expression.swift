internal import Columns
internal import KPIs
internal import OrderModel
internal import QueryLanguage

/// Arithmetic over an order's numbers, exact: the way for comparisons that are no plain range.
///
/// Amounts are in the main unit of their currency here, so that a plain number stands beside any of them.
indirect enum Expression: Sendable {
  case source(NumberSource, amounts: MoneyScales?)
  case constant(Quantity)
  /// An amount of one currency, missing beside orders of another.
  case amount(Quantity, currency: Int64?)
  case negative(Expression)
  case arithmetic(Expression, QueryLanguage.Value.Operator, Expression)

  /// Decimal places by currency code.
  struct MoneyScales: Sendable {
    var byCode: [Int]
  }

  var fields: [OrderField] {
    switch self {
    case .source(let source, _): source.fields
    case .constant: []
    case .amount: [.currency]
    case .negative(let inner): inner.fields
    case .arithmetic(let left, _, let right): left.fields + right.fields
    }
  }

  /// The value of each row; nil where it is missing, divided by zero or too large.
  func values(of batch: Batch<OrderField>, in context: JudgingContext) -> [Quantity?] {
    switch self {
    case .source(let source, let scales):
      let values = source.values(of: batch, in: context)
      guard let scales else {
        return values.map { $0 == NumberSource.missing ? nil : Quantity(Int128($0)) }
      }
      let currencies = batch[.currency]
      return values.indices.map { row in
        Quantity(Int128(values[row]), over: Quantity.power(of: scales.byCode[Int(currencies[row])]))
      }
    case .constant(let quantity): return Array(repeating: quantity, count: batch.count)
    case .amount(let quantity, let currency):
      return batch[.currency].map { $0 == currency ? quantity : nil }
    case .negative(let inner):
      return inner.values(of: batch, in: context).map { $0.flatMap { Quantity(0).combined(.minus, with: $0) } }
    case .arithmetic(let left, let sign, let right):
      let (lefts, rights) = (left.values(of: batch, in: context), right.values(of: batch, in: context))
      return lefts.indices.map { row in
        guard let left = lefts[row], let right = rights[row] else { return nil }
        return left.combined(sign, with: right)
      }
    }
  }
}

/// An exact fraction.
struct Quantity: Sendable, Hashable {
  let numerator: Int128
  /// Above 0.
  let denominator: Int128

  init(_ numerator: Int128, over denominator: Int128 = 1) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// 10 to the power of 0 to 18.
  static func power(of places: Int) -> Int128 { (0..<places).reduce(1) { power, _ in power * 10 } }

  /// Nil after a division by zero, or when it does not fit.
  func combined(_ sign: QueryLanguage.Value.Operator, with other: Quantity) -> Quantity? {
    func product(_ left: Int128, _ right: Int128) -> Int128? {
      let (product, overflow) = left.multipliedReportingOverflow(by: right)
      return overflow ? nil : product
    }
    switch sign {
    case .times:
      guard let above = product(numerator, other.numerator), let below = product(denominator, other.denominator)
      else { return nil }
      return Quantity(above, over: below)
    case .divided:
      guard other.numerator != 0, let above = product(numerator, other.denominator),
        let below = product(denominator, other.numerator), above != Int128.min, below != Int128.min
      else { return nil }
      return below < 0 ? Quantity(-above, over: -below) : Quantity(above, over: below)
    case .plus, .minus:
      guard let left = product(numerator, other.denominator), let right = product(other.numerator, denominator),
        let below = product(denominator, other.denominator)
      else { return nil }
      let (above, overflow) =
        sign == .plus ? left.addingReportingOverflow(right) : left.subtractingReportingOverflow(right)
      return overflow ? nil : Quantity(above, over: below)
    }
  }

  /// Whether it is less than, equal to, … `other`; false when the comparison does not fit 128 bits.
  func stands(_ comparison: Condition.Comparison, to other: Quantity) -> Bool {
    guard let difference = combined(.minus, with: other) else { return false }
    return switch comparison {
    case .equal: difference.numerator == 0
    case .notEqual: difference.numerator != 0
    case .less: difference.numerator < 0
    case .lessOrEqual: difference.numerator <= 0
    case .greater: difference.numerator > 0
    case .greaterOrEqual: difference.numerator >= 0
    }
  }
}
