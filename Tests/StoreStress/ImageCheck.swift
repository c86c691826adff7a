import Foundation
import LMDB
import OrderModel
import OrderStore

/// Opens what a power loss left and asks whether it is what was promised.
struct ImageCheck {
  let day: Day
  let reference: Reference
  let directory: WorkingDirectory
  /// Every so many images the store's whole verification runs too.
  let verifyEvery: Int
  /// A flush failed: the meta page before the newest may be missing, which a review of the pages rightly tells.
  let doubtsOlderMeta: Bool

  /// - Throws: ``Violation`` with its class: `unreadable`, `lost`, `torn`, `counters`, `dead`.
  func run(_ image: CrashPoints.Image) throws {
    let path = directory.file("image.orders")
    Store.remove(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    let written = image.bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    guard written == image.bytes.count else { fatalError("cannot write \(path)") }

    let (commit, content): (Int, UInt64)
    do throws(LMDBError) {
      (commit, content) = try Reference.content(of: path, reviewsPages: !doubtsOlderMeta)
    } catch { throw Violation("unreadable", "\(error)") }
    guard let expected = reference.states[commit] else { throw Violation("torn", "commit \(commit) never was") }
    guard expected.content == content else { throw Violation("torn", "commit \(commit) has another content") }

    let newest = image.acknowledged.sequences.values.max() ?? 0
    guard expected.sequence >= newest else {
      throw Violation("lost", "group \(newest) was acknowledged, the newest there is \(expected.sequence)")
    }
    do {
      let store = try OrderStore.open(path: path, options: Store.options(.commit), clock: { 1 })
      let snapshot = try store.snapshot()
      guard snapshot.sequence == expected.sequence, snapshot.orderCount == expected.orders else {
        throw Violation("torn", "group \(snapshot.sequence) with \(snapshot.orderCount) orders")
      }
      // Reading a level checks its counters.
      for level in try snapshot.stock() where level.counters.available < 0 { throw Violation("counters", "\(level)") }
      for (index, sequence) in image.acknowledged.sequences.sorted(by: { $0.key < $1.key }) {
        guard case .place(let order) = day.commands[index].command else { continue }
        let found = try snapshot.orders(number: order.number)
        guard found.count == 1 else {
          throw Violation("lost", "\(order.number) of group \(sequence) is there \(found.count) times")
        }
      }
      if image.number % verifyEvery == 0 {
        try Store.requireSound(store, directory.path, doubtsOlderMeta: doubtsOlderMeta)
      }
      for (index, sequence) in image.acknowledged.sequences.sorted(by: { $0.key < $1.key }).suffix(2) {
        try Store.requireKnown(day.commands[index], sequence: sequence, in: store)
      }
    } catch let error as StoreError { throw Violation("unreadable", "\(error)") }
    do {
      try Store.requireAlive(path, "one more")
    } catch let error as StoreError { throw Violation("dead", "\(error)") }
  }
}
