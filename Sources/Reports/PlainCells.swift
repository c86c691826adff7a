internal import Columns

/// How numbers stand in CSV and TSV: no thousands separators, milliseconds, amounts as decimals.
struct PlainCells: Sendable {
  /// Minor units instead of decimals.
  var raw: Bool
  var instants: InstantFormat

  /// Appends a value that is neither null nor text.
  func append(_ value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .null: break
    case .text(let text): bytes.append(contentsOf: text.utf8)
    case .integer(let integer): bytes.appendInteger(integer)
    case .boolean(let boolean): bytes.append(contentsOf: (boolean ? "true" : "false").utf8)
    case .ratio(_, 0, _): break
    case .ratio(let numerator, let denominator, .money(let unit)) where !raw:
      ExactDecimal(minorUnits: meanMinorUnits(numerator, over: denominator), scale: unit.scale).append(to: &bytes)
    case .ratio(let numerator, let denominator, _):
      ExactDecimal(numerator: numerator, denominator: denominator, significantDigits: 12).append(to: &bytes)
    case .duration(let milliseconds): bytes.appendInteger(milliseconds)
    case .money(let minorUnits, let unit):
      if raw {
        bytes.appendInteger(minorUnits)
      } else {
        ExactDecimal(minorUnits: minorUnits, scale: unit.scale).append(to: &bytes)
      }
    case .instant(let milliseconds): bytes.append(contentsOf: instants.text(milliseconds).utf8)
    case .counts:
      var writer = JSONWriter()
      writer.value(value)
      bytes.append(contentsOf: writer.bytes)
    }
  }
}
