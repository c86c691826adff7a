import OrderModel
import OrderStore
import Testing

@Suite(.tags(.differential))
struct LagTests {
  /// What a run answered and left.
  private struct Outcome {
    var answers: [Result<Receipt, Refusal>] = []
    var content: StoreContent
    var hash: String
  }

  private func run(
    seed: UInt64, count: Int, lag: OrderStore.Options.Lag, isDisturbed: Bool = false
  ) throws -> Outcome {
    let test = try TestStore(lag: lag)
    var maker = CommandMaker(seed: seed)
    var disturbance = SeededGenerator(seed: seed &+ 1)
    // Commits are the same in every run; folding and reopening come between.
    var sizes = SeededGenerator(seed: seed &+ 2)
    var answers: [Result<Receipt, Refusal>] = []
    while answers.count < count {
      let size = min(count - answers.count, Int.random(in: 1...12, using: &sizes))
      test.clock.now += 1_000
      answers += try test.store.submit((0..<size).map { _ in maker.next() })
      guard isDisturbed else { continue }
      switch Int.random(in: 0..<40, using: &disturbance) {
      case 0..<3: try test.store.fold()
      case 3: try test.reopen()
      default: break
      }
    }
    let content = try StoreContent(try test.snapshot())
    let hash = try test.expectSound().contentHash
    try test.reopen()
    #expect(try StoreContent(try test.snapshot()) == content, "folding at the end changed something")
    return Outcome(answers: answers, content: content, hash: hash)
  }

  @Test(arguments: [1, 20_260_301] as [UInt64])
  func `when facts are folded changes nothing that can be read`(seed: UInt64) throws {
    let reference = try run(seed: seed, count: 3_000, lag: .none)
    // The list is worth something only when it is accepted and refused in good parts.
    let refused = reference.answers.filter { if case .failure = $0 { true } else { false } }.count
    #expect((300..<2_000).contains(refused), "\(refused) of 3,000 refused")
    #expect(reference.content.extent.counts.allSatisfy { $0 > 0 })
    for (lag, isDisturbed) in [
      (.bytes(2_000), false), (.unbounded, false), (.bytes(2_000), true), (.unbounded, true),
    ] as [(OrderStore.Options.Lag, Bool)] {
      let other = try run(seed: seed, count: 3_000, lag: lag, isDisturbed: isDisturbed)
      #expect(other.answers == reference.answers, "answers differ with lag \(lag)")
      #expect(other.content.extent == reference.content.extent, "lag \(lag)")
      #expect(other.content.stock == reference.content.stock, "lag \(lag)")
      let difference = zip(other.content.orders, reference.content.orders).first { $0 != $1 }
      #expect(difference == nil, "lag \(lag)")
      #expect(other.content == reference.content, "columns differ with lag \(lag)")
      #expect(other.hash == reference.hash, "lag \(lag)")
    }
  }

  @Test func `other commands leave another hash`() throws {
    let first = try run(seed: 7, count: 50, lag: .none)
    let second = try run(seed: 7, count: 70, lag: .none)
    #expect(first.hash != second.hash)
  }
}
