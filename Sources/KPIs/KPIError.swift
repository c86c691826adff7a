/// Why there is no such key figure, or no such answer.
public enum KPIError: Error, Sendable, Hashable {
  /// No figure of that name; the names that come nearest.
  case unknown(name: String, suggestions: [String])
  /// The figure has several meanings of equal right and none was chosen.
  case ambiguous(id: String, variants: [String])
  /// The figure has no variant of that name.
  case unknownVariant(id: String, variant: String, variants: [String])
  /// A sum, or a fraction in lowest terms, does not fit 64 bits.
  case overflow(kpi: String)
  /// The figure is an average over a period and needs one with both ends, the first before the second.
  case needsPeriod(kpi: String)
}

extension KPIError: CustomStringConvertible {
  /// One line: what happened, with the values, then what to do.
  public var description: String {
    switch self {
    case .unknown(let name, let suggestions):
      suggestions.isEmpty
        ? "no key figure '\(name)'; list them with --all"
        : "no key figure '\(name)'; did you mean \(suggestions.joined(separator: ", "))?"
    case .ambiguous(let id, let variants):
      "\(id) has several meanings; choose one of \(variants.map { "\(id):\($0)" }.joined(separator: ", "))"
    case .unknownVariant(let id, let variant, let variants):
      variants.isEmpty
        ? "\(id) has no variants; leave ':\(variant)' away"
        : "\(id) has no variant '\(variant)'; choose one of \(variants.map { "\(id):\($0)" }.joined(separator: ", "))"
    case .overflow(let kpi): "\(kpi) exceeds 64 bits; ask for a shorter period or fewer orders"
    case .needsPeriod(let kpi): "\(kpi) is an average over time; give a period with both ends"
    }
  }
}
