import Calendars

/// A period as written, read but not yet resolved.
///
///     2025  2025-Q1  2025-W07  2025-03  2025-03-15  2025-03-15T10:00     A..B, both included
///     today  yesterday  this_quarter  last_month  next_week  90 days ago  last 30 days
///     ytd  qtd  mtd  wtd  all  since A  until B  since A until B  monthly in 2025  weekly since 2025-W10
///
/// Relative texts count from the as-of instant. `last 30 days` are the 30 whole days before the day of as-of, as
/// `last_month` is the whole month before; `mtd` runs from the start of the month to as-of; `today` and `this_month`
/// are whole, with what is to come. An end that names a period is included, one with a time of day is an instant, and
/// excluded.
public struct PeriodText: Sendable, Hashable {
  enum Form: Sendable, Hashable {
    case all
    case point(PeriodPoint)
    /// The last `count` whole units.
    case last(Int, TimeBucket)
    case toDate(TimeBucket)
    case span(from: PeriodPoint?, through: PeriodPoint?)
  }

  let form: Form
  let bucket: TimeBucket?
  private let sourceRange: SourceRange

  /// Reads a period.
  ///
  /// - Throws: ``QueryError`` with the place and what could stand there.
  public init(_ text: String) throws(QueryError) {
    var parser = PeriodParser(text)
    (bucket, form) = try parser.parseWhole()
    sourceRange = SourceRange(start: 0, end: text.utf8.count)
  }

  /// The instants meant, in the zone and as of the instant given.
  ///
  /// - Throws: ``QueryError/Code/reversedPeriod`` when the end lies before the start.
  package func resolve(in context: PeriodContext) throws(QueryError) -> Period {
    let lower: Int64
    let upper: Int64
    switch form {
    case .all: (lower, upper) = (.min, .max)
    case .point(let point):
      let range = point.range(in: context)
      (lower, upper) = (range.lowerBound, range.upperBound)
    case .last(let count, let unit):
      let range = PeriodPoint.range(of: unit, back: count, count: count, in: context)
      (lower, upper) = (range.lowerBound, range.upperBound)
    case .toDate(let unit):
      lower = PeriodPoint.range(of: unit, back: 0, count: 1, in: context).lowerBound
      upper = max(lower, context.asOf)
    case .span(let first, let last):
      lower = first?.range(in: context).lowerBound ?? .min
      upper = last?.end(in: context) ?? .max
    }
    guard lower <= upper else {
      throw QueryError(
        .reversedPeriod,
        "the period begins at \(RFC3339.string(lower, in: context.zone)) and ends before, at "
          + RFC3339.string(upper, in: context.zone), at: sourceRange)
    }
    return Period(range: lower..<upper, bucket: bucket)
  }
}
