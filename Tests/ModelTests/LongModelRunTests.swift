import Foundation
import ShopTrial
import Synchronization
import Testing

/// The slow form. `ORDERBASE_MODEL_SEEDS` and `ORDERBASE_MODEL_COMMANDS` make it longer; built for release, `shop-trial
/// model SEEDS COMMANDS` does the same some twenty times as fast.
struct LongModelRunTests {
  private static func number(_ name: String, _ usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
  }

  @Test func `no command of any kind brings the store and the model apart`() throws {
    let seeds = UInt64(Self.number("ORDERBASE_MODEL_SEEDS", 8))
    let told = Mutex<[String]>([])
    let run = try ModelRun.run(seeds: 100..<(100 + seeds), commands: Self.number("ORDERBASE_MODEL_COMMANDS", 2_000)) {
      line in told.withLock { $0.append(line) }
    }
    #expect(run.differences == 0, "\(told.withLock { $0.joined(separator: "\n") })")
    let kinds = [
      "adjust", "allocate", "approve", "block", "cancel", "cap", "claim", "count", "edit", "endClaim", "exception",
      "expect", "expire", "giveBack", "grantCredit", "hold", "kit shipped", "note", "parcel", "pay", "place", "presale",
      "receive", "record", "refund", "registerCustomer", "registerSKU", "release", "reserve", "ship", "shortPick",
      "transfer", "void",
    ]
    for kind in kinds { #expect(run.accepted[kind, default: 0] > 0, "no \(kind) was ever accepted") }
  }
}
