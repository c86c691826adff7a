import Testing
import Workload

struct SeedTests {
  @Test func `each purpose and member has a seed of its own`() {
    var seeds: Set<Seed> = []
    for purpose in [Seed.Purpose.catalogue, .customer, .order, .defect] {
      for number in 0..<1_000 as Range<UInt64> { seeds.insert(Seed(42).derived(for: purpose, number)) }
    }
    #expect(seeds.count == 4_000)
    #expect(Seed(42).derived(for: .order, 7) == Seed(42).derived(for: .order, 7))
    #expect(Seed(42).derived(for: .order, 7) != Seed(43).derived(for: .order, 7))
  }
}
