/// What is wrong with stored bytes, and where.
package enum Damage: Error, Sendable, Hashable {
  case truncated(offset: Int)
  case malformed(offset: Int, String)
  /// A checksum, count or reference does not hold; `place` names the structure and key.
  case inconsistent(place: String, String)
}

extension Damage: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated(let offset): "ends early at byte \(offset)"
    case .malformed(let offset, let what): "\(what) at byte \(offset)"
    case .inconsistent(let place, let what): "\(place): \(what)"
    }
  }
}
