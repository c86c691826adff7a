internal import ColumnStore

/// The hashes under which rows are found again, each with a seed of its own.
enum StoreHash {
  static func number(_ number: String) -> UInt64 { Hash64.of(number, seed: 1) }
  static func customerKey(_ key: String) -> UInt64 { Hash64.of(key, seed: 2) }
  static func idempotencyKey(_ key: String) -> UInt64 { Hash64.of(key, seed: 3) }
  static func waybill(_ waybill: String) -> UInt64 { Hash64.of(waybill, seed: 5) }
  static func stockCell(sku: UInt32, location: UInt32) -> UInt64 {
    var hash = Hash64(seed: 4)
    hash.combine(UInt64(sku) &<< 32 | UInt64(location))
    return hash.value
  }
}
