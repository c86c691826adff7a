import Dispatch
import OrderModel
import OrderStore
import Synchronization
import Testing

/// Many callers, one writer: commands share commits and each gets its own answer.
struct GroupCommitTests {
  @Test func `every caller gets the receipt of its own command`() throws {
    let shop = try TestShop()
    let store = shop.store
    let receipts = Mutex<[Int: Receipt]>([:])
    DispatchQueue.concurrentPerform(iterations: 32) { caller in
      for number in 0..<25 {
        let receipt = try? store.submit(.place(order("\(caller)-\(number)")))
        receipts.withLock { $0[caller * 100 + number] = receipt }
      }
    }
    let all = receipts.withLock { $0 }
    #expect(all.count == 800)
    let snapshot = try store.snapshot()
    #expect(snapshot.orderCount == 800)
    for (index, receipt) in all {
      let id = try #require(receipt.order)
      let stored = try #require(try snapshot.order(id))
      #expect(stored.number == "\(index / 100)-\(index % 100)" && stored.sequence == receipt.sequence)
    }
    #expect(try shop.verify().findings == [])
  }

  @Test func `what waits while a commit runs goes into one group`() async throws {
    let directory = TemporaryDirectory()
    // The clock is read at each commit's beginning: there the writer waits until all have queued.
    let gate = DispatchSemaphore(value: 0)
    let isFirst = Mutex(true)
    let store = try OrderStore.create(
      path: directory.file(), options: .quick(),
      clock: {
        if isFirst.withLock({ first in
          defer { first = false }; return first
        }) {
          gate.wait()
        }
        return 1
      })
    let started = TestClock(0)
    let sequences = await withTaskGroup(of: UInt64?.self) { tasks in
      for number in 0..<50 {
        tasks.addTask {
          started.advance()
          return try? await store.submit(.place(order("\(number)"))).sequence
        }
      }
      while started.now < 50 { await Task.yield() }
      try? await Task.sleep(for: .milliseconds(50))
      gate.signal()
      return await tasks.reduce(into: [UInt64?]()) { $0.append($1) }
    }
    #expect(sequences.count == 50 && sequences.allSatisfy { $0 != nil })
    // The one that came first, and all others in as few groups as the queue was emptied.
    #expect(Set(sequences).count <= 3)
    #expect(try store.snapshot().sequence == UInt64(Set(sequences).count))
  }

  @Test func `commands of one caller are judged in their order, each on what the others left`() throws {
    let shop = try TestShop()
    let results = try shop.store.submit([
      Submission(.receive(StockReceipt(sku: "TEA", location: "north", quantity: 3, occurredAt: instant(0)))),
      Submission(.place(order("A-1", [line("TEA", 2)]))), Submission(.place(order("A-2", [line("TEA", 2)]))),
      Submission(.reserve(operation("A-1"))), Submission(.reserve(operation("A-2"))),
      Submission(.place(order("A-1", [line("TEA", 2)]))), Submission(.release(operation("A-1"))),
      Submission(.reserve(operation("A-2"))),
    ])
    #expect(results[4] == .failure(.oversold(sku: "TEA", location: "north", requested: 2, available: 1)))
    #expect(try results[5].get().outcome == .unchanged)
    #expect(try results[7].get().outcome == .updated)
    #expect(try shop.store.snapshot().sequence == 1)
    #expect(try shop.store.submit([]).isEmpty)
  }

  @Test func `the last units are promised once, however many want them`() throws {
    let shop = try TestShop()
    let stock = 137
    try shop.receive("TEA", Int64(stock))
    let store = shop.store
    let callers = 400
    for number in 0..<callers { try shop.place("\(number)", [line("TEA", 1)]) }
    let outcomes = Mutex<(won: Int, lost: Int, other: Int)>((0, 0, 0))
    DispatchQueue.concurrentPerform(iterations: callers) { number in
      do throws(StoreError) {
        try store.submit(.reserve(operation("\(number)")))
        outcomes.withLock { $0.won += 1 }
      } catch {
        outcomes.withLock {
          if case .refused(.oversold(_, _, requested: 1, available: 0)) = error { $0.lost += 1 } else { $0.other += 1 }
        }
      }
    }
    #expect(outcomes.withLock { $0 } == (stock, callers - stock, 0))
    let level = try #require(try shop.level("TEA"))
    #expect(level.counters.reserved == Int64(stock) && level.counters.available == 0)
    #expect(try shop.verify().findings == [])
  }

  @Test func `two handles of one store promise the last units once`() throws {
    let shop = try TestShop()
    let other = try OrderStore.open(path: shop.directory.file(), options: .quick(), clock: { 1 })
    try shop.receive("TEA", 50)
    for number in 0..<200 { try shop.place("\(number)", [line("TEA", 1)]) }
    let stores = [shop.store, other]
    let won = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 200) { number in
      if (try? stores[number % 2].submit(.reserve(operation("\(number)")))) != nil { won.withLock { $0 += 1 } }
    }
    #expect(won.withLock { $0 } == 50)
    #expect(try other.snapshot().stock() == shop.store.snapshot().stock())
    #expect(try shop.verify().findings == [])
    try other.close()
  }
}
