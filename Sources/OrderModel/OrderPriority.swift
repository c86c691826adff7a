/// What a priority word is worth: lower comes first in every queue.
public enum OrderPriority {
  /// A number counts as itself, `1` before `2`; the usual words have fixed ranks; everything else, and none, is normal.
  public static func rank(of word: String?) -> Int64 {
    guard let word, !word.isEmpty else { return normal }
    if let number = UInt16(word) { return min(Int64(number), 999) }
    switch word.lowercased() {
    case "urgent", "express", "critical", "vip": return 100
    case "high": return 300
    case "low": return 700
    default: return normal
    }
  }

  private static let normal: Int64 = 500
}
