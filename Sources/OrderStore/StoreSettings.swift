internal import ColumnStore
internal import OrderModel

/// What a store is made with; it never changes afterwards.
public struct StoreSettings: Sendable, Hashable {
  /// IANA name of the zone in which the shop's days begin.
  public var timeZone: String
  /// ISO 4217 code of the currency of stock values, and of amounts that name none.
  public var currency: String
  /// Decimal places of amounts by currency; those not named have what ISO 4217 says.
  public var scales: [String: Int]
  /// ISO weekday on which a week begins, 1 is Monday.
  public var weekStart: Int

  public init(timeZone: String = "UTC", currency: String = "EUR", scales: [String: Int] = [:], weekStart: Int = 1) {
    (self.timeZone, self.currency, self.scales, self.weekStart) = (timeZone, currency, scales, weekStart)
  }

  /// Decimal places of amounts in `currency`.
  public func scale(of currency: String) -> Int {
    scales[currency] ?? StoreSettings.standardScales[currency] ?? 2
  }

  /// Currencies whose minor unit is not a hundredth (ISO 4217, list one).
  private static let standardScales: [String: Int] = [
    "BHD": 3, "BIF": 0, "CLF": 4, "CLP": 0, "DJF": 0, "GNF": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KMF": 0,
    "KRW": 0, "KWD": 3, "LYD": 3, "OMR": 3, "PYG": 0, "RWF": 0, "TND": 3, "UGX": 0, "UYI": 0, "UYW": 4, "VND": 0,
    "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
  ]

  /// - Throws: ``Refusal`` of what no store can be made with.
  func check() throws(Refusal) {
    for (text, field) in [(timeZone, "time zone"), (currency, "currency")] + scales.keys.map({ ($0, "currency") }) {
      if text.isEmpty { throw .missingText(field: field) }
      if text.utf8.count > Judge.textLimit { throw .textTooLong(field: field, byteCount: text.utf8.count) }
    }
    guard (1...7).contains(weekStart) else { throw .invalidAmount(field: "week start", value: Int64(weekStart)) }
    for (code, scale) in scales where !(0...18).contains(scale) {
      throw .invalidAmount(field: "scale of \(code)", value: Int64(scale))
    }
  }

  // MARK: Bytes: zone, currency, week start, scales by code in ascending order

  var record: [UInt8] {
    var writer = ByteWriter()
    writer.append(text: timeZone)
    writer.append(text: currency)
    writer.append(varint: weekStart)
    writer.append(varint: scales.count)
    for (code, scale) in scales.sorted(by: { $0.key < $1.key }) {
      writer.append(text: code)
      writer.append(varint: scale)
    }
    return writer.bytes
  }

  init(record: [UInt8]) throws(Damage) {
    var reader = ByteReader(record)
    timeZone = try reader.text()
    currency = try reader.text()
    weekStart = try reader.count()
    scales = [:]
    for _ in 0..<min(try reader.count(), record.count) { scales[try reader.text()] = try reader.count() }
  }
}
