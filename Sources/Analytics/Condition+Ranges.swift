internal import QueryLanguage

extension Condition.Comparison {
  /// The same with the sides exchanged.
  var mirrored: Condition.Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// The whole numbers that stand so to a number whose floor is `floor`; `=` needs an exact one.
  func range(of floor: Int64, isExact: Bool) -> ClosedRange<Int64> {
    switch self {
    case .equal, .notEqual: floor...floor
    case .less: Int64.min...(isExact ? floor - 1 : floor)
    case .lessOrEqual: Int64.min...floor
    case .greater: floor + 1...Int64.max
    case .greaterOrEqual: (isExact ? floor : floor + 1)...Int64.max
    }
  }

  /// The predicate that a number of `source` lies in that range.
  func range(of floor: Int64, isExact: Bool, in source: NumberSource) -> Predicate {
    self == .equal && !isExact ? .constant(false) : .within(source, range(of: floor, isExact: isExact))
  }
}

extension DecimalNumber {
  var quantity: Quantity { Quantity(Int128(digits), over: Quantity.power(of: fractionDigits)) }

  /// The number counted in units of ten to the power of −`places`, rounded down; nil when it does not fit with room to
  /// spare.
  func floored(places: Int) -> (floor: Int64, isExact: Bool)? {
    let scaled = Int128(digits) * Quantity.power(of: places)
    let divisor = Quantity.power(of: fractionDigits)
    guard let floor = Int64(exactly: scaled / divisor), floor < Int64.max else { return nil }
    return (floor, scaled % divisor == 0)
  }
}
