import Testing
import Workload

struct WeightedTableTests {
  @Test func `draws follow the weights and a weight of zero never comes`() {
    var generator = SplitMix64(Seed(3))
    let table = WeightedTable(weights: [3, 0, 1])
    var counts = [0, 0, 0]
    for _ in 0..<8_000 { counts[table.draw(with: &generator)] += 1 }
    #expect((5_800...6_200).contains(counts[0]))
    #expect(counts[1] == 0)
    #expect(counts.reduce(0, +) == 8_000)
  }

  @Test func `the hottest of a thousand sells about twice as much as the second`() {
    var generator = SplitMix64(Seed(3))
    let table = WeightedTable.zipf(count: 1_000)
    var counts = Array(repeating: 0, count: 1_000)
    for _ in 0..<100_000 { counts[table.draw(with: &generator)] += 1 }
    #expect((180...220).contains(counts[0] * 100 / counts[1]))
    #expect(counts[..<100].reduce(0, +) > 60_000)
  }

  @Test func `weights that say nothing are a mistake`() async {
    await #expect(processExitsWith: .failure) { _ = WeightedTable(weights: [0, 0]) }
    await #expect(processExitsWith: .failure) { _ = WeightedTable(weights: []) }
    await #expect(processExitsWith: .failure) { _ = WeightedTable(weights: [2, -1]) }
  }
}
