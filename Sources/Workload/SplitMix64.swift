/// A small generator of 64-bit numbers, the same on every machine.
///
/// - Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; the constants are those
///   of the reference code `splitmix64.c`. Not for secrets. One step costs about 1 ns.
package struct SplitMix64: Sendable {
  private var state: UInt64

  package init(_ seed: Seed) { state = seed.rawValue }

  /// The next number, all 64 bits equally good.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of `0 ..< bound`; `bound` is at least 1. The bias is below `bound` ÷ 2⁶⁴.
  package mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "nothing lies below \(bound)")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number of `range`, both ends included.
  package mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// True so many times in ten thousand.
  package mutating func happens(_ timesInTenThousand: Int) -> Bool { below(10_000) < timesInTenThousand }

  /// One of `choices`, all alike.
  package mutating func pick<Element>(of choices: [Element]) -> Element { choices[below(choices.count)] }
}
