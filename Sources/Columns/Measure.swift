/// What a ratio of two integers is read as.
public enum Measure: Sendable, Hashable {
  /// A plain number: orders per customer, turns per year.
  case number
  /// A share; 0.5 is shown to people as 50 %.
  case percent
  /// A mean duration; the numerator is in milliseconds.
  case duration
  /// A mean amount; the numerator is in minor units.
  case money(MoneyUnit)
}
