import Calendars
import Testing

struct CivilDateTests {
  @Test func `every day of 800 years follows the day before`() throws {
    var date = try #require(CivilDate(year: 1599, month: 12, day: 31))
    var number = date.dayNumber
    while date.year < 2_400 {
      let next = CivilDate(dayNumber: number + 1)
      #expect(next.dayNumber == number + 1)
      #expect(next > date)
      let isNextDay = next.year == date.year && next.month == date.month && next.day == date.day + 1
      let isNextMonth =
        next.day == 1 && date.day == CivilDate.daysInMonth(year: date.year, month: date.month)
        && (next.month == date.month + 1 || (next.month == 1 && next.year == date.year + 1))
      #expect(isNextDay || isNextMonth)
      #expect(next.isoWeekday == date.isoWeekday % 7 + 1)
      date = next
      number += 1
    }
  }

  @Test(arguments: [(1970, 1, 1, 0, 4), (2000, 2, 29, 11_016, 2), (2025, 3, 15, 20_162, 6), (1, 1, 1, -719_162, 1)])
  func `known days have their number and weekday`(year: Int, month: Int, day: Int, number: Int, weekday: Int) throws {
    let date = try #require(CivilDate(year: year, month: month, day: day))
    #expect(date.dayNumber == number)
    #expect(date.isoWeekday == weekday)
  }

  @Test(arguments: [(2018, 2, 29), (1900, 2, 29), (2025, 4, 31), (2025, 13, 1), (2025, 0, 1), (2025, 1, 0)])
  func `a day the calendar lacks is refused`(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test(arguments: [2000, 2020, 2024, -4, 0]) func `a leap year has a 29 February`(year: Int) {
    #expect(CivilDate(year: year, month: 2, day: 29) != nil)
  }

  @Test(arguments: [
    (2021, 1, 3, 2020, 53), (2021, 1, 4, 2021, 1), (2024, 12, 30, 2025, 1), (2020, 12, 31, 2020, 53),
    (2023, 1, 1, 2022, 52), (2025, 2, 15, 2025, 7),
  ]) func `ISO weeks belong to the year of their Thursday`(year: Int, month: Int, day: Int, isoYear: Int, week: Int)
    throws
  {
    let date = try #require(CivilDate(year: year, month: month, day: day))
    #expect(date.isoWeek == (isoYear, week))
    let monday = try #require(CivilDate(isoYear: isoYear, isoWeek: week))
    #expect(monday.isoWeekday == 1)
    #expect((0..<7).contains(date.dayNumber - monday.dayNumber))
  }

  @Test func `only long years have a week 53`() {
    #expect(CivilDate(isoYear: 2020, isoWeek: 53) != nil)
    #expect(CivilDate(isoYear: 2021, isoWeek: 53) == nil)
    #expect(CivilDate(isoYear: 2021, isoWeek: 0) == nil)
  }

  @Test func `adding months cuts the day to the month reached`() throws {
    let january = try #require(CivilDate(year: 2024, month: 1, day: 31))
    #expect(january.adding(months: 1).description == "2024-02-29")
    #expect(january.adding(months: -11).description == "2023-02-28")
    #expect(january.adding(months: 12).description == "2025-01-31")
    #expect(january.adding(months: -24_300).description == "-0001-01-31")
    #expect(january.quarter == 1)
  }
}
