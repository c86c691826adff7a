/// How many rows have each code.
///
/// - Parameters:
///   - codes: Each below `codeCount`; another one traps.
///   - codeCount: Length of the answer.
@inlinable
package func counts<Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
  by codes: Span<Code>, codeCount: Int
) -> [Int64] {
  var answer = [Int64](repeating: 0, count: codeCount)
  var counts = answer.mutableSpan
  for row in codes.indices { counts[Int(codes[row])] += 1 }
  return answer
}

/// The sum of the values for each code.
///
/// - Parameters:
///   - codes: Each below `codeCount`; another one traps. As many as values.
///   - codeCount: Length of the answer.
/// - Throws: ``ArithmeticOverflow`` when a group's sum does not fit; the order of rows does not matter.
@inlinable
package func sums<
  Number: FixedWidthInteger & BitwiseCopyable, Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable
>(
  of values: Span<Number>, by codes: Span<Code>, codeCount: Int
) throws(ArithmeticOverflow) -> [Int64] {
  precondition(values.count == codes.count, "columns differ in length")
  precondition(Number.bitWidth <= 64, "values are at most 64 bits wide")
  var totals = [Int128](repeating: 0, count: codeCount)
  var span = totals.mutableSpan
  for row in codes.indices { span[Int(codes[row])] += Int128(values[row]) }
  var answer: [Int64] = []
  answer.reserveCapacity(codeCount)
  for total in totals {
    guard let fitting = Int64(exactly: total) else { throw ArithmeticOverflow() }
    answer.append(fitting)
  }
  return answer
}
