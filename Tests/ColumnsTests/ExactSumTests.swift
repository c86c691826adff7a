import Testing

@testable import Columns

struct ExactSumTests {
  @Test func `a sum that leaves the range on its way and comes back is exact`() throws {
    var sum = ExactSum()
    for value in [Int64.max, .max, -3, .min, .min] { sum.add(value) }
    #expect(try sum.value() == -5)
  }

  @Test func `a sum that does not fit is refused and can still be mended`() throws {
    var sum = ExactSum()
    sum.add(.max)
    sum.add(1)
    #expect(throws: ArithmeticOverflow()) { try sum.value() }
    sum.add(-1)
    #expect(try sum.value() == .max)
  }

  @Test func `partial sums add up`() throws {
    var left = ExactSum()
    left.add(40)
    var right = ExactSum()
    right.add(2)
    left.add(right)
    #expect(try left.value() == 42)
  }
}
