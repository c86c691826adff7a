/// The moments of a trace at which the power may be lost, and the images each may leave.
struct CrashPoints {
  let trace: Trace
  let seed: UInt64
  /// Up to so many pending pages every combination of them is tried.
  let exhaustivePages: Int
  /// Images of a moment with more; as many torn ones besides the combinations of one with fewer.
  let samples: Int
  /// Records at which the power is lost, in a seeded order; none before the store was acknowledged to exist.
  private let moments: [Int]

  init(trace: Trace, seed: UInt64, exhaustivePages: Int, samples: Int) {
    (self.trace, self.seed) = (trace, seed)
    (self.exhaustivePages, self.samples) = (exhaustivePages, samples)
    var moments: [Int] = []
    var isCreated = false
    for (index, record) in trace.records.enumerated() {
      if case .mark(let text) = record {
        if text == "created" { isCreated = true }
      } else if isCreated {
        moments.append(index)
      }
    }
    if isCreated { moments.append(trace.records.count) }
    var random = Seeded(seed)
    self.moments = moments.shuffled(using: &random)
  }

  struct Image {
    var number: Int
    var moment: Int
    var bytes: [UInt8]
    /// What had been acknowledged.
    var acknowledged: Acknowledgements
    var isTorn: Bool
  }

  struct Tally {
    var moments = 0
    /// Moments whose every combination was among the images.
    var exhausted = 0
    var torn = 0
  }

  /// Calls `body` with every `stride`-th image from `first` on, until there are `limit` images or it returns false.
  func forEachImage(
    first: Int, stride: Int, limit: Int, _ body: (Image) throws -> Bool
  ) rethrows -> Tally {
    var tally = Tally()
    var number = 0
    for moment in moments {
      var next = first
      if next < number { next += (number - next + stride - 1) / stride * stride }
      if number >= limit { break }
      var state = DiskState()
      var acknowledged = Acknowledgements()
      for record in trace.records[..<moment] {
        state.apply(record, of: trace)
        if case .mark(let text) = record { acknowledged.add(text) }
      }
      if moment < trace.records.count { state.apply(trace.records[moment], of: trace, isInFlight: true) }
      let pages = state.pendingPages
      let isExhaustive = pages.count <= exhaustivePages
      let combinations = isExhaustive ? 1 << pages.count : 0
      let count = combinations + (pages.isEmpty ? 0 : samples)
      tally.moments += 1
      if isExhaustive, number + combinations <= limit { tally.exhausted += 1 }
      while next < min(number + count, limit) {
        let variant = next - number
        var kept = pages.map { state.pending[$0]!.count }
        var torn = pages.map { _ in UInt8(0) }
        var random = Seeded(seed ^ UInt64(moment) << 32 ^ UInt64(variant) &* 0x9E37_79B9)
        if variant < combinations {
          for index in pages.indices where variant & (1 << index) == 0 { kept[index] = 0 }
        } else {
          for index in pages.indices {
            kept[index] = Bool.random(using: &random) ? Int.random(in: 1...kept[index], using: &random) : 0
            if kept[index] > 0, Int.random(in: 0..<4, using: &random) == 0 {
              torn[index] = UInt8.random(in: 1...254, using: &random)
            }
          }
        }
        let isTorn = torn.contains { $0 != 0 }
        if isTorn { tally.torn += 1 }
        let image = Image(
          number: next, moment: moment,
          bytes: state.image(kept: kept, torn: torn, isLong: Bool.random(using: &random)), acknowledged: acknowledged,
          isTorn: isTorn)
        guard try body(image) else { return tally }
        next += stride
      }
      number += count
    }
    return tally
  }
}
