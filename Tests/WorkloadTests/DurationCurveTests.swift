import Testing
import Workload

struct DurationCurveTests {
  @Test func `half of all draws lie below the median and the tail is long but bounded`() {
    var generator = SplitMix64(Seed(1))
    let draws = (0..<10_000).map { _ in DurationCurve.work.draw(median: 1_600, with: &generator) }.sorted()
    #expect((1_500...1_700).contains(draws[5_000]))
    #expect(draws[0] >= 300)
    #expect(draws[9_900] > 8_000)
    #expect(draws[9_999] <= 20_000)
  }

  @Test func `travel varies less than work`() {
    var generator = SplitMix64(Seed(1))
    let draws = (0..<10_000).map { _ in DurationCurve.travel.draw(median: 1_600, with: &generator) }
    #expect(draws.allSatisfy { (1_100...4_800).contains($0) })
  }

  @Test func `a step without a median takes no time`() {
    var generator = SplitMix64(Seed(1))
    #expect(DurationCurve.work.draw(median: 0, with: &generator) == 0)
  }
}
