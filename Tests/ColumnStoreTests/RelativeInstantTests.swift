@testable import ColumnStore
import Testing

struct RelativeInstantTests {
  static let base: Int64 = 1_750_000_000_123
  static let millisecondReach: Int64 = (1 << 30) - 2
  static let secondReach = millisecondReach * 1_000

  @Test(arguments: [0, 1, -1, 999, millisecondReach, -millisecondReach, 86_400_000 * 12, -86_400_000 * 12] as [Int64])
  func `an instant within 12 days of its base keeps its milliseconds`(distance: Int64) {
    let code = RelativeInstant.code(of: Self.base + distance, base: Self.base)
    #expect(code > RelativeInstant.escaped && code & 1 == 0)
    #expect(RelativeInstant.value(of: code, base: Self.base) == Self.base + distance)
  }

  @Test(arguments: [86_400_000 * 13, -86_400_000 * 13, secondReach, -secondReach] as [Int64])
  func `an instant whole seconds from its base reaches 34 years`(distance: Int64) {
    let code = RelativeInstant.code(of: Self.base + distance, base: Self.base)
    #expect(code > RelativeInstant.escaped && code & 1 == 1)
    #expect(RelativeInstant.value(of: code, base: Self.base) == Self.base + distance)
  }

  @Test(
    arguments: [
      millisecondReach + 1, -millisecondReach - 1, secondReach + 1_000, -secondReach - 1_000, 86_400_000 * 13 + 1,
    ] as [Int64])
  func `an instant no code can say is escaped`(distance: Int64) {
    #expect(RelativeInstant.code(of: Self.base + distance, base: Self.base) == RelativeInstant.escaped)
  }

  @Test func `absent instants are words, whatever the base`() {
    for base in [0, Self.base, .min, .max] as [Int64] {
      #expect(RelativeInstant.code(of: RelativeInstant.noneValue, base: base) == RelativeInstant.none)
      #expect(RelativeInstant.code(of: RelativeInstant.unknownValue, base: base) == RelativeInstant.unknown)
    }
  }

  @Test func `distances that overflow are escaped`() {
    #expect(RelativeInstant.code(of: .max, base: -1) == RelativeInstant.escaped)
    #expect(RelativeInstant.code(of: .min + 2, base: .max) == RelativeInstant.escaped)
    #expect(RelativeInstant.code(of: 0, base: .min) == RelativeInstant.escaped)
  }

  @Test(.tags(.property)) func `a code that is no word gives back the very instant`() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<20_000 {
      let reach = UInt64(1) << UInt64.random(in: 1...62, using: &random)
      let base = Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0...40, using: &random)
      let value = base &+ (Int64(random.next() % reach) - Int64(reach / 2))
      let code = RelativeInstant.code(of: value, base: base)
      if code > RelativeInstant.escaped { #expect(RelativeInstant.value(of: code, base: base) == value) }
    }
  }

  @Test(.tags(.differential)) func `many codes are decoded as each one is`() {
    var random = SeededGenerator(seed: 12)
    let bases = (0..<500).map { _ in Int64.random(in: -1 << 45...1 << 45, using: &random) }
    let codes = (0..<400).map { index in
      switch index % 5 {
      case 0: RelativeInstant.none
      case 1: RelativeInstant.unknown
      default: Int32.random(in: RelativeInstant.escaped + 1 ... .max, using: &random)
      }
    }
    var values = codes.map { Int64($0) } + [7]
    RelativeInstant.decode(&values, bases: bases, count: 400)
    let expected = codes.indices.map { index in
      switch codes[index] {
      case RelativeInstant.none: RelativeInstant.noneValue
      case RelativeInstant.unknown: RelativeInstant.unknownValue
      default: RelativeInstant.value(of: codes[index], base: bases[index])
      }
    }
    #expect(values == expected + [7])
  }
}
