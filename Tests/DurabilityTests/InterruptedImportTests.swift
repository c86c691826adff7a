import Foundation
import Testing

/// 130 and 143: an import that is asked to stop finishes its batch, says what it did, and goes on later.
@Suite(.serialized)
struct InterruptedImportTests {
  @Test(arguments: [SIGINT, SIGTERM])
  func `an import asked to stop ends cleanly, and run again ends in the same store`(signal: Int32) throws {
    let shop = try ShopFolder(orders: 8_000)
    let whole = try shop.store("whole.orders")
    let start = Date.now
    #expect(try ToolProcess.run(shop.importArguments(whole)).status == 0)
    let duration = Date.now.timeIntervalSince(start)
    let expected = try ShopFolder.verify(whole)

    // Where the machine was quicker this time nothing was left to stop; then a new store, and earlier.
    var store = ""
    var stopped: ToolProcess.Result?
    for part in [0.5, 0.25, 0.12, 0.06, 0.03] where stopped?.status != 128 + signal {
      store = try shop.store("stopped-\(part).orders")
      let (process, pipe) = try hearing(signal) { try ToolProcess.start(shop.importArguments(store)) }
      Thread.sleep(forTimeInterval: duration * part)
      kill(process.processIdentifier, signal)
      stopped = ToolProcess.finish(process, pipe)
    }
    #expect(stopped?.status == 128 + signal, "\(stopped?.output ?? "")")
    #expect(stopped?.output.contains("imported") == true)
    #expect(try ShopFolder.verify(store).status == 0)
    #expect(try ToolProcess.run(shop.importArguments(store)).status == 0)
    let found = try ShopFolder.verify(store)
    #expect(found.values["content_hash"] == expected.values["content_hash"])
  }

  /// Starts something on a thread that lets the signal in: a child inherits what its parent's thread blocks, and threads
  /// of a pool block most.
  private func hearing<Started>(_ signal: Int32, _ start: () throws -> Started) rethrows -> Started {
    var (wanted, before) = (sigset_t(), sigset_t())
    sigemptyset(&wanted)
    sigaddset(&wanted, signal)
    pthread_sigmask(SIG_UNBLOCK, &wanted, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try start()
  }
}
