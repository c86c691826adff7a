import Testing

@testable import Columns

struct HalfEvenQuotientTests {
  @Test func `quotients of small numbers are the nearest whole number, ties the even one`() {
    for dividend in 0..<200 {
      for divisor in 1..<30 {
        let candidates = (dividend / divisor)...(dividend / divisor + 1)
        let nearest = candidates.min { left, right in
          let (a, b) = (abs(dividend - left * divisor), abs(dividend - right * divisor))
          return a < b || (a == b && left % 2 == 0)
        }
        #expect(halfEvenQuotient(UInt128(dividend), UInt128(divisor)) == UInt128(nearest!), "\(dividend)/\(divisor)")
      }
    }
  }

  @Test func `division by zero is refused`() async {
    await #expect(processExitsWith: .failure) { _ = halfEvenQuotient(1, 0) }
  }
}
