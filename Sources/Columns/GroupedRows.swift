/// Row numbers ordered by code, and in each code by row: what a counting sort makes of a code column.
///
/// Memory: four bytes a row. Cost: two passes over the codes.
package struct GroupedRows: Sendable {
  /// Every row number, code after code.
  package let rows: [UInt32]
  /// Where each code's rows begin in `rows`, and one entry more for the end.
  package let starts: [Int]

  /// - Parameters:
  ///   - codes: Each below `codeCount`; another one traps. At most 2^32.
  ///   - codeCount: The number of different codes.
  @inlinable
  package init<Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(codes: Span<Code>, codeCount: Int) {
    precondition(codes.count <= Int(UInt32.max), "row numbers are 32 bits wide")
    var starts = [Int](repeating: 0, count: codeCount + 1)
    for row in codes.indices { starts[Int(codes[row]) + 1] += 1 }
    for code in 0..<codeCount { starts[code + 1] += starts[code] }
    var next = starts
    var rows = [UInt32](repeating: 0, count: codes.count)
    for row in codes.indices {
      let code = Int(codes[row])
      rows[next[code]] = UInt32(truncatingIfNeeded: row)
      next[code] += 1
    }
    self.init(rows: rows, starts: starts)
  }

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
