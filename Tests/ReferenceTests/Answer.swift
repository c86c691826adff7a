import Foundation

/// A row of an answer of the tool.
struct Answer {
  let cells: [String: Any]

  /// An integer column; -1 where there is none, which no reference has.
  func count(_ column: String) -> Int { (cells[column] as? NSNumber)?.intValue ?? -1 }
  func text(_ column: String) -> String { cells[column] as? String ?? "" }
  func isNull(_ column: String) -> Bool { cells[column] is NSNull }

  /// Whether a fraction, told to twelve significant digits, is that of the reference, told alike.
  func agrees(_ column: String, _ expected: Double) -> Bool {
    guard let value = (cells[column] as? NSNumber)?.doubleValue else { return false }
    return abs(value - expected) <= abs(expected) * 1e-11
  }
}

extension [Answer] {
  /// The row whose `key` column holds `name`.
  func row(_ key: String, _ name: String) -> Answer? { first { $0.text(key) == name } }

  /// How many rows have each count in `column`; rows without the key are left out.
  func histogram(of column: String, key: String) -> [Int: Int] {
    reduce(into: [:]) { histogram, row in
      if !row.isNull(key) { histogram[row.count(column), default: 0] += 1 }
    }
  }
}

/// A row of a reference table.
struct Reference {
  let cells: [String: any Sendable]

  func text(_ column: String) -> String { cells[column] as? String ?? "" }
  func number(_ column: String) -> Double { cells[column] as? Double ?? .nan }

  /// Whether the column has a value here.
  func has(_ column: String) -> Bool { cells[column] != nil }

  /// A count; `Int.min` where the reference has none, which no answer is.
  func count(_ column: String) -> Int { scaled(column, by: 1) }

  /// An amount or a duration in the smallest unit.
  func scaled(_ column: String, by factor: Double) -> Int {
    let value = number(column) * factor
    return value.isNaN ? Int.min : Int(value.rounded())
  }
}

/// The value at nearest rank: that of position ⌈percent · n ÷ 100⌉ in ascending order.
func nearestRank(_ percent: Int, of ascending: [Int]) -> Int {
  ascending.isEmpty ? -1 : ascending[(ascending.count * percent + 99) / 100 - 1]
}
