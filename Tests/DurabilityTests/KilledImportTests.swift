import Foundation
import Testing

@Suite(.serialized)
struct KilledImportTests {
  @Test func `an import killed at any moment and run again ends in the same store`() throws {
    let shop = try ShopFolder(orders: 6_000)
    let whole = try shop.store("whole.orders")
    let start = Date.now
    #expect(try ToolProcess.run(shop.importArguments(whole)).status == 0)
    let duration = Date.now.timeIntervalSince(start)
    let expected = try ShopFolder.verify(whole)
    #expect(expected.status == 0)
    #expect(expected.values["orders"] == "6000")

    let seed: UInt64 = 20_261_124
    var random = Seeded(seed)
    var killed = 0
    for round in 0..<(20 * longFactor) {
      let store = try shop.store("killed-\(round).orders")
      // Killed once or twice, then left to finish.
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let (process, pipe) = try ToolProcess.start(shop.importArguments(store))
        Thread.sleep(forTimeInterval: Double.random(in: 0...duration, using: &random))
        kill(process.processIdentifier, SIGKILL)
        if ToolProcess.finish(process, pipe).isKilled { killed += 1 }
        let after = try ShopFolder.verify(store)
        #expect(after.status == 0, "seed \(seed), round \(round): \(after.output)")
      }
      let last = try ToolProcess.run(shop.importArguments(store))
      #expect(last.status == 0, "seed \(seed), round \(round): \(last.output)")
      let found = try ShopFolder.verify(store)
      #expect(found.status == 0)
      #expect(found.values["content_hash"] == expected.values["content_hash"], "seed \(seed), round \(round)")
      try? FileManager.default.removeItem(atPath: store)
    }
    #expect(killed > 10, "too few imports were still running when they were killed: \(killed)")
    print("killed \(killed) imports, 0 differences")
  }

  @Test func `two imports of one file at once double nothing`() throws {
    let shop = try ShopFolder(orders: 4_000)
    let alone = try shop.store("alone.orders")
    try ToolProcess.run(shop.importArguments(alone))
    let shared = try shop.store("shared.orders")
    let first = try ToolProcess.start(shop.importArguments(shared))
    let second = try ToolProcess.start(shop.importArguments(shared))
    let results = [ToolProcess.finish(first.process, first.output), ToolProcess.finish(second.process, second.output)]
    for result in results { #expect(result.status == 0, "\(result.output)") }
    let (found, expected) = (try ShopFolder.verify(shared), try ShopFolder.verify(alone))
    #expect(found.status == 0, "\(found.output)")
    for name in ["orders", "lines", "events"] { #expect(found.values[name] == expected.values[name]) }
  }

  @Test func `a store that took a kill takes one more order`() throws {
    let shop = try ShopFolder(orders: 3_000)
    let store = try shop.store("one-more.orders")
    let (process, pipe) = try ToolProcess.start(shop.importArguments(store))
    Thread.sleep(forTimeInterval: 0.4)
    kill(process.processIdentifier, SIGKILL)
    _ = ToolProcess.finish(process, pipe)
    let put = try ToolProcess.run(["--store", store, "order", "put", "X-1", "--line", "SKU-1:1:2.50"])
    #expect(put.status == 0, "\(put.output)")
    #expect(try ShopFolder.verify(store).status == 0)
    #expect(try ToolProcess.run(["--store", store, "track", "X-1"]).output.contains("X-1"))
  }
}
