import Foundation
import OrderModel
import OrderStore
import Testing

/// What a command would do is what it then does, and nothing is written before.
struct RehearsalTests {
  @Test(arguments: [OrderStore.Options.Lag.none, .bytes(2_000), .unbounded])
  func `a rehearsal tells the receipt and the facts of the real command, and leaves no trace`(
    lag: OrderStore.Options.Lag
  ) throws {
    let shop = try TestShop(lag)
    var told = 0
    for submission in LagTests.everyKind(400, seed: 3) {
      let before = try shop.store.snapshot().sequence
      let rehearsed = Result {
        try shop.store.rehearse(
          submission.command, idempotencyKey: submission.idempotencyKey, ifVersion: submission.ifVersion)
      }
      #expect(try shop.store.snapshot().sequence == before)
      let real = try shop.store.submit([submission])[0]
      switch (rehearsed, real) {
      case (.success(let rehearsal), .success(let receipt)):
        #expect(rehearsal.receipt == receipt)
        var changes: [ChangeRecord] = []
        try shop.store.snapshot().forEachChange(from: before + 1) { changes.append($0) }
        for index in changes.indices { changes[index].recordedAt = instant(0) }
        var rehearsed = rehearsal.changes
        for index in rehearsed.indices { rehearsed[index].recordedAt = instant(0) }
        #expect(rehearsed == changes)
        told += changes.count
      case (.failure(let error as StoreError), .failure(let refusal)): #expect(error == .refused(refusal))
      default: Issue.record("\(submission.command): \(rehearsed), then \(real)")
      }
    }
    #expect(told > 300)
    #expect(try shop.verify().findings == [])
  }

  @Test func `a rehearsal among commands changes nothing of what they do`() throws {
    let (plain, rehearsed) = (try TestShop(.bytes(3_000)), try TestShop(.bytes(3_000)))
    let submissions = LagTests.everyKind(300, seed: 8)
    for (index, submission) in submissions.enumerated() {
      // What others ask for, too: their cells and words are not remembered.
      let other = submissions[(index * 7 + 13) % submissions.count]
      _ = try? rehearsed.store.rehearse(other.command, idempotencyKey: other.idempotencyKey)
      _ = try plain.store.submit([submission])
      _ = try rehearsed.store.submit([submission])
    }
    #expect(try plain.verify().contentHash == (try rehearsed.verify().contentHash))
  }

  @Test func `personal data is not written either`() throws {
    let shop = try TestShop()
    try shop.submit(.registerCustomer(CustomerIdentity(key: "c", phone: "1")))
    let hash = try shop.verify().contentHash
    let rehearsal = try shop.store.rehearse(.registerCustomer(CustomerIdentity(key: "c", phone: "2")))
    #expect(rehearsal.receipt.outcome == .updated && rehearsal.changes == [])
    #expect(try shop.verify().contentHash == hash)
  }

  @Test func `no byte of the file changes`() throws {
    let shop = try TestShop(.unbounded)
    try shop.place("A")
    let path = shop.directory.file()
    let before = try Data(contentsOf: URL(filePath: path))
    _ = try shop.store.rehearse(.place(order("B")))
    #expect(throws: StoreError.refused(.unknownOrder("C"))) {
      try shop.store.rehearse(.note(OrderNote(order: .named("C"), text: "x", occurredAt: instant(1))))
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }
}
