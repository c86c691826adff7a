/// The store's answer to an accepted command.
public struct Receipt: Sendable, Hashable {
  /// What the command changed.
  public enum Outcome: UInt8, Sendable, Hashable {
    /// The store did not know it before.
    case created = 1
    /// Known, and something new was added.
    case updated = 2
    /// Known, and nothing was new: nothing was written.
    case unchanged = 3
  }

  public var outcome: Outcome
  /// The sequence of the group that first held it.
  public var sequence: UInt64
  /// The order it concerns, if one.
  public var order: OrderID?
  /// The order's version after the command, for ``Submission/ifVersion``; 0 where no order is concerned, or a replay
  /// answered.
  public var version: UInt64 = 0

  public init(outcome: Outcome, sequence: UInt64, order: OrderID?) {
    self.outcome = outcome
    self.sequence = sequence
    self.order = order
  }
}
