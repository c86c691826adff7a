/// An article that a kit consists of.
///
/// A kit is a SKU that is sold under its own price and number and taken from the stock of its components: all of them at
/// one location, or none. It has no stock of its own, and its components never change: another set is another SKU.
public struct KitComponent: Sendable, Hashable {
  /// A counted SKU that is no kit itself.
  public var sku: String
  /// Units of it in one kit, at least 1.
  public var quantity: Int64

  public init(sku: String, quantity: Int64) {
    (self.sku, self.quantity) = (sku, quantity)
  }
}

/// Why a SKU cannot be the kit that was asked for.
public enum KitFault: Sendable, Hashable {
  /// A component is a kit, or the SKU is a component of one.
  case nested(String)
  /// A component is named twice.
  case repeated(String)
  /// Stock of the SKU itself is counted.
  case counted
  /// It is a kit of other components.
  case fixed
}

extension KitFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .nested(let sku): "'\(sku)' is a kit or part of one, and kits do not nest"
    case .repeated(let sku): "component '\(sku)' is named twice"
    case .counted: "it is counted itself; give the kit a SKU of its own"
    case .fixed: "it consists of other components already; give the other set a SKU of its own"
    }
  }
}
