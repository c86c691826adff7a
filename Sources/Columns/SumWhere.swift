/// The sum of the values in rows whose code is `code`. A sum that does not fit the type traps.
///
/// - Precondition: Both columns have the same length.
@inlinable
package func sum<Number: FixedWidthInteger & BitwiseCopyable, Code: Equatable & BitwiseCopyable>(
  of values: Span<Number>, where codes: Span<Code>, equals code: Code
) -> Number {
  precondition(values.count == codes.count, "columns differ in length")
  var total: Number = 0
  for row in values.indices where codes[row] == code { total += values[row] }
  return total
}
