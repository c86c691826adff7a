import Columns

/// Exact quantiles by nearest rank: of n values the one at `ceil(p·n)` in ascending order, counted from 1.
enum Quantiles {
  /// The 50th, 90th, 95th percentile and the maximum of `values[range]`; nil when it is empty.
  ///
  /// Few values are sorted. Of many, a histogram of their range finds the classes in which the ranks fall, and only these
  /// are looked at again: three passes over the values, whatever the ranks.
  static func ranks(of values: [Int64], in range: Range<Int>) -> KPIResult.Ranks? {
    guard let first = values[range].first else { return nil }
    let wanted = [50, 90, 95, 100].map { rank(percent: $0, of: range.count) }
    if range.count <= 4_096 {
      let sorted = values[range].sorted()
      let found = wanted.map { sorted[$0 - 1] }
      return KPIResult.Ranks(p50: found[0], p90: found[1], p95: found[2], max: found[3])
    }
    let span = values.span
    var (low, high) = (first, first)
    for index in range {
      let value = span[index]
      low = min(low, value)
      high = max(high, value)
    }
    // Widths are unsigned: the range of Int64 values may exceed Int64.
    let width = UInt64(bitPattern: high &- low)
    let shift = UInt64(max(0, 64 - width.leadingZeroBitCount - classBits))
    var counts = [Int](repeating: 0, count: 1 << classBits)
    for index in range { counts[Int(truncatingIfNeeded: UInt64(bitPattern: span[index] &- low) &>> shift)] += 1 }
    let places = wanted.map { place(ofRank: $0, counts: counts) }
    if shift == 0 {
      let found = places.map { low &+ Int64($0.number) }
      return KPIResult.Ranks(p50: found[0], p90: found[1], p95: found[2], max: high)
    }
    var members: [[Int64]] = places.dropLast().map { place in
      var room: [Int64] = []
      room.reserveCapacity(counts[place.number])
      return room
    }
    let classes = places.map { UInt64($0.number) }
    let (of50, of90, of95) = (classes[0], classes[1], classes[2])
    for index in range {
      let number = UInt64(bitPattern: span[index] &- low) &>> shift
      if number == of50 || number == of90 || number == of95 {
        for rank in 0..<3 where number == classes[rank] { members[rank].append(span[index]) }
      }
    }
    let found = (0..<3).map { value(atPlace: wanted[$0] - places[$0].below - 1, of: &members[$0]) }
    return KPIResult.Ranks(p50: found[0], p90: found[1], p95: found[2], max: high)
  }

  /// `ceil(percent·count / 100)`, at least 1.
  static func rank(percent: Int, of count: Int) -> Int { max(1, (count * percent + 99) / 100) }

  private static let classBits = 12

  /// The class in which a rank falls, and how many values lie in the classes below.
  private static func place(ofRank rank: Int, counts: [Int]) -> (number: Int, below: Int) {
    var below = 0
    var number = 0
    while below + counts[number] < rank {
      below += counts[number]
      number += 1
    }
    return (number, below)
  }
}
