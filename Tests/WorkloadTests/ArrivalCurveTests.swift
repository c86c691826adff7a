import Testing
import Workload

struct ArrivalCurveTests {
  @Test(arguments: [0, 1, 7, 1_000, 1_000_003])
  func `all orders have their day and their hour`(count: Int) {
    let curve = ArrivalCurve(profile: .year, count: count)
    let days = curve.dayPercent.indices.map { curve.orderCount(onDay: $0) }
    #expect(days.count == 365)
    #expect(days.allSatisfy { $0 >= 0 })
    #expect(days.reduce(0, +) == count)
    #expect(days.allSatisfy { ArrivalCurve.hourCounts(of: $0).reduce(0, +) == $0 })
  }

  @Test func `eleven November is the highest day and 618 the highest of the first half`() {
    let curve = ArrivalCurve(profile: .year, count: 1_000_000)
    let days = curve.dayPercent.indices.map { curve.orderCount(onDay: $0) }
    let first = ShopProfile.year.firstDayNumber
    #expect(days.indices.max { days[$0] < days[$1] } == LocalClock.day(year: 2025, month: 11, day: 11) - first)
    #expect(
      days[..<181].indices.max { days[$0] < days[$1] } == LocalClock.day(year: 2025, month: 6, day: 18) - first)
    let usual = days.sorted()[182]
    #expect(days.max()! > 10 * usual)
    #expect(days[LocalClock.day(year: 2025, month: 1, day: 29) - first] < usual)
  }

  @Test func `evenings are busy and nights are quiet`() {
    let hours = ArrivalCurve.hourCounts(of: 100_000)
    #expect(hours.count == 24)
    #expect(hours.indices.max { hours[$0] < hours[$1] } == 21)
    #expect(hours[3] * 20 < hours[21])
  }
}
