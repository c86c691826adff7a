/// Civil dates at a fixed offset from UTC: what the shop's clocks show. No daylight saving.
package struct LocalClock: Sendable, Hashable {
  /// East of Greenwich is positive.
  package var utcOffsetMinutes: Int

  package init(utcOffsetMinutes: Int) { self.utcOffsetMinutes = utcOffsetMinutes }

  static let secondsPerDay = 86_400

  /// The local day number (days since 1970-01-01) and the second within it.
  package func dayAndSecond(atUTCSecond second: Int) -> (day: Int, second: Int) {
    let local = second + utcOffsetMinutes * 60
    let day = local >= 0 ? local / Self.secondsPerDay : (local + 1) / Self.secondsPerDay - 1
    return (day, local - day * Self.secondsPerDay)
  }

  /// The UTC second at which the local day begins.
  package func start(ofDay day: Int) -> Int { day * Self.secondsPerDay - utcOffsetMinutes * 60 }

  /// The weekday of a day number, 0 = Monday.
  package static func weekday(ofDay day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }

  /// The date of a day number in the proleptic Gregorian calendar.
  package static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
    // Counted in 400-year eras of 146,097 days from 1 March of year 0, so that the leap day comes last.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  /// The day number of a date of the proleptic Gregorian calendar.
  package static func day(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
