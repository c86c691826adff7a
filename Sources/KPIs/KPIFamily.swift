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
  /// How variants with numbers in their names are written, `window-W`, capital letters standing for the numbers.
  public let patterns: [String]
  /// Makes such a variant; nil for a name that is none.
  let made: @Sendable (String) -> (any KPI)?

  init(
    needsVariant: Bool = false, _ variants: [any KPI], patterns: [String] = [],
    made: @escaping @Sendable (String) -> (any KPI)? = { _ in nil }
  ) {
    let definition = variants[0].definition
    (id, slug) = (definition.id, definition.slug)
    self.needsVariant = needsVariant
    self.variants = variants
    self.patterns = patterns
    self.made = made
  }

  /// The names of the variants, with the patterns last; empty when the figure has one meaning only. A variant that a
  /// pattern stands for is left out.
  public var variantNames: [String] {
    let names = variants.map(\.definition.variant).filter { !$0.isEmpty }
    let prefixes = patterns.map { $0.prefix { !$0.isUppercase } }
    return names.filter { name in !prefixes.contains { name.hasPrefix($0) } } + patterns
  }
}
