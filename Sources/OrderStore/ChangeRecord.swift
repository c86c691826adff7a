internal import ColumnStore
public import OrderModel

/// One fact of the log in the words of the model, for those who follow the store.
public struct ChangeRecord: Sendable, Hashable {
  /// A value of a change.
  public enum Value: Sendable, Hashable {
    case text(String)
    case integer(Int64)
  }

  /// The group it belongs to. Resume behind the last one that was read whole.
  public var sequence: UInt64
  public var recordedAt: Instant
  /// `order` and the `order_line`s behind it, `event`, `order_change`, `leg`, `payment`, `line_cancelled`,
  /// `line_location`, `stock_cell`, `movement`, `sku`, `kit_component`, `cap`, `cap_limit`, `cap_taken`, `customer`, `customer_grade`, `credit` and its
  /// `credit_line`s, `idempotency_key`.
  public var kind: String
  /// Names and values in a stable order; what is absent is left out.
  public var fields: [Field]

  public struct Field: Sendable, Hashable {
    public var name: String
    public var value: Value

    public init(_ name: String, _ value: Value) { (self.name, self.value) = (name, value) }
  }
}
