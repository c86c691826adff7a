/// Durations as the language writes them: `24h`, `2d4h`, `500ms`, `1.5h`.
package enum DurationText {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
  ]

  /// What a duration must look like, for messages.
  static let expectation = "a duration such as 24h or 2d4h (units ms, s, m, h, d, w)"

  /// One number and unit in milliseconds; nil for an unknown unit, or an amount that is no whole number of
  /// milliseconds or too large.
  static func milliseconds(_ number: DecimalNumber, unit: String) -> Int64? {
    guard let (_, scale) = units.first(where: { $0.name == unit }) else { return nil }
    var divisor: Int64 = 1
    for _ in 0..<number.fractionDigits { divisor *= 10 }
    let (product, overflow) = number.digits.multipliedReportingOverflow(by: scale)
    guard !overflow, product % divisor == 0 else { return nil }
    return product / divisor
  }

  /// The shortest whole text: `187200000` is `2d4h`. Weeks are written as days.
  ///
  /// - Precondition: not negative.
  package static func string(_ milliseconds: Int64) -> String {
    precondition(milliseconds >= 0, "a written duration has no sign")
    guard milliseconds > 0 else { return "0ms" }
    var rest = milliseconds
    var text = ""
    for (name, scale) in units.dropFirst() where rest >= scale {
      text += "\(rest / scale)\(name)"
      rest %= scale
    }
    return text
  }
}
