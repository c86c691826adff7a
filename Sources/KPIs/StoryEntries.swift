import Columns
import OrderModel

/// An entry of a timeline, of those that figures look at one by one.
struct StoryEntry: Sendable, Hashable {
  /// Order row, event row.
  var order: UInt32
  var row: UInt32
  var kind: EventKind
  /// A raw ``HoldKind`` or ``ExceptionKind``, which part an edit changed, or of a passage the raw ``Node``.
  var subject: UInt8
  var side: UInt8
  var isHuman: Bool
  /// Whether its reason is `entry`.
  var isEntryReason: Bool
  var instant: Int64
  var before, after: Int64

  /// Units that an edit ordered fewer, or gave way to another article.
  var editedAway: Int64 {
    guard kind == .edited else { return 0 }
    return switch subject {
    case Self.quantity: max(0, before - after)
    case Self.substitute: after
    default: 0
    }
  }

  /// What an edit changed, as the store writes it.
  private static let quantity: UInt8 = 1
  private static let substitute: UInt8 = 3
}

/// The entries that figures look at one by one: holds, exceptions, edits, cancellations of parts. They are few.
struct StoryEntries: Sendable {
  private(set) var entries: [StoryEntry] = []
  private let kinds: Set<EventKind>
  private let nodes: Set<Node>
  private let wantedKinds: UInt64
  private let wantedNodes: UInt64

  static let fields: [EventField] = [
    .order, .kind, .subject, .node, .occurredAt, .actor, .reason, .side, .before, .after, .voided,
  ]

  /// - Parameters:
  ///   - kinds: Wanted beside passages.
  ///   - nodes: Whose passages are wanted.
  init(kinds: Set<EventKind>, nodes: Set<Node>) {
    (self.kinds, self.nodes) = (kinds, nodes)
    wantedKinds = kinds.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    wantedNodes = nodes.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
  }

  var isEmpty: Bool { wantedKinds == 0 && wantedNodes == 0 }

  mutating func add(_ batch: Batch<EventField>, _ words: StoryWords) {
    if isEmpty { return }
    let (kinds, nodes, voided) = (batch[.kind], batch[.node], batch[.voided])
    var rows: [Int] = []
    for row in 0..<batch.count where voided[row] == 0 {
      let kind = UInt64(bitPattern: kinds[row])
      let isWanted =
        kind == 0 ? wantedNodes & (1 << UInt64(bitPattern: nodes[row])) != 0 : wantedKinds & (1 << kind) != 0
      if isWanted { rows.append(row) }
    }
    if rows.isEmpty { return }
    let (orders, subjects, sides) = (batch[.order], batch[.subject], batch[.side])
    let (instants, actors, reasons) = (batch[.occurredAt], batch[.actor], batch[.reason])
    let (befores, afters) = (batch[.before], batch[.after])
    for row in rows {
      guard let kind = EventKind(rawValue: UInt8(truncatingIfNeeded: kinds[row])) else { continue }
      entries.append(
        StoryEntry(
          order: UInt32(orders[row]), row: UInt32(batch.firstRow + row), kind: kind,
          subject: UInt8(truncatingIfNeeded: kind == .passed ? nodes[row] : subjects[row]),
          side: UInt8(truncatingIfNeeded: sides[row]), isHuman: words.isHuman(actors[row]),
          isEntryReason: reasons[row] == words.entryReason, instant: instants[row], before: befores[row],
          after: afters[row]))
    }
  }

  mutating func append(_ other: StoryEntries) { entries += other.entries }

  /// Sorts by order, and in each order by instant, what was recorded first coming first.
  mutating func sort() {
    entries.sort { ($0.order, $0.instant, $0.row) < ($1.order, $1.instant, $1.row) }
  }

  /// The entries of some orders, once sorted, one order after another.
  func slice(_ orders: Range<Int>) -> ArraySlice<StoryEntry> {
    entries[first(orders.lowerBound)..<first(orders.upperBound)]
  }

  /// Calls `body` with each of some orders that has entries, and with these.
  func forEachOrder(_ orders: Range<Int>, _ body: (Int, ArraySlice<StoryEntry>) -> Void) {
    let all = slice(orders)
    var start = all.startIndex
    while start < all.endIndex {
      var end = start + 1
      while end < all.endIndex, all[end].order == all[start].order { end += 1 }
      body(Int(all[start].order), all[start..<end])
      start = end
    }
  }

  private func first(_ order: Int) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(entries[middle].order) >= order { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// What the words of actors and reasons mean to figures.
public struct StoryWords: Sendable, Hashable {
  /// Whether the actor of each code is a person; code 0 is nobody.
  public var humans: [Bool]
  /// The code of the reason `entry`; −1 when it was never said.
  public var entryReason: Int64

  public init(humans: [Bool] = [false], entryReason: Int64 = -1) {
    (self.humans, self.entryReason) = (humans, entryReason)
  }

  func isHuman(_ actor: Int64) -> Bool { humans[Int(actor)] }
}
