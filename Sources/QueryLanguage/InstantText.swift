/// An instant as written: a date or named period, meaning its first instant, an RFC 3339 text, or `now`.
///
///     2018-10-18   2018-10-18T09:30   2018-10-18T09:30:00+08:00   yesterday   90 days ago   now
public struct InstantText: Sendable, Hashable {
  private let point: PeriodPoint

  /// Reads an instant.
  ///
  /// - Throws: ``QueryError`` with the place and what could stand there.
  public init(_ text: String) throws(QueryError) {
    var parser = PeriodParser(text)
    point = try parser.parseWholePoint()
  }

  /// Milliseconds UTC, in the zone and as of the instant given.
  package func resolve(in context: PeriodContext) -> Int64 { point.range(in: context).lowerBound }
}
