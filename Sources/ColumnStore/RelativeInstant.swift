/// An instant in four bytes, told against a base instant of the same row.
///
/// The stored code is an Int32. Three codes are words: `none`, `unknown` (both as in the model), `escaped` (the value
/// stands in the table of wide values). Otherwise bit 0 tells the unit of the distance in the upper 31 bits: 0 for
/// milliseconds (±12.4 days), 1 for whole seconds (±34 years). Nearly every instant fits; what does not is escaped.
package enum RelativeInstant {
  package static let none = Int32.min
  package static let unknown = Int32.min + 1
  package static let escaped = Int32.min + 2
  /// The logical values of `none` and `unknown`, which the model shares.
  package static let noneValue = Int64.min
  package static let unknownValue = Int64.min + 1

  private static let limit: Int64 = (1 << 30) - 2

  /// The code of `value` against `base`; `escaped` when no code can say it.
  package static func code(of value: Int64, base: Int64) -> Int32 {
    if value == noneValue { return none }
    if value == unknownValue { return unknown }
    let (distance, overflow) = value.subtractingReportingOverflow(base)
    guard !overflow else { return escaped }
    if distance >= -limit && distance <= limit { return Int32(truncatingIfNeeded: distance &<< 1) }
    guard distance % 1_000 == 0 else { return escaped }
    let seconds = distance / 1_000
    guard seconds >= -limit && seconds <= limit else { return escaped }
    return Int32(truncatingIfNeeded: (seconds &<< 1) | 1)
  }

  /// Makes instants of the first `count` codes in `values`; an escaped one becomes an instant that means nothing.
  ///
  /// Without branches, since absent instants and both units lie among others in no order.
  static func decode(_ values: inout [Int64], bases: [Int64], count: Int) {
    var codes = values.mutableSpan
    let bases = bases.span
    precondition(count <= codes.count && count <= bases.count, "a base for every code")
    for row in 0..<count {
      codes[row] = decoded(Int32(truncatingIfNeeded: codes[row]), base: bases[row])
    }
  }

  /// The instant of any code; an escaped one becomes an instant that means nothing.
  @inline(__always)
  static func decoded(_ code: Int32, base: Int64) -> Int64 {
    let wide = Int64(code)
    // The words are the lowest codes, and stand for the lowest values in the same order.
    let word = noneValue &+ (wide &- Int64(none))
    let told = base &+ (wide &>> 1) &* (1 &+ (wide & 1) &* 999)
    return code <= escaped ? word : told
  }

  /// The instant of a code that is no word.
  @inlinable package static func value(of code: Int32, base: Int64) -> Int64 {
    let distance = Int64(code &>> 1)
    return base &+ (code & 1 == 0 ? distance : distance &* 1_000)
  }
}
