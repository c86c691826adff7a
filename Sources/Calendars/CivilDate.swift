/// A day of the proleptic Gregorian calendar, without a time zone.
///
/// Day numbers count from 1970-01-01 = 0; weekdays are ISO, 1 = Monday … 7 = Sunday. All of it is integer
/// arithmetic in constant time, exact for every year an `Int32` holds.
package struct CivilDate: Sendable, Hashable {
  package let year: Int
  /// 1…12.
  package let month: Int
  /// 1…31.
  package let day: Int

  /// The date with these parts, or nil where the calendar has none (month 13, 30 February).
  package init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= CivilDate.daysInMonth(year: year, month: month) else {
      return nil
    }
    self.init(uncheckedYear: year, month: month, day: day)
  }

  /// The date `dayNumber` days after 1970-01-01.
  ///
  /// Years run from March here, so that the leap day is the last of its year; 400 years are one cycle of 146,097 days.
  package init(dayNumber: Int) {
    let shifted = dayNumber + 719_468
    let cycle = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfCycle = shifted - cycle * 146_097
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    self.init(
      uncheckedYear: yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  /// The first day of ISO week `isoWeek` of `isoYear`, or nil where that year has no such week.
  package init?(isoYear: Int, isoWeek: Int) {
    guard isoWeek >= 1, isoWeek <= CivilDate.isoWeeksInYear(isoYear) else { return nil }
    self.init(dayNumber: CivilDate.firstISODay(ofYear: isoYear) + 7 * (isoWeek - 1))
  }

  private init(uncheckedYear year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days since 1970-01-01; negative before.
  package var dayNumber: Int { CivilDate.dayNumber(year: year, month: month, day: day) }

  /// 1 = Monday … 7 = Sunday.
  package var isoWeekday: Int { CivilDate.isoWeekday(ofDayNumber: dayNumber) }

  /// 1…4.
  package var quarter: Int { (month + 2) / 3 }

  /// The ISO week this day lies in, and the year that week belongs to: the year of its Thursday.
  package var isoWeek: (year: Int, week: Int) {
    let thursday = dayNumber - isoWeekday + 4
    let year = CivilDate(dayNumber: thursday).year
    return (year, (thursday - CivilDate.dayNumber(year: year, month: 1, day: 1)) / 7 + 1)
  }

  /// The date `days` later, or earlier when negative.
  package func adding(days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }

  /// The date `months` later, or earlier when negative; the day is cut to the length of the month reached.
  package func adding(months: Int) -> CivilDate {
    let index = year * 12 + (month - 1) + months
    let newYear = (index >= 0 ? index : index - 11) / 12
    let newMonth = index - newYear * 12 + 1
    return CivilDate(
      uncheckedYear: newYear, month: newMonth,
      day: min(day, CivilDate.daysInMonth(year: newYear, month: newMonth)))
  }

  /// The day number of a date whose parts are known to be right; a wrong day runs over into the next month.
  package static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let cycle = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfCycle = marchYear - cycle * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return cycle * 146_097 + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719_468
  }

  /// 1 = Monday … 7 = Sunday; day 0 was a Thursday.
  package static func isoWeekday(ofDayNumber dayNumber: Int) -> Int {
    let remainder = (dayNumber + 3) % 7
    return (remainder < 0 ? remainder + 7 : remainder) + 1
  }

  package static func isLeap(year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// 28…31. `month` must be 1…12.
  package static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year: year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// 52 or 53.
  package static func isoWeeksInYear(_ year: Int) -> Int {
    (firstISODay(ofYear: year + 1) - firstISODay(ofYear: year)) / 7
  }

  /// The Monday of ISO week 1, the week with 4 January in it.
  private static func firstISODay(ofYear year: Int) -> Int {
    let fourth = dayNumber(year: year, month: 1, day: 4)
    return fourth - isoWeekday(ofDayNumber: fourth) + 1
  }
}

extension CivilDate: Comparable {
  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CivilDate: CustomStringConvertible {
  /// `2025-03-15`; a year outside 0…9999 is written with its sign.
  package var description: String {
    var text = Digits()
    text.appendDate(self)
    return text.string
  }
}
