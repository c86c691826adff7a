internal import Calendars

/// Dense codes for the time buckets that occur: 0, 1, 2, … in the order met.
struct BucketCodes: Sendable {
  private(set) var cutter: BucketCutter
  private var keys: [Int64] = []
  private var codes: [Int64: Int] = [:]
  /// The code last given to a key of that hash, so that the dictionary is asked once a bucket and not once a row.
  private var recent: [(key: Int64, code: Int)]

  private static let recentBits: UInt64 = 10

  init(_ cutter: BucketCutter) {
    self.cutter = cutter
    recent = Array(repeating: (Int64.min, 0), count: 1 << Int(Self.recentBits))
  }

  var count: Int { keys.count }

  /// The code of the bucket an instant lies in.
  mutating func code(at instant: Int64) -> Int { code(ofKey: cutter.key(at: instant)) }

  mutating func code(ofKey key: Int64) -> Int {
    let slot = Int(truncatingIfNeeded: (UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15) >> (64 - Self.recentBits))
    if recent[slot].key == key { return recent[slot].code }
    let code: Int
    if let known = codes[key] {
      code = known
    } else {
      code = keys.count
      codes[key] = code
      keys.append(key)
    }
    recent[slot] = (key, code)
    return code
  }

  /// The key of a code: where the bucket starts, or its number where it repeats.
  func key(of code: Int) -> Int64 { keys[code] }
}
