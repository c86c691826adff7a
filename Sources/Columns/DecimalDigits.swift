extension [UInt8] {
  /// Appends the decimal digits of `value`.
  ///
  /// - Parameters:
  ///   - minimumDigits: Zeros are put before a shorter number; at most 40.
  ///   - grouped: Whether a comma stands before every third digit from the right.
  package mutating func appendDigits(_ value: UInt64, minimumDigits: Int = 1, grouped: Bool = false) {
    var digits = [54 of UInt8](repeating: UInt8(ascii: "0"))
    var first = digits.count
    var written = 0
    var rest = value
    while rest > 0 || written < minimumDigits {
      if grouped && written > 0 && written % 3 == 0 {
        first -= 1
        digits[first] = UInt8(ascii: ",")
      }
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      first -= 1
      digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = quotient
      written += 1
    }
    for index in first..<digits.count { append(digits[index]) }
  }

  /// Appends `value` in decimal, with its sign when negative.
  package mutating func appendInteger(_ value: Int64, grouped: Bool = false) {
    if value < 0 { append(UInt8(ascii: "-")) }
    appendDigits(value.magnitude, grouped: grouped)
  }
}
