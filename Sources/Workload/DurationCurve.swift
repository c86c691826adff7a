/// How long things take: a median with a tail, drawn with integers only.
///
/// The curve is given by its quantiles at 0/16, 1/16 … 16/16 in sixteenths of the median; between two of them it is
/// straight.
package struct DurationCurve: Sendable {
  private let sixteenths: [Int]

  /// Work by people and machines: the slowest takes twelve times the median.
  package static let work = DurationCurve(
    sixteenths: [3, 6, 8, 9, 11, 12, 13, 14, 16, 18, 20, 23, 27, 33, 43, 70, 200])
  /// Travel: mostly near the median, the slowest takes three times as long.
  package static let travel = DurationCurve(
    sixteenths: [11, 12, 13, 14, 14, 15, 15, 16, 16, 17, 17, 18, 18, 19, 21, 26, 48])

  private init(sixteenths: [Int]) { self.sixteenths = sixteenths }

  /// Seconds around `median` seconds, at least 0.
  package func draw(median: Int, with generator: inout SplitMix64) -> Int {
    let bits = generator.next()
    let step = Int(bits >> 60)
    let fraction = Int((bits >> 40) & 0xFFFF)
    let (low, high) = (sixteenths[step], sixteenths[step + 1])
    return (median * ((low << 16) + (high - low) * fraction)) >> 20
  }
}
