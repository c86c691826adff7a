import ColumnStore

/// Random commits whose facts a store must accept.
struct ToyScenario {
  private(set) var commits: [[ToyFact]] = []
  private var model = ToyModel()
  private var random: SeededGenerator

  /// - Parameter rowsPerCommit: Up to this many rows a commit go into the first table.
  init(seed: UInt64, commitCount: Int, rowsPerCommit: Int) {
    random = SeededGenerator(seed: seed)
    for _ in 0..<commitCount {
      let facts = self.facts(rowsPerCommit)
      commits.append(facts)
    }
  }

  private mutating func facts(_ rowsPerCommit: Int) -> [ToyFact] {
    var facts: [ToyFact] = []
    func say(_ fact: ToyFact, _ scenario: inout ToyScenario) {
      facts.append(fact)
      scenario.model.apply(fact)
    }
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      switch Int.random(in: 0..<16, using: &random) {
      case 0...3:
        let rows = (0..<Int.random(in: 1...rowsPerCommit, using: &random)).map { _ in thing() }
        say(.rows(table: 0, rows), &self)
      case 4: say(.rows(table: 1, [[Int64.random(in: 0...50, using: &random)], []]), &self)
      case 5:
        let count = Int.random(in: 1...3, using: &random)
        say(.rows(table: 2, Array(repeating: [], count: count * rowsPerCommit / 2)), &self)
      case 6...8: for _ in 0..<20 { if let fact = change() { say(fact, &self) } }
      case 9, 10:
        for _ in 0..<5 where model.rowCount(1) > 0 {
          let row = Int.random(in: 0..<model.rowCount(1), using: &random)
          say(.add(table: 1, row: row, column: 0, .random(in: -9...9, using: &random)), &self)
        }
      case 11, 12:
        let list = Int.random(in: 1...2, using: &random)
        let text = ["", "blue", "красный", "赤"].randomElement(using: &random)! + "\(random.next() % 200)"
        if !model.words[list - 1].contains(text) { say(.word(list: list, text), &self) }
      case 13:
        if let row = row(0) {
          let length = [0, 1, 127, 128, 300, 4_070, 9_000].randomElement(using: &random)!
          say(.text(row: row, String(repeating: "x", count: length)), &self)
        }
      default:
        if let row = row(0) {
          say(.entry(index: Int.random(in: 0...1, using: &random), hash: random.next() % 20, row: row), &self)
        }
      }
    }
    return facts
  }

  private mutating func row(_ table: Int) -> Int? {
    let count = model.rowCount(table)
    return count == 0 ? nil : Int.random(in: 0..<count, using: &random)
  }

  private mutating func thing() -> [Int64] {
    let placed = Int64.random(in: 1_700_000_000_000...1_800_000_000_000, using: &random)
    let values: [Int64] = [
      placed, .random(in: 0...40, using: &random), .random(in: -128...127, using: &random),
      .random(in: 0...65_535, using: &random), .random(in: -32_768...32_767, using: &random),
      .random(in: 0...0xFFFF_FFFF, using: &random),
    ]
    return Array(values.prefix(Int.random(in: 0...values.count, using: &random)))
  }

  /// A new value somewhere in the first two tables.
  private mutating func change() -> ToyFact? {
    guard let row = row(0) else { return nil }
    let column = Int.random(in: 0...9, using: &random)
    switch column {
    case 0:
      return .set(table: 0, row: row, column: 0, .random(in: 1_600_000_000_000...1_900_000_000_000, using: &random))
    case 1: return .set(table: 0, row: row, column: 1, .random(in: 0...255, using: &random))
    case 2: return .set(table: 0, row: row, column: 2, .random(in: -128...127, using: &random))
    case 6: return .add(table: 0, row: row, column: 6, .random(in: -1_000...1_000, using: &random))
    case 8, 9:
      let base = model.columns[0][0][row]
      let distance = Int64.random(in: -2_000_000_000...2_000_000_000, using: &random)
      let value: Int64 =
        switch Int.random(in: 0..<8, using: &random) {
        case 0: RelativeInstant.noneValue
        case 1: RelativeInstant.unknownValue
        case 2: .random(in: .min ... .max, using: &random)
        case 3: base + distance * 1_000
        default: base + distance / 4
        }
      return .set(table: 0, row: row, column: column, value)
    default:
      guard let row = self.row(1) else { return nil }
      return .set(table: 1, row: row, column: 1, .random(in: 0...70, using: &random))
    }
  }
}
