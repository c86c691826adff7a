/// When orders come: how many on each day and in each hour, by integer shares.
package struct ArrivalCurve: Sendable {
  /// Orders in percent of a usual day, for each day of trading.
  package let dayPercent: [Int]
  /// Orders up to and with each day; the last is the total.
  private let runningCounts: [Int]

  /// Monday to Sunday.
  private static let weekdayPercent = [96, 94, 96, 98, 104, 112, 110]
  /// Midnight to midnight: asleep, lunch, the evening on the sofa.
  private static let hourWeights = [
    9, 5, 3, 2, 2, 3, 8, 18, 32, 46, 58, 56, 50, 48, 50, 52, 50, 48, 50, 60, 74, 78, 62, 36,
  ]

  /// - Parameter count: Orders over all days, 0 to 2³².
  package init(profile: ShopProfile, count: Int) {
    precondition(count >= 0 && count <= 1 << 32, "a workload has at most 2^32 orders")
    var percents: [Int] = []
    for index in 0..<profile.dayCount {
      let day = profile.firstDayNumber + index
      let date = LocalClock.date(ofDay: day)
      var percent = 100
      for season in profile.seasons {
        let first = LocalClock.day(year: date.year, month: season.month, day: season.day)
        if day >= first && day < first + season.dayCount { percent = season.percent }
      }
      percents.append(percent)
    }
    dayPercent = percents
    var weights = 0
    var running: [Int] = []
    for (index, percent) in percents.enumerated() {
      let weekday = LocalClock.weekday(ofDay: profile.firstDayNumber + index)
      // The shop grows by a third over a year.
      weights += percent * Self.weekdayPercent[weekday] * (1_000 + index)
      running.append(weights)
    }
    runningCounts = running.map { Int(UInt64($0).scaled(by: UInt64(count), dividedBy: UInt64(weights))) }
  }

  /// Orders on the day at `index`.
  package func orderCount(onDay index: Int) -> Int {
    runningCounts[index] - (index == 0 ? 0 : runningCounts[index - 1])
  }

  /// How many of a day's `count` orders come in each of its 24 hours.
  package static func hourCounts(of count: Int) -> [Int] {
    let total = hourWeights.reduce(0, +)
    var (sum, before) = (0, 0)
    return hourWeights.map { weight in
      sum += weight
      let through = count * sum / total
      defer { before = through }
      return through - before
    }
  }
}

extension UInt64 {
  /// `self × factor ÷ divisor`, rounded down; the quotient must fit.
  fileprivate func scaled(by factor: UInt64, dividedBy divisor: UInt64) -> UInt64 {
    divisor.dividingFullWidth(multipliedFullWidth(by: factor)).quotient
  }
}
