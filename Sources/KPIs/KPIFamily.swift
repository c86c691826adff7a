/// Key figures of one id: the variants of a name.
public struct KPIFamily: Sendable {
  /// `K10`.
  public let id: String
  /// `on_time_delivery`.
  public let slug: String
  /// Whether the bare name is refused because its meanings are of equal right.
  public let needsVariant: Bool
  /// At least one; of a family that does not need a variant, the bare name means the first.
  public let variants: [any KPI]
  /// How a variant with a number in its name is written, `window-W`; nil where there is none.
  public let pattern: String?
  /// Makes such a variant; nil for a name that is none.
  let made: @Sendable (String) -> (any KPI)?

  init(
    needsVariant: Bool = false, _ variants: [any KPI], pattern: String? = nil,
    made: @escaping @Sendable (String) -> (any KPI)? = { _ in nil }
  ) {
    let definition = variants[0].definition
    (id, slug) = (definition.id, definition.slug)
    self.needsVariant = needsVariant
    self.variants = variants
    self.pattern = pattern
    self.made = made
  }

  /// The names of the variants, with the pattern last; empty when the figure has one meaning only.
  public var variantNames: [String] {
    let names = variants.map(\.definition.variant).filter { !$0.isEmpty }
    guard let pattern else { return names }
    let prefix = pattern.prefix { $0 != "W" }
    return names.filter { !$0.hasPrefix(prefix) } + [pattern]
  }
}
