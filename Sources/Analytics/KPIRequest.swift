package import Calendars
public import KPIs
public import QueryLanguage

/// A question for key figures: which, by what, over which orders, when.
public struct KPIRequest: Sendable {
  /// What is wanted beside or instead of figures.
  public enum Explanation: Sendable, Hashable {
    /// The figures.
    case none
    /// What each figure means, in words.
    case definition
    /// The orders, credit notes and customers behind each figure, set by set.
    case members
  }

  /// Which instant puts an order into a period and a time bucket.
  public enum Attribution: String, Sendable, Hashable, CaseIterable {
    /// That of the figure's own definition.
    case own
    /// The placed instant, whatever the definition says. Credit notes keep their own.
    case created
  }

  /// The instant at which deadlines and ages are judged.
  public enum AsOf: Sendable, Hashable {
    case now
    /// As written: `2018-10-18`, `yesterday`, an RFC 3339 text.
    case text(String)
    /// Milliseconds UTC.
    case instant(Int64)
  }

  /// Ids or slugs with their variants, `K10:scor`. Empty asks for all; those that the keys or the missing period do not
  /// allow are then left out, with a note.
  public var names: [String] = []
  /// Group keys in the order of the columns: dimensions and time buckets, see ``Analytics/keyNames``.
  public var by: [String] = []
  /// Conditions in the order language; all must hold.
  public var conditions: [String] = []
  /// A period as written; nil is all time. A leading `monthly in …` adds its bucket to the keys.
  public var period: String?
  /// Whose figures are to stand beside those of the period, as of the same instant.
  public var compared: ComparedPeriod?
  public var asOf = AsOf.now
  public var attribution = Attribution.own
  public var explanation = Explanation.none
  /// What is asked of the figures that take it.
  public var options = KPIOptions()
  /// Whether a row without keys, computed anew and not added up, follows the rows of each figure.
  public var withTotals = false
  /// The zone days, weeks and months are cut in.
  package var zone: TimeZoneRules
  /// The weekday a week begins on, 1 is Monday.
  public var weekStart = 1
  /// The clock, read once by the caller; milliseconds UTC.
  public var now: Int64
  /// Threads that scan; figures do not depend on it.
  public var threadCount = 1

  package init(names: [String] = [], by: [String] = [], zone: TimeZoneRules, now: Int64) {
    (self.names, self.by, self.zone, self.now) = (names, by, zone, now)
  }

  /// A question in UTC.
  public init(names: [String], by: [String] = [], now: Int64) {
    self.init(names: names, by: by, zone: .utc, now: now)
  }
}
