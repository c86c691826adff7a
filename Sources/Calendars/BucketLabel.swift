extension BucketCutter {
  /// How a bucket is written: as the period text that names it (`2025`, `2025-Q1`, `2025-03`, `2025-W07`,
  /// `2025-03-15`, `2025-03-15T10:00`), `Mon` … `Sun`, or `00` … `23`.
  ///
  /// A week that does not begin on Monday has no ISO number and is written by its days: `2025-02-09..2025-02-15`.
  ///
  /// - Precondition: `key` came from this cutter.
  package func label(of key: Int64) -> String {
    var text = Digits()
    switch bucket {
    case .weekday:
      precondition((1...7).contains(key), "a weekday is 1 to 7")
      return BucketCutter.weekdays[Int(key) - 1]
    case .hourOfDay:
      precondition((0...23).contains(key), "an hour of the day is 0 to 23")
      text.append(Int(key), width: 2)
      return text.string
    case .minute, .hour, .day, .week, .month, .quarter, .year:
      break
    }
    let local = bucket.start(ofLocal: rules.furthestLocal(at: key), weekStart: weekStart)
    let date = CivilDate(dayNumber: Int(local.floorDivided(by: CalendarLimits.day)))
    switch bucket {
    case .minute, .hour:
      text.appendDate(date)
      text.appendHourAndMinute(
        minuteOfDay: Int((local - Int64(date.dayNumber) * CalendarLimits.day) / CalendarLimits.minute))
    case .week: append(weekFrom: date, to: &text)
    case .month:
      text.appendYear(date.year)
      text.append(UInt8(ascii: "-"))
      text.append(date.month, width: 2)
    case .quarter:
      text.appendYear(date.year)
      text.append(UInt8(ascii: "-"))
      text.append(UInt8(ascii: "Q"))
      text.append(date.quarter, width: 1)
    case .year: text.appendYear(date.year)
    case .day, .weekday, .hourOfDay: text.appendDate(date)
    }
    return text.string
  }

  private func append(weekFrom date: CivilDate, to text: inout Digits) {
    guard weekStart == 1 else {
      text.appendDate(date)
      text.append(UInt8(ascii: "."))
      text.append(UInt8(ascii: "."))
      text.appendDate(date.adding(days: 6))
      return
    }
    let (year, week) = date.isoWeek
    text.appendYear(year)
    text.append(UInt8(ascii: "-"))
    text.append(UInt8(ascii: "W"))
    text.append(week, width: 2)
  }

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}
