/// A whole number of any size, for sums whose common denominator grows with every term.
struct BigInteger: Sendable, Hashable {
  /// 32 bits each, the lowest first; none for 0, and the last never 0.
  private var limbs: [UInt32]
  /// Never for 0.
  private(set) var isNegative: Bool

  init(_ value: Int64) {
    limbs = BigInteger.trimmed([UInt32(truncatingIfNeeded: value.magnitude), UInt32(value.magnitude >> 32)])
    isNegative = value < 0
  }

  private init(limbs: [UInt32], isNegative: Bool) {
    self.limbs = BigInteger.trimmed(limbs)
    self.isNegative = isNegative && !self.limbs.isEmpty
  }

  var isZero: Bool { limbs.isEmpty }
  var magnitude: BigInteger { BigInteger(limbs: limbs, isNegative: false) }

  static prefix func - (value: BigInteger) -> BigInteger {
    BigInteger(limbs: value.limbs, isNegative: !value.isNegative)
  }

  static func + (left: BigInteger, right: BigInteger) -> BigInteger {
    if left.isNegative == right.isNegative {
      return BigInteger(limbs: sum(left.limbs, right.limbs), isNegative: left.isNegative)
    }
    return precedes(left.limbs, right.limbs)
      ? BigInteger(limbs: difference(right.limbs, left.limbs), isNegative: right.isNegative)
      : BigInteger(limbs: difference(left.limbs, right.limbs), isNegative: left.isNegative)
  }

  static func - (left: BigInteger, right: BigInteger) -> BigInteger { left + -right }

  static func * (left: BigInteger, right: BigInteger) -> BigInteger {
    var product = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (place, limb) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for (offset, other) in right.limbs.enumerated() {
        let sum = UInt64(limb) * UInt64(other) + UInt64(product[place + offset]) + carry
        product[place + offset] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      product[place + right.limbs.count] = UInt32(carry)
    }
    return BigInteger(limbs: product, isNegative: left.isNegative != right.isNegative)
  }

  static func * (left: BigInteger, right: Int64) -> BigInteger { left * BigInteger(right) }

  /// The quotient as a fraction of 64 bits: exact in lowest terms where that fits, else to as many decimals as fit, at
  /// most fifteen, rounded once and half to even; nil when not even the whole part fits.
  ///
  /// - Parameter divisor: Above 0.
  func fraction(over divisor: BigInteger) -> Fraction? {
    precondition(!divisor.isZero && !divisor.isNegative, "a fraction needs a denominator above 0")
    if let above = Int128(self), let below = Int128(divisor), let exact = Fraction(reducing: above, below) {
      return exact
    }
    var scale: Int64 = 1_000_000_000_000_000
    while scale >= 1 {
      if let rounded = (magnitude * scale).halfEvenQuotient(divisor) {
        return Fraction(reducing: Int128(isNegative ? -rounded : rounded), Int128(scale))
      }
      scale /= 10
    }
    return nil
  }

  /// The quotient of two numbers above 0 or 0, rounded half to even; nil from 2^62 on.
  private func halfEvenQuotient(_ divisor: BigInteger) -> Int64? {
    var rest = limbs
    var quotient: Int64 = 0
    let shifted = (0...62).map { BigInteger.shifted(divisor.limbs, by: $0) }
    guard BigInteger.precedes(rest, shifted[62]) else { return nil }
    for bit in stride(from: 61, through: 0, by: -1) where !BigInteger.precedes(rest, shifted[bit]) {
      rest = BigInteger.trimmed(BigInteger.difference(rest, shifted[bit]))
      quotient |= 1 << bit
    }
    let twice = BigInteger.trimmed(BigInteger.shifted(rest, by: 1))
    let isMore = BigInteger.precedes(divisor.limbs, twice)
    return isMore || (twice == divisor.limbs && quotient & 1 == 1) ? quotient + 1 : quotient
  }

  // MARK: - Limbs

  private static func trimmed(_ limbs: [UInt32]) -> [UInt32] {
    var limbs = limbs
    while limbs.last == 0 { limbs.removeLast() }
    return limbs
  }

  private static func precedes(_ left: [UInt32], _ right: [UInt32]) -> Bool {
    if left.count != right.count { return left.count < right.count }
    for place in left.indices.reversed() where left[place] != right[place] { return left[place] < right[place] }
    return false
  }

  private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    var sum: [UInt32] = []
    var carry: UInt64 = 0
    for place in 0..<max(left.count, right.count) {
      carry += UInt64(place < left.count ? left[place] : 0) + UInt64(place < right.count ? right[place] : 0)
      sum.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    return sum + [UInt32(carry)]
  }

  /// - Parameter right: At most `left`.
  private static func difference(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    var difference: [UInt32] = []
    var borrow: Int64 = 0
    for place in left.indices {
      let value = Int64(left[place]) - Int64(place < right.count ? right[place] : 0) - borrow
      borrow = value < 0 ? 1 : 0
      difference.append(UInt32(truncatingIfNeeded: value))
    }
    return difference
  }

  private static func shifted(_ limbs: [UInt32], by bits: Int) -> [UInt32] {
    var shifted = [UInt32](repeating: 0, count: bits / 32)
    var carry: UInt64 = 0
    for limb in limbs {
      carry |= UInt64(limb) << UInt64(bits % 32)
      shifted.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    return trimmed(shifted + [UInt32(carry)])
  }

  fileprivate var value128: Int128? {
    guard limbs.count <= 3 else { return nil }
    let magnitude = limbs.reversed().reduce(Int128(0)) { $0 << 32 | Int128($1) }
    return isNegative ? -magnitude : magnitude
  }
}

extension Int128 {
  /// The value where it has at most 96 bits; nil beyond.
  fileprivate init?(_ value: BigInteger) {
    guard let value = value.value128 else { return nil }
    self = value
  }
}
