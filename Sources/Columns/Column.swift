/// One column of a ``Table``: its name for machines, its label for people, and what its cells hold.
public struct Column: Sendable, Hashable {
  /// The key in JSON and the heading in CSV; never translated.
  public var name: String
  /// The heading people read.
  public var label: String
  public var type: ColumnType
  /// The unit as stated beside the column in JSON: `orders`, `ms`, `GBP`. Nil where there is none.
  public var unit: String?
  /// Whether the rows are grouped by this column.
  public var isKey: Bool

  /// - Parameters:
  ///   - label: The name when left out.
  ///   - unit: The unit the type implies when left out: `ms` for durations, the currency for money.
  public init(_ name: String, label: String? = nil, type: ColumnType, unit: String? = nil, isKey: Bool = false) {
    self.name = name
    self.label = label ?? name
    self.type = type
    self.unit = unit ?? type.impliedUnit
    self.isKey = isKey
  }
}

/// What the cells of a column hold, beside null.
public enum ColumnType: Sendable, Hashable {
  case text
  case integer
  case boolean
  case ratio
  /// Milliseconds.
  case duration
  /// Minor units of one currency, or with nil of the currency each cell states.
  case money(MoneyUnit?)
  /// Milliseconds since 1970-01-01, UTC.
  case instant
  /// The text of a time bucket or a bin: `2025-03`, `[1000, 2000)`.
  case bucket
  /// Reason and count pairs.
  case counts
  /// Any of integer, ratio, duration, money: the value column of a table of several key figures.
  case number

  /// Whether a column of this type may hold `value`. Null may stand everywhere.
  public func accepts(_ value: Value) -> Bool {
    switch (self, value) {
    case (_, .null), (.text, .text), (.bucket, .text), (.integer, .integer), (.boolean, .boolean), (.ratio, .ratio),
      (.duration, .duration), (.instant, .instant), (.counts, .counts), (.number, .integer), (.number, .ratio),
      (.number, .duration), (.number, .money):
      true
    case (.money(let unit), .money(_, let cellUnit)): unit == nil || unit == cellUnit
    default: false
    }
  }

  /// The unit that goes without saying.
  var impliedUnit: String? {
    switch self {
    case .duration: "ms"
    case .money(let unit): unit?.code
    default: nil
    }
  }
}
