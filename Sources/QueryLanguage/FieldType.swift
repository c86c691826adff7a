/// What a field holds, as far as comparing and reckoning go.
public enum FieldType: String, Sendable, Hashable, CaseIterable {
  /// Strings; equal or not, without an order.
  case text
  case integer
  /// An amount with its currency.
  case money
  case instant
  case duration
  /// A node of the lifecycle; equal or not, without an order.
  case node
  /// True or false.
  case truth
}

extension FieldType {
  /// How messages call it.
  var shown: String {
    switch self {
    case .text: "text"
    case .integer: "a number"
    case .money: "money"
    case .instant: "an instant"
    case .duration: "a duration"
    case .node: "a status"
    case .truth: "true or false"
    }
  }

  var hasOrder: Bool {
    switch self {
    case .integer, .money, .instant, .duration: true
    case .text, .node, .truth: false
    }
  }
}
