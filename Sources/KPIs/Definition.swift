/// What a key figure is, as data: everything a reader needs to trust or to refuse it.
public struct Definition: Sendable, Hashable {
  /// The shape of the answer.
  public enum Kind: String, Sendable, Hashable {
    /// numerator ÷ denominator, two counts.
    case rate
    /// Σ value ÷ Σ weight of the rows: units of units, money of money.
    case share
    /// Durations in milliseconds: n, mean as sum and n, p50, p90, p95, max.
    case duration
    /// A sum of money in minor units.
    case amount
    /// A count of things, with the age of each where it is known.
    case count
    /// A sum ÷ a count, with the median beside it.
    case average
    /// The product of as many rates as ``Definition/factors`` has, over the same members; the value of a hit or a miss has a
    /// bit for each it fulfils, the first the lowest.
    case product
    /// COGS against average inventory, scaled to a year.
    case turns
    /// One sum ÷ another of a different kind, read as a plain number of the unit: days, units.
    case quotient
  }

  /// Which instant puts a member into a period.
  public enum Attribution: String, Sendable, Hashable {
    /// The order's placed instant.
    case created
    /// The instant of the KPI's end event.
    case completed
    /// The instant from which the KPI counts, where that is not the placed one.
    case start
    /// The date of the row's own event.
    case event
    case deadline
    /// State at as-of; rows carry the placed instant.
    case snapshot
    /// The whole period.
    case period
  }

  /// Whether more is better.
  public enum Direction: String, Sendable, Hashable { case up, down, none }

  /// `K10`.
  public var id: String
  /// `on_time_delivery`.
  public var slug: String
  /// `scor`; empty where the figure has one meaning only.
  public var variant: String
  public var version: Int
  public var kind: Kind
  /// Label in English and in Chinese.
  public var english, chinese: String
  /// `percent`, `ms`, `orders`, `legs`, `currency`, `units`, `turns/yr`.
  public var unit: String
  public var direction: Direction
  public var attribution: Attribution
  /// In words: what is counted above and below the line, who belongs to the population, what waits, what is left out.
  public var numerator, denominator, population, pending: String
  /// The reasons for exclusion in the order of their codes, as they stand in the output.
  public var exclusions: [String]
  /// The standard or textbook and the metric's name in it; empty where there is none.
  public var source: String
  /// Of a product, what its rates count, in words; empty elsewhere.
  public var factors: [String]
  /// Keys that split the numerator alone: what became of a member, such as the reason of its cancelling. Grouped by one,
  /// each row's denominator is that of all members of the other keys' group.
  public var outcomeKeys: [String]
  /// Keys that the figure makes by itself: its answer has a row for each of their values.
  public var cellKeys: [CellKey]

  public init(
    id: String, slug: String, variant: String = "", version: Int = 1, kind: Kind, english: String, chinese: String,
    unit: String, direction: Direction, attribution: Attribution, numerator: String, denominator: String,
    population: String, pending: String, exclusions: [String] = [], source: String = "",
    factors: [String] = [], outcomeKeys: [String] = [], cellKeys: [CellKey] = []
  ) {
    self.id = id
    self.slug = slug
    self.variant = variant
    self.version = version
    self.kind = kind
    self.english = english
    self.chinese = chinese
    self.unit = unit
    self.direction = direction
    self.attribution = attribution
    self.numerator = numerator
    self.denominator = denominator
    self.population = population
    self.pending = pending
    self.exclusions = exclusions
    self.source = source
    self.factors = factors
    self.outcomeKeys = outcomeKeys
    self.cellKeys = cellKeys
  }

  /// `K10:scor`, or `K02` where the variant is empty: the name in output and on the command line.
  public var name: String { variant.isEmpty ? id : "\(id):\(variant)" }
}
