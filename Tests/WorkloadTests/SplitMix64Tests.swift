import Testing
import Workload

struct SplitMix64Tests {
  @Test func `the numbers are those of the reference code`() {
    var generator = SplitMix64(Seed(1_234_567))
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func `a bounded number stays in its bounds and reaches both ends`() {
    var generator = SplitMix64(Seed(7))
    let numbers = (0..<1_000).map { _ in generator.within(3...6) }
    #expect(Set(numbers) == [3, 4, 5, 6])
    #expect((0..<100).allSatisfy { _ in generator.below(1) == 0 })
  }

  @Test func `an event of one in four comes about once in four times`() {
    var generator = SplitMix64(Seed(7))
    let hits = (0..<10_000).count { _ in generator.happens(2_500) }
    #expect((2_350...2_650).contains(hits))
    #expect(!(0..<100).contains { _ in generator.happens(0) })
    #expect((0..<100).allSatisfy { _ in generator.happens(10_000) })
  }

  @Test func `nothing lies below zero`() async {
    await #expect(processExitsWith: .failure) {
      var generator = SplitMix64(Seed(7))
      _ = generator.below(0)
    }
  }
}
