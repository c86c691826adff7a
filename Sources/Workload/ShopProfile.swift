/// What kind of shop a workload plays, as data.
package struct ShopProfile: Sendable, Hashable {
  /// The name in `--profile`.
  package var name: String
  /// The first day of trading, local.
  package var firstYear, firstMonth, firstDay: Int
  /// Days of trading; what has not happened by their end stays open.
  package var dayCount: Int
  /// Articles on sale, at least 8.
  package var skuCount: Int
  /// Of ten thousand identified orders, how many come from customers never seen before.
  package var newCustomersInTenThousand: Int
  /// Of ten thousand orders, how many are cancelled by the customer, by the seller, for want of payment.
  package var customerCancels, sellerCancels, unpaid: Int
  /// Of ten thousand orders, how many stop somewhere and are never finished.
  package var stuck: Int
  /// Of ten thousand orders, how many carry a ``Defect`` that an importer must refuse.
  package var defects: Int
  /// Days that sell more or less than usual.
  package var seasons: [Season]
  /// The shop's clocks: +08:00.
  package var clock = LocalClock(utcOffsetMinutes: 480)

  /// Days that sell more or less than usual.
  package struct Season: Sendable, Hashable {
    package var month, day, dayCount: Int
    /// Orders in percent of a usual day.
    package var percent: Int

    package init(month: Int, day: Int, dayCount: Int = 1, percent: Int) {
      (self.month, self.day, self.dayCount, self.percent) = (month, day, dayCount, percent)
    }
  }

  /// The year 2025: a dip at Spring Festival, peaks at 618, 11.11 and 12.12, growth over the year.
  package static let year = ShopProfile(
    name: "year", firstYear: 2025, firstMonth: 1, firstDay: 1, dayCount: 365, skuCount: 2_000,
    newCustomersInTenThousand: 3_600, customerCancels: 260, sellerCancels: 90, unpaid: 150, stuck: 25, defects: 0,
    seasons: [
      Season(month: 1, day: 27, dayCount: 9, percent: 45),
      Season(month: 6, day: 1, dayCount: 3, percent: 240),
      Season(month: 6, day: 16, dayCount: 5, percent: 360),
      Season(month: 6, day: 18, percent: 820),
      Season(month: 10, day: 1, dayCount: 7, percent: 80),
      Season(month: 11, day: 1, dayCount: 3, percent: 320),
      Season(month: 11, day: 9, dayCount: 5, percent: 420),
      Season(month: 11, day: 11, percent: 1_400),
      Season(month: 12, day: 12, percent: 330),
    ])

  /// The six weeks around 11.11, when everything is late.
  package static let festival = ShopProfile(
    name: "festival", firstYear: 2025, firstMonth: 10, firstDay: 20, dayCount: 42, skuCount: 1_000,
    newCustomersInTenThousand: 5_500, customerCancels: 420, sellerCancels: 160, unpaid: 240, stuck: 40, defects: 0,
    seasons: [
      Season(month: 11, day: 1, dayCount: 3, percent: 400),
      Season(month: 11, day: 9, dayCount: 5, percent: 600),
      Season(month: 11, day: 11, percent: 2_400),
    ])

  /// Thirty quiet days with forty articles, for tests and examples.
  package static let corner = ShopProfile(
    name: "corner", firstYear: 2025, firstMonth: 3, firstDay: 1, dayCount: 30, skuCount: 40,
    newCustomersInTenThousand: 4_000, customerCancels: 300, sellerCancels: 150, unpaid: 150, stuck: 100, defects: 0,
    seasons: [])

  /// All profiles that have a name.
  package static let all: [ShopProfile] = [.year, .festival, .corner]

  /// The profile of that name.
  package init?(name: String) {
    guard let profile = Self.all.first(where: { $0.name == name }) else { return nil }
    self = profile
  }

  private init(
    name: String, firstYear: Int, firstMonth: Int, firstDay: Int, dayCount: Int, skuCount: Int,
    newCustomersInTenThousand: Int, customerCancels: Int, sellerCancels: Int, unpaid: Int, stuck: Int, defects: Int,
    seasons: [Season]
  ) {
    (self.name, self.firstYear, self.firstMonth, self.firstDay) = (name, firstYear, firstMonth, firstDay)
    (self.dayCount, self.skuCount, self.newCustomersInTenThousand) = (dayCount, skuCount, newCustomersInTenThousand)
    (self.customerCancels, self.sellerCancels, self.unpaid) = (customerCancels, sellerCancels, unpaid)
    (self.stuck, self.defects, self.seasons) = (stuck, defects, seasons)
  }

  /// The local day number of the first day of trading.
  package var firstDayNumber: Int { LocalClock.day(year: firstYear, month: firstMonth, day: firstDay) }
  /// The UTC second at which trading ends: what happens later is not told.
  package var horizonSecond: Int { clock.start(ofDay: firstDayNumber + dayCount) }
}
