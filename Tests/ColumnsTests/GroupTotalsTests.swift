import Testing

@testable import Columns

struct GroupTotalsTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `counts and sums by code are those of the obvious loop`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...500, using: &generator)
    let values = (0..<count).map { _ in Int64.random(in: -1_000_000...1_000_000, using: &generator) }
    let codes = (0..<count).map { _ in UInt16.random(in: 0...6, using: &generator) }
    let counted = counts(by: codes.span, codeCount: 8)
    let summed = try sums(of: values.span, by: codes.span, codeCount: 8)
    #expect(counted.count == 8 && summed.count == 8)
    for code in 0..<8 {
      let members = values.indices.filter { Int(codes[$0]) == code }
      #expect(counted[code] == Int64(members.count))
      #expect(summed[code] == members.map { values[$0] }.reduce(0, +))
    }
  }

  @Test func `a group whose sum does not fit is refused, one that only passes through is not`() throws {
    let codes: [UInt8] = [0, 0, 0, 1]
    #expect(try sums(of: [Int64.max, 1, -1, 5].span, by: codes.span, codeCount: 2) == [.max, 5])
    #expect(throws: ArithmeticOverflow()) {
      try sums(of: [Int64.max, 1, 0, 5].span, by: codes.span, codeCount: 2)
    }
  }

  @Test func `a code outside the dictionary is refused`() async {
    await #expect(processExitsWith: .failure) { _ = counts(by: ([3] as [UInt8]).span, codeCount: 3) }
  }
}
