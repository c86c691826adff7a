/// The number from which everything random in a workload follows: equal seeds give equal bytes on every machine.
package struct Seed: Sendable, Hashable {
  package var rawValue: UInt64

  package init(_ rawValue: UInt64) { self.rawValue = rawValue }

  /// A seed for one part of the work (`purpose`) and one member of it (`number`), so that a change in how one order is
  /// drawn moves no other order.
  package func derived(for purpose: Purpose, _ number: UInt64 = 0) -> Seed {
    var mixer = SplitMix64(Seed(rawValue ^ (purpose.rawValue << 56) ^ number &* 0xD6E8_FEB8_6659_FD93))
    return Seed(mixer.next())
  }

  /// The parts that draw for themselves.
  package enum Purpose: UInt64, Sendable, Hashable {
    case catalogue = 1
    case customer = 2
    case order = 3
    case defect = 4
  }
}
