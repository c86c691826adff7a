import Testing

@testable import Columns

struct NearestRankTests {
  /// The definition, spelled out: sort, then count up to ceil(p · n).
  func byDefinition(_ values: [Int64], numerator: Int, denominator: Int) -> Int64? {
    let sorted = values.sorted()
    for (index, value) in sorted.enumerated() where (index + 1) * denominator >= numerator * sorted.count {
      return value
    }
    return nil
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `a quantile is the one found by sorting and counting`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...3_000, using: &generator)
    let spread: Int64 = [1, 5, 1_000, .max].randomElement(using: &generator)!
    let values = (0..<count).map { _ in Int64.random(in: -spread...spread, using: &generator) }
    var working = values
    for (numerator, denominator) in [(0, 1), (1, 2), (9, 10), (95, 100), (999, 1_000), (1, 1), (1, 3)] {
      #expect(
        nearestRank(of: &working, numerator: numerator, denominator: denominator)
          == byDefinition(values, numerator: numerator, denominator: denominator))
    }
    #expect(working.sorted() == values.sorted(), "only the order may change")
  }

  @Test func `sorted, reversed, equal and organ-pipe values take no quadratic time`() {
    let count: Int64 = 200_000
    let shapes: [[Int64]] = [
      Array(0..<count), Array((0..<count).reversed()), Array(repeating: 7, count: Int(count)),
      (0..<count).map { min($0, count - $0) },
    ]
    for shape in shapes {
      var working = shape
      #expect(nearestRank(of: &working, numerator: 95, denominator: 100) == shape.sorted()[189_999])
    }
  }

  @Test func `no values have no quantile`() {
    var none: [Int64] = []
    #expect(nearestRank(of: &none, numerator: 1, denominator: 2) == nil)
  }

  @Test func `the median of an even number of values is the lower of the middle two`() {
    var values: [Int64] = [40, 10, 30, 20]
    #expect(nearestRank(of: &values, numerator: 1, denominator: 2) == 20)
  }

  @Test func `a probability above one is refused`() async {
    await #expect(processExitsWith: .failure) {
      var values: [Int64] = [1]
      _ = nearestRank(of: &values, numerator: 101, denominator: 100)
    }
  }
}
