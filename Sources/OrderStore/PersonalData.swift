internal import ColumnStore
internal import OrderModel

/// What is personal of a customer, outside the log: it can be erased without changing a figure.
///
/// Record: name, phone, e-mail as texts, then CRC32C of the customer row (4 bytes, big-endian) and the texts. Beside it
/// stand entries by which phone and e-mail are found again.
struct PersonalData: Hashable {
  var name: String
  var phone: String
  var email: String

  init(name: String, phone: String, email: String) { (self.name, self.phone, self.email) = (name, phone, email) }

  init(of identity: CustomerIdentity) {
    self.init(name: identity.name ?? "", phone: identity.phone ?? "", email: identity.email ?? "")
  }

  var isEmpty: Bool { name.isEmpty && phone.isEmpty && email.isEmpty }

  /// Keeps what `known` has and this lacks.
  mutating func fillGaps(from known: PersonalData) {
    if name.isEmpty { name = known.name }
    if phone.isEmpty { phone = known.phone }
    if email.isEmpty { email = known.email }
  }

  // MARK: Bytes

  static let recordSpace: UInt8 = 1
  static let entrySpace: UInt8 = 2

  static func key(customer: Int) -> [UInt8] { [recordSpace] + bigEndian(customer) }

  private static func bigEndian(_ row: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: UInt32(row) &>> $0) }
  }

  func record(customer: Int) -> [UInt8] {
    // The checksum covers the row, which is not stored: it stands in front until that is computed.
    var writer = ByteWriter(capacity: 24 + name.utf8.count + phone.utf8.count + email.utf8.count)
    writer.append(raw: PersonalData.bigEndian(customer))
    for text in [name, phone, email] { writer.append(text: text) }
    writer.append(littleEndian: CRC32C.of(writer.bytes))
    return Array(writer.bytes.dropFirst(4))
  }

  init(record: [UInt8], customer: Int) throws(Damage) {
    var reader = ByteReader(record)
    self.init(name: try reader.text(), phone: try reader.text(), email: try reader.text())
    let covered = reader.position
    guard
      try reader.littleEndian(UInt32.self)
        == CRC32C.of(PersonalData.bigEndian(customer) + Array(record[..<covered])), reader.isAtEnd
    else { throw .inconsistent(place: "personal data of customer \(customer)", "checksum differs") }
  }

  // MARK: Finding again

  /// Digits alone, so that +86 138-0013 and 861380013 are the same; an empty text when there are none.
  static func normalised(phone: String) -> String {
    // ASCII has ten decimal digits, and asking Unicode for the properties of each character takes a microsecond.
    if phone.utf8.allSatisfy({ $0 < 0x80 }) {
      return String(decoding: phone.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
    }
    return String(phone.unicodeScalars.compactMap { $0.properties.numericType == .decimal ? digit($0) : nil })
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Character? {
    scalar.properties.numericValue.map { Character(UnicodeScalar(UInt8(48 + Int($0)))) }
  }

  static func normalised(email: String) -> String {
    // The same in bytes: blanks of ASCII are space and the controls 9 to 13.
    if email.utf8.allSatisfy({ $0 < 0x80 }) {
      let visible = email.utf8.lazy.filter { $0 != 32 && !(9...13).contains($0) }
      return String(decoding: visible.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
    return String(email.lowercased().split(whereSeparator: \.isWhitespace).joined())
  }

  static func entry(phone: String) -> [UInt8]? {
    let digits = normalised(phone: phone)
    return digits.isEmpty ? nil : prefix(kind: 1, of: digits)
  }

  static func entry(email: String) -> [UInt8]? {
    let text = normalised(email: email)
    return text.isEmpty ? nil : prefix(kind: 2, of: text)
  }

  private static func prefix(kind: UInt8, of text: String) -> [UInt8] {
    let hash = Hash64.of(text, seed: 20 + UInt64(kind))
    return [entrySpace, kind] + (0..<8).map { UInt8(truncatingIfNeeded: hash &>> UInt64(56 - 8 * $0)) }
  }

  /// The keys of this customer's entries.
  func entries(customer: Int) -> [[UInt8]] {
    [PersonalData.entry(phone: phone), PersonalData.entry(email: email)].compactMap { entry in
      entry.map { $0 + PersonalData.bigEndian(customer) }
    }
  }

  /// The customer an entry's key names.
  static func customer(ofKey key: [UInt8]) -> Int? {
    guard key.count >= 5 else { return nil }
    return key.suffix(4).reduce(0) { $0 << 8 | Int($1) }
  }
}
