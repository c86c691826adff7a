import ShopTrial
import Testing

/// The quick form; the long one is in `LongModelRunTests` and in `shop-trial model`.
struct ModelRunTests {
  @Test(arguments: [1, 3, 4, 5, 6, 7] as [UInt64])
  func `random commands leave the store where a plain model says`(seed: UInt64) throws {
    let outcome = try ModelRun(seed: seed, commands: 400, comparedEvery: 100).run()
    #expect(outcome.difference == nil)
    let accepted = outcome.accepted.values.reduce(0, +)
    #expect(accepted > 100 && accepted < 350, "the commands are neither all good nor all bad: \(accepted)")
  }
}
