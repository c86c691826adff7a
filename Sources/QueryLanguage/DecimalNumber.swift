/// A number as it was written, exact: `digits` divided by ten to the power of `fractionDigits`.
public struct DecimalNumber: Sendable, Hashable {
  /// Never negative; a minus sign is an operator.
  public let digits: Int64
  /// 0…18.
  public let fractionDigits: Int

  /// - Precondition: neither is negative, and there are at most 18 fraction digits.
  public init(digits: Int64, fractionDigits: Int = 0) {
    precondition(digits >= 0 && (0...18).contains(fractionDigits), "a written number")
    self.digits = digits
    self.fractionDigits = fractionDigits
  }

  /// Reads digits with at most one point between them; nil where they do not fit.
  init?(_ text: some Sequence<UInt8>) {
    var digits: Int64 = 0
    var fractionDigits = 0
    var isFraction = false
    for byte in text {
      if byte == UInt8(ascii: ".") {
        isFraction = true
        continue
      }
      let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      guard !overflow, !carry else { return nil }
      digits = sum
      if isFraction { fractionDigits += 1 }
    }
    guard fractionDigits <= 18 else { return nil }
    self.init(digits: digits, fractionDigits: fractionDigits)
  }

  /// The number counted in units of ten to the power of −`places`: cents for 2. Nil where that is not whole, or too
  /// large.
  public func scaled(toFractionDigits places: Int) -> Int64? {
    var value = digits
    var given = fractionDigits
    while given > places {
      guard value % 10 == 0 else { return nil }
      value /= 10
      given -= 1
    }
    while given < places {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
      given += 1
    }
    return value
  }
}

extension DecimalNumber: CustomStringConvertible {
  public var description: String {
    guard fractionDigits > 0 else { return String(digits) }
    var text = String(digits)
    text = String(repeating: "0", count: max(0, fractionDigits + 1 - text.utf8.count)) + text
    let point = text.index(text.endIndex, offsetBy: -fractionDigits)
    return text[..<point] + "." + text[point...]
  }
}
