package import Columns

/// How values are put for people: `91.89 %`, `2 d 4 h`, `1,234.50 GBP`. Used by the terminal and by Markdown.
package struct ReadableCells: Sendable {
  /// Milliseconds, minor units and undressed numbers instead.
  package var raw: Bool
  /// Digits after the point of a percentage.
  package var percentDigits: Int
  /// Digits after the point of other ratios.
  package var ratioDigits: Int
  package var instants: InstantFormat
  package var wording: Wording

  package init(
    raw: Bool = false, percentDigits: Int = 2, ratioDigits: Int = 2, instants: InstantFormat = .utc,
    wording: Wording = .english
  ) {
    self.raw = raw
    self.percentDigits = percentDigits
    self.ratioDigits = ratioDigits
    self.instants = instants
    self.wording = wording
  }

  /// Appends a value. Text goes in as it is: making it harmless is up to the format.
  package func append(_ value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: wording.null.utf8)
    case .text(let text): bytes.append(contentsOf: text.utf8)
    case .integer(let integer): bytes.appendInteger(integer, grouped: !raw)
    case .boolean(let boolean): bytes.append(contentsOf: (boolean ? wording.yes : wording.no).utf8)
    case .ratio(_, 0, _): bytes.append(contentsOf: wording.null.utf8)
    case .ratio(let numerator, let denominator, let measure):
      append(numerator, over: denominator, as: measure, to: &bytes)
    case .duration(let milliseconds):
      if raw { bytes.appendInteger(milliseconds) } else { bytes.appendDuration(milliseconds, over: 1) }
    case .money(let minorUnits, let unit):
      if raw { bytes.appendInteger(minorUnits) } else { bytes.appendMoney(minorUnits, unit) }
    case .instant(let milliseconds): bytes.append(contentsOf: instants.text(milliseconds).utf8)
    case .counts(let counts):
      if counts.isEmpty { bytes.append(contentsOf: wording.null.utf8) }
      for (index, count) in counts.enumerated() {
        if index > 0 { bytes.append(contentsOf: ", ".utf8) }
        bytes.append(contentsOf: count.reason.utf8)
        bytes.append(UInt8(ascii: " "))
        bytes.appendInteger(count.count, grouped: !raw)
      }
    }
  }

  private func append(
    _ numerator: Int64, over denominator: Int64, as measure: Measure, to bytes: inout [UInt8]
  ) {
    guard !raw else {
      return ExactDecimal(numerator: numerator, denominator: denominator, significantDigits: 12).append(to: &bytes)
    }
    switch measure {
    case .number:
      ExactDecimal(numerator: numerator, denominator: denominator, digits: ratioDigits)
        .append(to: &bytes, grouped: true)
    case .percent:
      ExactDecimal(numerator: numerator, denominator: denominator, digits: percentDigits, powerOfTen: 2)
        .append(to: &bytes, grouped: true)
      bytes.append(contentsOf: " %".utf8)
    case .duration: bytes.appendDuration(numerator, over: denominator)
    case .money(let unit): bytes.appendMoney(meanMinorUnits(numerator, over: denominator), unit)
    }
  }
}

/// A mean amount rounded once, half to even, to whole minor units.
func meanMinorUnits(_ numerator: Int64, over denominator: Int64) -> Int64 {
  let magnitude = halfEvenQuotient(UInt128(numerator.magnitude), UInt128(denominator.magnitude))
  let isNegative = (numerator < 0) != (denominator < 0)
  return Int64(clamping: isNegative ? -Int128(magnitude) : Int128(magnitude))
}

extension [UInt8] {
  /// Appends an amount with its currency: `-1,234.50 GBP`.
  fileprivate mutating func appendMoney(_ minorUnits: Int64, _ unit: MoneyUnit) {
    ExactDecimal(minorUnits: minorUnits, scale: unit.scale).append(to: &self, grouped: true)
    append(UInt8(ascii: " "))
    let code = unit.codeBytes
    for index in code.indices { append(code[index]) }
  }

  /// Appends `milliseconds / count` in the two largest units that fit, rounded half to even to the smaller one:
  /// `2 d 4 h`, `3 h 52 m`, `2 m 31 s`, `12.4 s`, `610 ms`. A smaller unit of zero is left out.
  mutating func appendDuration(_ milliseconds: Int64, over count: Int64) {
    let dividend = UInt128(milliseconds.magnitude)
    let divisor = UInt128(count.magnitude)
    func rounded(to unit: UInt128) -> UInt64 { UInt64(halfEvenQuotient(dividend, divisor * unit)) }

    let whole = rounded(to: 1)
    if whole > 0 && (milliseconds < 0) != (count < 0) { append(UInt8(ascii: "-")) }
    let tenths = rounded(to: 100)
    let seconds = rounded(to: 1_000)
    let minutes = rounded(to: 60_000)
    if whole < 1_000 {
      appendQuantity(whole, "ms")
    } else if tenths < 600 {
      appendDigits(tenths / 10)
      if tenths % 10 > 0 {
        append(UInt8(ascii: "."))
        appendDigits(tenths % 10)
      }
      append(contentsOf: " s".utf8)
    } else if seconds < 3_600 {
      appendQuantities(seconds, per: 60, "m", "s")
    } else if minutes < 1_440 {
      appendQuantities(minutes, per: 60, "h", "m")
    } else {
      appendQuantities(rounded(to: 3_600_000), per: 24, "d", "h")
    }
  }

  private mutating func appendQuantities(_ small: UInt64, per large: UInt64, _ largeUnit: String, _ smallUnit: String) {
    appendQuantity(small / large, largeUnit)
    guard small % large > 0 else { return }
    append(UInt8(ascii: " "))
    appendQuantity(small % large, smallUnit)
  }

  private mutating func appendQuantity(_ quantity: UInt64, _ unit: String) {
    appendDigits(quantity, grouped: true)
    append(UInt8(ascii: " "))
    append(contentsOf: unit.utf8)
  }
}
