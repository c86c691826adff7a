import Calendars

/// The local months one after another, numbered from the first that is needed.
struct Months: Sendable {
  private var cutter: BucketCutter
  /// Where each month starts; the last is the first that is not numbered.
  private(set) var starts: [Int64] = []

  /// - Parameters:
  ///   - first, last: Instants in the first and the last month.
  init(from first: Int64, through last: Int64, zone: TimeZoneRules) {
    cutter = BucketCutter(rules: zone, bucket: .month)
    var start = cutter.key(at: first)
    starts = [start]
    repeat {
      let next = cutter.range(of: start).upperBound
      guard next > start else { break }
      start = next
      starts.append(start)
    } while start <= last
  }

  var count: Int { starts.count - 1 }

  /// The number of the month an instant lies in.
  func number(at instant: Int64) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] > instant { high = middle } else { low = middle + 1 }
    }
    return low - 1
  }

  /// The month's name, `2026-03`.
  func label(_ number: Int) -> String { cutter.label(of: starts[number]) }

  /// Where a month ends.
  func end(_ number: Int) -> Int64 { starts[number + 1] }
}
