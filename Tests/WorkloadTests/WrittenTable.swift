import Workload

/// A generic CSV read back by the plainest means.
struct WrittenTable {
  var header: [String]
  var rows: [[String: String]]

  struct Damage: Error {}

  init(_ orders: some Sequence<ShopOrder>, of shop: Shop) throws {
    var bytes: [UInt8] = []
    GenericCSV.write(orders, of: shop, chunkByteCount: 10_000) { bytes += $0 }
    try self.init(text: String(decoding: bytes, as: UTF8.self))
  }

  init(text: String) throws {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var quoted = false
    var characters = Array(text.unicodeScalars)[...]
    while let character = characters.popFirst() {
      switch character {
      case "\"" where quoted && characters.first == "\"":
        field.unicodeScalars.append(character)
        characters.removeFirst()
      case "\"": quoted.toggle()
      case "," where !quoted:
        record.append(field)
        field = ""
      case "\n" where !quoted:
        records.append(record + [field])
        (record, field) = ([], "")
      default: field.unicodeScalars.append(character)
      }
    }
    guard record.isEmpty, field.isEmpty, let header = records.first else { throw Damage() }
    self.header = header
    rows = []
    for record in records.dropFirst() {
      guard record.count == header.count else { throw Damage() }
      rows.append(Dictionary(uniqueKeysWithValues: zip(header, record)))
    }
  }

  /// `12.05` as 1205.
  static func fen(_ text: String) -> Int { Int(text.filter { $0 != "." })! }

  /// Seconds of `yyyy-MM-dd HH:mm:ss` since the year 2000, counted day by day.
  static func seconds(_ text: String) -> Int {
    let parts = text.split { !$0.isNumber }.map { Int($0)! }
    var days = parts[2] - 1
    for year in 2000..<parts[0] { days += year % 4 == 0 ? 366 : 365 }
    let february = parts[0] % 4 == 0 ? 29 : 28
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30].prefix(parts[1] - 1) { days += length }
    return ((days * 24 + parts[3]) * 60 + parts[4]) * 60 + parts[5]
  }
}
