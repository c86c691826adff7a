/// Row numbers ordered by code, and in each code by row: what a counting sort makes of a code column.
///
/// Memory: four bytes a row.
@usableFromInline
package struct GroupedRows: Sendable {
  /// Every row number, code after code.
  package let rows: [UInt32]
  /// Where each code's rows begin in `rows`, and one entry more for the end.
  package let starts: [Int]

  @usableFromInline
  init(rows: [UInt32], starts: [Int]) {
    self.rows = rows
    self.starts = starts
  }

  package var codeCount: Int { starts.count - 1 }

  /// The rows of one code, ascending.
  package func rows(of code: Int) -> ArraySlice<UInt32> {
    rows[starts[code]..<starts[code + 1]]
  }
}

/// Orders row numbers by code (counting sort, stable). Cost: two passes over the codes.
///
/// - Parameters:
///   - codes: Each below `codeCount`; another one traps. Fewer than 2^32.
///   - codeCount: The number of different codes.
@inlinable
package func groupedRows<Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
  by codes: Span<Code>, codeCount: Int
) -> GroupedRows {
  precondition(codes.count <= Int(UInt32.max), "row numbers are 32 bits wide")
  var starts = [Int](repeating: 0, count: codeCount + 1)
  var total = 0
  for (code, count) in counts(by: codes, codeCount: codeCount).enumerated() {
    total += Int(count)
    starts[code + 1] = total
  }
  var nextPlaces = starts
  var next = nextPlaces.mutableSpan
  var rows = [UInt32](repeating: 0, count: codes.count)
  var sorted = rows.mutableSpan
  for row in codes.indices {
    let code = Int(codes[row])
    sorted[next[code]] = UInt32(truncatingIfNeeded: row)
    next[code] += 1
  }
  return GroupedRows(rows: rows, starts: starts)
}
