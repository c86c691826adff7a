import Calendars
import Testing

struct BucketCutterTests {
  static let minute: Int64 = 60_000

  /// What the bucket around a local reading is called, worked out in the plainest way.
  static func obviousLabel(_ bucket: TimeBucket, local: Int64) -> String {
    let date = CivilDate(dayNumber: Int((Double(local) / 86_400_000).rounded(.down)))
    let minuteOfDay = Int((local - Int64(date.dayNumber) * 86_400_000) / minute)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    switch bucket {
    case .minute: return "\(date)T\(two(minuteOfDay / 60)):\(two(minuteOfDay % 60))"
    case .hour: return "\(date)T\(two(minuteOfDay / 60)):00"
    case .day: return "\(date)"
    case .week: return "\(date.isoWeek.year)-W\(two(date.isoWeek.week))"
    case .month: return "\(date.year)-\(two(date.month))"
    case .quarter: return "\(date.year)-Q\((date.month - 1) / 3 + 1)"
    case .year: return "\(date.year)"
    case .weekday: return ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][date.isoWeekday - 1]
    case .hourOfDay: return two(minuteOfDay / 60)
    }
  }

  /// Walks a few days minute by minute. The reading of the clock is kept at its furthest, as the cutter promises.
  @Test(
    arguments: [
      ("Europe/London", "2025-03-29T00:00:00Z"), ("Europe/London", "2025-10-25T00:00:00Z"),
      ("America/Sao_Paulo", "2017-10-14T00:00:00Z"), ("America/Sao_Paulo", "2018-02-17T00:00:00Z"),
      ("Australia/Lord_Howe", "2025-04-05T00:00:00Z"), ("Australia/Lord_Howe", "2025-10-04T00:00:00Z"),
      ("America/St_Johns", "2010-11-06T00:00:00Z"), ("Pacific/Apia", "2011-12-29T00:00:00Z"),
      ("Pacific/Kwajalein", "1969-09-29T00:00:00Z"), ("Asia/Shanghai", "2024-12-30T00:00:00Z"),
      ("Asia/Kathmandu", "1985-12-30T00:00:00Z"), ("UTC", "1969-12-30T00:00:00Z"),
      ("Europe/London", "2150-10-24T00:00:00Z"), ("Europe/London", "2250-10-26T00:00:00Z"),
    ], TimeBucket.allCases)
  func `keys, labels and ranges agree with a slow walk`(place: (String, String), bucket: TimeBucket) throws {
    let rules = try SystemZone.rules(place.0)
    var cutter = BucketCutter(rules: rules, bucket: bucket)
    let start = try instant(place.1)
    var furthest = Int64.min
    var keys: [String: Int64] = [:]
    for step in Int64(0)..<5_000 {
      let milliseconds = start + step * Self.minute
      furthest = max(furthest, rules.local(at: milliseconds))
      let label = Self.obviousLabel(bucket, local: furthest)
      let key = cutter.key(at: milliseconds)
      guard cutter.label(of: key) == label, keys[label, default: key] == key else {
        Issue.record("\(place) \(bucket) minute \(step): \(cutter.label(of: key)), expected \(label)")
        return
      }
      if !bucket.isCyclic {
        let range = cutter.range(of: key)
        #expect(range.contains(milliseconds))
        #expect(range.lowerBound == key)
        // The first minute with a new label is where the range begins; the first label of the walk began before.
        if keys[label] == nil, !keys.isEmpty { #expect(key == milliseconds) }
        #expect(cutter.key(at: range.upperBound - 1) == key)
        #expect(cutter.key(at: range.upperBound) == range.upperBound)
      }
      keys[label] = key
    }
  }

  @Test(arguments: ["America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "UTC"], TimeBucket.allCases)
  func `random instants give what a fresh cutter gives`(zone: String, bucket: TimeBucket) throws {
    let rules = try SystemZone.rules(zone)
    var cutter = BucketCutter(rules: rules, bucket: bucket)
    var generator = SeededGenerator(state: 5)
    for _ in 0..<2_000 {
      let milliseconds = Int64.random(in: -5_000_000_000_000...9_000_000_000_000, using: &generator)
      var fresh = BucketCutter(rules: rules, bucket: bucket)
      #expect(cutter.key(at: milliseconds) == fresh.key(at: milliseconds))
      let local = rules.furthestLocal(at: milliseconds)
      #expect(cutter.label(of: cutter.key(at: milliseconds)) == Self.obviousLabel(bucket, local: local))
    }
  }

  @Test func `hours repeated by the clock count as one`() throws {
    let rules = try SystemZone.rules("Europe/London")
    var hours = BucketCutter(rules: rules, bucket: .hour)
    let key = hours.key(at: try instant("2025-10-26T01:30:00Z"))
    #expect(hours.label(of: key) == "2025-10-26T01:00")
    #expect(hours.range(of: key) == (try instant("2025-10-26T00:00:00Z"))..<(try instant("2025-10-26T02:00:00Z")))
  }

  @Test func `weeks can begin on Sunday and are then written by their days`() throws {
    let rules = try SystemZone.rules("Asia/Shanghai")
    var weeks = BucketCutter(rules: rules, bucket: .week, weekStart: 7)
    let key = weeks.key(at: try instant("2025-02-15T15:59:59.999Z"))
    #expect(weeks.label(of: key) == "2025-02-09..2025-02-15")
    #expect(weeks.range(of: key).upperBound == (try instant("2025-02-15T16:00:00Z")))
    #expect(weeks.label(of: weeks.key(at: try instant("2025-02-15T16:00:00Z"))) == "2025-02-16..2025-02-22")
  }

  @Test(arguments: TimeBucket.allCases) func `the ends of time fall into the outermost buckets`(bucket: TimeBucket)
    throws
  {
    let rules = try SystemZone.rules("America/New_York")
    var cutter = BucketCutter(rules: rules, bucket: bucket)
    #expect(cutter.key(at: .min) == cutter.key(at: CalendarLimits.earliest))
    #expect(cutter.key(at: .max) == cutter.key(at: CalendarLimits.latest))
    #expect(!cutter.label(of: cutter.key(at: .min)).isEmpty)
  }

  @Test func `week 53 and leap days are buckets like others`() throws {
    var weeks = BucketCutter(rules: .utc, bucket: .week)
    #expect(weeks.label(of: weeks.key(at: try instant("2021-01-03T23:59:59Z"))) == "2020-W53")
    #expect(weeks.label(of: weeks.key(at: try instant("2021-01-04T00:00:00Z"))) == "2021-W01")
    var days = BucketCutter(rules: .utc, bucket: .day)
    #expect(days.label(of: days.key(at: try instant("2024-02-29T12:00:00Z"))) == "2024-02-29")
  }
}
