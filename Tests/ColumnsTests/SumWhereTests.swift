import Testing

@testable import Columns

struct SumWhereTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a filtered sum is the one of the obvious loop`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...500, using: &generator)
    let values = (0..<count).map { _ in Int32.random(in: -9_000...9_000, using: &generator) }
    let codes = (0..<count).map { _ in UInt8.random(in: 0...4, using: &generator) }
    for code in UInt8(0)...5 {
      let expected = zip(values, codes).filter { $0.1 == code }.map(\.0).reduce(0, +)
      #expect(sum(of: values.span, where: codes.span, equals: code) == expected)
    }
  }

  @Test func `columns of different lengths are refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = sum(of: [1, 2].span, where: ([0] as [UInt8]).span, equals: 0)
    }
  }
}
