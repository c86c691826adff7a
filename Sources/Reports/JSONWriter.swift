package import Columns

/// Writes JSON piece by piece into one buffer; commas come by themselves.
///
/// Calls must follow the grammar: in an object each value after its key, every container closed.
package struct JSONWriter: Sendable {
  /// What was written so far, UTF-8.
  package private(set) var bytes: [UInt8]
  private var needsComma = false

  /// - Parameter bytes: What to append to.
  package init(appendingTo bytes: consuming [UInt8] = []) { self.bytes = bytes }

  package mutating func beginObject() { begin(UInt8(ascii: "{")) }
  package mutating func endObject() { end(UInt8(ascii: "}")) }
  package mutating func beginArray() { begin(UInt8(ascii: "[")) }
  package mutating func endArray() { end(UInt8(ascii: "]")) }

  /// A key; its value comes next.
  package mutating func key(_ key: String) {
    separate()
    bytes.appendJSONString(key)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// A key that was encoded once for many objects.
  package mutating func key(_ key: JSONKey) {
    separate()
    bytes.append(contentsOf: key.bytes)
    needsComma = false
  }

  package mutating func string(_ string: String) {
    separate()
    bytes.appendJSONString(string)
  }

  package mutating func integer(_ integer: Int64) {
    separate()
    bytes.appendInteger(integer)
  }

  package mutating func number(_ number: ExactDecimal) {
    separate()
    number.append(to: &bytes)
  }

  package mutating func boolean(_ boolean: Bool) {
    separate()
    bytes.append(contentsOf: (boolean ? "true" : "false").utf8)
  }

  package mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// A value of a table: money in minor units, durations in milliseconds, ratios to twelve significant digits,
  /// instants in RFC 3339.
  package mutating func value(_ value: Value) {
    switch value {
    case .null: null()
    case .text(let text): string(text)
    case .integer(let integer): self.integer(integer)
    case .boolean(let boolean): self.boolean(boolean)
    case .ratio(_, 0, _): null()
    case .ratio(let numerator, let denominator, _):
      number(ExactDecimal(numerator: numerator, denominator: denominator, significantDigits: 12))
    case .duration(let milliseconds): integer(milliseconds)
    case .money(let minorUnits, _): integer(minorUnits)
    case .instant(let milliseconds):
      separate()
      bytes.append(UInt8(ascii: "\""))
      bytes.appendUTC(milliseconds)
      bytes.append(UInt8(ascii: "\""))
    case .counts(let counts):
      beginObject()
      for count in counts {
        key(count.reason)
        integer(count.count)
      }
      endObject()
    }
  }

  /// What holds for an answer, nested as it is.
  package mutating func metadata(_ metadata: Metadata) {
    beginObject()
    for entry in metadata.entries {
      key(entry.key)
      self.metadata(entry.value)
    }
    endObject()
  }

  private mutating func metadata(_ value: MetadataValue) {
    switch value {
    case .value(let value): self.value(value)
    case .list(let elements):
      beginArray()
      for element in elements { metadata(element) }
      endArray()
    case .object(let object): metadata(object)
    }
  }

  /// Goes to a new line between two elements, or before the first or after the last one.
  package mutating func breakLine(beforeEnd isEnd: Bool = false) {
    if needsComma && !isEnd { bytes.append(UInt8(ascii: ",")) }
    if !isEnd { needsComma = false }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Ends the line and the document on it; another may follow.
  package mutating func endDocument() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }
}

/// A key in quotes with its colon, encoded once for many objects.
package struct JSONKey: Sendable {
  let bytes: [UInt8]

  package init(_ key: String) {
    var bytes: [UInt8] = []
    bytes.appendJSONString(key)
    bytes.append(UInt8(ascii: ":"))
    self.bytes = bytes
  }
}

extension [UInt8] {
  /// Appends a string in quotes; what JSON does not allow in them is escaped, everything else stays UTF-8.
  fileprivate mutating func appendJSONString(_ string: String) {
    append(UInt8(ascii: "\""))
    let utf8 = string.utf8.span
    var isPlain = true
    for index in utf8.indices {
      let byte = utf8[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { isPlain = false }
    }
    if isPlain {
      append(contentsOf: string.utf8)
    } else {
      for index in utf8.indices { appendJSONByte(utf8[index]) }
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendJSONByte(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append(contentsOf: #"\""#.utf8)
    case UInt8(ascii: "\\"): append(contentsOf: #"\\"#.utf8)
    case UInt8(ascii: "\n"): append(contentsOf: #"\n"#.utf8)
    case UInt8(ascii: "\r"): append(contentsOf: #"\r"#.utf8)
    case UInt8(ascii: "\t"): append(contentsOf: #"\t"#.utf8)
    case 0..<0x20:
      append(contentsOf: #"\u00"#.utf8)
      append(UInt8(ascii: "0") + byte >> 4)
      append(byte & 15 < 10 ? UInt8(ascii: "0") + byte & 15 : UInt8(ascii: "a") - 10 + byte & 15)
    default: append(byte)
    }
  }
}
