public import OrderModel

/// What a command would do: nothing of it is written.
public struct Rehearsal: Sendable, Hashable {
  /// The receipt that the command would get now. What others write meanwhile may change it.
  public var receipt: Receipt
  /// The facts it would become, named as in the change feed; `recordedAt` is that of the newest group there is. Personal
  /// data stands outside the log and is not among them.
  public var changes: [ChangeRecord]
}
