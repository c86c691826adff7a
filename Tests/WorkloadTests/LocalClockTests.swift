import Testing
import Workload

struct LocalClockTests {
  @Test(arguments: [
    (1970, 1, 1, 0), (2000, 2, 29, 11_016), (2025, 1, 1, 20_089), (2025, 11, 11, 20_403), (1969, 12, 31, -1),
    (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896),
  ])
  func `a date and its day number name each other`(year: Int, month: Int, day: Int, number: Int) {
    #expect(LocalClock.day(year: year, month: month, day: day) == number)
    #expect(LocalClock.date(ofDay: number) == (year, month, day))
  }

  @Test func `every day of four centuries goes there and back`() {
    for number in 0..<146_097 {
      let date = LocalClock.date(ofDay: number)
      guard LocalClock.day(year: date.year, month: date.month, day: date.day) == number else {
        Issue.record("day \(number) came back as another")
        return
      }
    }
  }

  @Test func `eleven November 2025 is a Tuesday and begins at sixteen hours UTC the day before`() {
    let clock = LocalClock(utcOffsetMinutes: 480)
    #expect(LocalClock.weekday(ofDay: 20_403) == 1)
    #expect(LocalClock.weekday(ofDay: -1) == 2)
    #expect(clock.start(ofDay: 20_403) == 1_762_790_400)
    #expect(clock.dayAndSecond(atUTCSecond: 1_762_790_399) == (20_402, 86_399))
    #expect(clock.dayAndSecond(atUTCSecond: 1_762_790_400) == (20_403, 0))
    #expect(LocalClock(utcOffsetMinutes: 0).dayAndSecond(atUTCSecond: -1) == (-1, 86_399))
  }
}
