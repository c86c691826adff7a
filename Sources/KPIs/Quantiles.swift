/// Exact quantiles by nearest rank: of n values the one at `ceil(p·n)` in ascending order, counted from 1.
enum Quantiles {
  /// The 50th, 90th, 95th percentile and the maximum of `values[range]`; nil when it is empty.
  ///
  /// Few values are sorted. Of many, a histogram of their range finds the class in which a rank falls, and only that class
  /// is looked at again: two passes for a rank instead of a sort.
  static func ranks(of values: [Int64], in range: Range<Int>) -> KPIResult.Ranks? {
    guard let first = values[range].first else { return nil }
    let wanted = [50, 90, 95, 100].map { rank(percent: $0, of: range.count) }
    if range.count <= 4_096 {
      let sorted = values[range].sorted()
      let found = wanted.map { sorted[$0 - 1] }
      return KPIResult.Ranks(p50: found[0], p90: found[1], p95: found[2], max: found[3])
    }
    var (low, high) = (first, first)
    for index in range {
      let value = values[index]
      if value < low { low = value }
      if value > high { high = value }
    }
    // Widths are unsigned: the range of Int64 values may exceed Int64.
    let width = UInt64(bitPattern: high &- low)
    let shift = UInt64(max(0, 64 - width.leadingZeroBitCount - classBits))
    var counts = [Int](repeating: 0, count: 1 << classBits)
    for index in range { counts[Int(truncatingIfNeeded: UInt64(bitPattern: values[index] &- low) >> shift)] += 1 }
    let found = wanted.dropLast().map { rank in
      value(atRank: rank, of: values, in: range, low: low, shift: shift, counts: counts)
    }
    return KPIResult.Ranks(p50: found[0], p90: found[1], p95: found[2], max: high)
  }

  /// `ceil(percent·count / 100)`, at least 1.
  static func rank(percent: Int, of count: Int) -> Int { max(1, (count * percent + 99) / 100) }

  private static let classBits = 12

  private static func value(
    atRank rank: Int, of values: [Int64], in range: Range<Int>, low: Int64, shift: UInt64, counts: [Int]
  ) -> Int64 {
    var below = 0
    var place = 0
    while below + counts[place] < rank {
      below += counts[place]
      place += 1
    }
    if shift == 0 { return low &+ Int64(place) }
    var members: [Int64] = []
    members.reserveCapacity(counts[place])
    for index in range where UInt64(bitPattern: values[index] &- low) >> shift == UInt64(place) {
      members.append(values[index])
    }
    members.sort()
    return members[rank - below - 1]
  }
}
