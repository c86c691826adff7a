/// In how many parts an order may be sent.
public enum SplitPolicy: Sendable, Hashable {
  /// Each part as soon as it can go.
  case asAvailable
  /// Nothing goes before everything can.
  case complete
  /// At most so many legs, 2 or more.
  case maxLegs(UInt8)

  /// As stored: 0, 1, or the number of legs.
  public var code: Int64 {
    switch self {
    case .asAvailable: 0
    case .complete: 1
    case .maxLegs(let count): Int64(count)
    }
  }

  public init(code: Int64) {
    self = code == 0 ? .asAvailable : code == 1 ? .complete : .maxLegs(UInt8(clamping: code))
  }

  /// Reads `as-available`, `complete` or a number of legs from 2.
  public init?(name: String) {
    switch name.lowercased() {
    case "as-available", "as_available": self = .asAvailable
    case "complete", "ship-complete": self = .complete
    default:
      guard let count = UInt8(name), count >= 2 else { return nil }
      self = .maxLegs(count)
    }
  }

  /// The name in outputs.
  public var name: String {
    switch self {
    case .asAvailable: "as-available"
    case .complete: "complete"
    case .maxLegs(let count): "\(count)"
    }
  }
}
