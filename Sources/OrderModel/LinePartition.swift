/// What became of the units of an order line: every one is in exactly one place.
///
/// - Invariant: `ordered = cancelled + unreserved + backordered + presold + reserved + shipped` with no part negative;
///   `shipped >= delivered + lost + returnedToOrigin`; `delivered >= requested >= authorised`;
///   `authorised + returnedToOrigin >= returned = restocked + quarantined + scrapped`. A change that would break it
///   throws and changes nothing.
public struct LinePartition: Sendable, Hashable {
  /// Units ordered.
  public private(set) var ordered: Int64
  private var counts = LineCounts()

  /// Units nobody has done anything for yet.
  public var unreserved: Int64 {
    ordered - self[.cancelled] - self[.backordered] - self[.presold] - self[.reserved] - self[.shipped]
  }
  /// Units still to be shipped.
  public var open: Int64 { ordered - self[.cancelled] - self[.shipped] }
  /// Units with a carrier.
  public var underway: Int64 { self[.shipped] - self[.delivered] - self[.lost] - self[.returnedToOrigin] }

  /// A line of which nothing has happened yet.
  public init(ordered: Int64) { self.ordered = ordered }

  /// The line as stored; nil when it breaks the invariant.
  ///
  /// - Parameter value: The stored value of each counter.
  public init?<Failure: Error>(
    ordered: Int64, _ value: (LineCounter) throws(Failure) -> Int64
  ) throws(Failure) {
    self.ordered = ordered
    for counter in LineCounter.allCases { counts[counter] = try value(counter) }
    guard broken == nil else { return nil }
  }

  public subscript(counter: LineCounter) -> Int64 { counts[counter] }

  /// Moves `quantity` units the way of `kind`; the way back when negative.
  public mutating func apply(_ kind: MovementKind, _ quantity: Int64) throws(PartitionError) {
    var changed = self
    for change in kind.effects.line {
      guard quantity.magnitude < 1 << 40 else { throw .init(requested: quantity, possible: unreserved) }
      changed.counts[change.counter] += quantity * change.sign
    }
    if let possible = changed.broken {
      throw PartitionError(requested: quantity, possible: max(0, quantity + possible))
    }
    self = changed
  }

  /// Ends `quantity` of the units that nobody has done anything for.
  public mutating func cancel(_ quantity: Int64) throws(PartitionError) {
    guard quantity >= 0, quantity <= unreserved else {
      throw PartitionError(requested: quantity, possible: unreserved)
    }
    counts[.cancelled] += quantity
  }

  /// Orders `quantity` more.
  public mutating func extend(_ quantity: Int64) { ordered += quantity }

  /// The part that is short, as a negative number; nil when the invariant holds.
  private var broken: Int64? {
    var worst = min(unreserved, underway)
    for counter in LineCounter.allCases { worst = min(worst, self[counter]) }
    worst = min(worst, self[.delivered] - self[.requested], self[.requested] - self[.authorised])
    worst = min(worst, self[.authorised] + self[.returnedToOrigin] - self[.returned])
    if worst < 0 { return worst }
    let rest = self[.returned] - self[.restocked] - self[.quarantined] - self[.scrapped]
    return rest == 0 ? nil : -abs(rest)
  }
}

extension LinePartition: CustomStringConvertible {
  /// The units ordered and each part that is not 0.
  public var description: String {
    let parts = LineCounter.allCases.filter { self[$0] != 0 }.map { "\($0.name) \(self[$0])" }
    return (["ordered \(ordered)"] + parts).joined(separator: ", ")
  }
}

/// Fewer units are in the state that a movement takes them from.
public struct PartitionError: Error, Sendable, Hashable {
  public var requested: Int64
  public var possible: Int64
}

/// One number for each ``LineCounter``.
private struct LineCounts: Sendable, Hashable {
  private var values = InlineArray<14, Int64>(repeating: 0)

  subscript(counter: LineCounter) -> Int64 {
    get { values[Int(counter.rawValue)] }
    set { values[Int(counter.rawValue)] = newValue }
  }

  static func == (left: LineCounts, right: LineCounts) -> Bool {
    LineCounter.allCases.allSatisfy { left[$0] == right[$0] }
  }

  func hash(into hasher: inout Hasher) {
    for counter in LineCounter.allCases { hasher.combine(self[counter]) }
  }
}
