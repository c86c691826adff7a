/// A 64-bit hash of key bytes, the same in every run and on every machine.
///
/// It only finds candidates: whoever uses it compares the keys themselves.
enum KeyHash {
  static func of(_ bytes: Span<UInt8>, seed: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
    var state = seed
    for index in bytes.indices { state = (state ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3 }
    return mixed(state)
  }

  /// Spreads the bits, since the index takes its buckets from the upper ones.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var state = value
    state = (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
    state = (state ^ state >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return state ^ state >> 33
  }
}
