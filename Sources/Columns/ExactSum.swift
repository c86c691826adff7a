/// A sum that is right whatever the order of its parts: kept in 128 bits, handed out only when it fits 64.
///
/// Cost: an add with carry a value. 2^64 values of any size fit.
public struct ExactSum: Sendable, Hashable {
  @usableFromInline var total: Int128

  @inlinable
  public init() { total = 0 }

  @inlinable
  public mutating func add(_ value: Int64) { total += Int128(value) }

  @inlinable
  public mutating func add(_ other: ExactSum) { total += other.total }

  /// The sum so far.
  ///
  /// - Throws: ``ArithmeticOverflow`` when it does not fit; the sum stays usable.
  public func value() throws(ArithmeticOverflow) -> Int64 {
    guard let value = Int64(exactly: total) else { throw ArithmeticOverflow() }
    return value
  }
}

/// A result does not fit 64 bits. Nothing was changed.
public struct ArithmeticOverflow: Error, Sendable, Hashable, CustomStringConvertible {
  public init() {}

  public var description: String {
    "a sum does not fit 64 bits; ask for a shorter period or a finer grouping"
  }
}
