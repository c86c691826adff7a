/// Quoting rules of one CSV field: RFC 4180, and what spreadsheets make of text outside it.
enum CSVField {
  static let quote = UInt8(ascii: "\"")

  /// The text of a raw field that starts with a quote: doubled quotes become one, the closing quote goes, and whatever
  /// follows it is kept as it stands.
  static func unescaped(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    guard index < range.upperBound, bytes[index] == quote else { return Array(bytes[range]) }
    index += 1
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == quote {
        if index + 1 < range.upperBound, bytes[index + 1] == quote {
          result.append(quote)
          index += 2
          continue
        }
        result.append(contentsOf: bytes[index + 1..<range.upperBound])
        return result
      }
      result.append(byte)
      index += 1
    }
    return result
  }

  /// Appends `text` as a field, in quotes where it needs them.
  static func append(_ text: String, delimiter: UInt8, to output: inout [UInt8]) {
    let needsQuotes = text.utf8.contains { $0 == quote || $0 == delimiter || $0 == 10 || $0 == 13 }
    guard needsQuotes else {
      output.append(contentsOf: text.utf8)
      return
    }
    output.append(quote)
    for byte in text.utf8 {
      if byte == quote { output.append(quote) }
      output.append(byte)
    }
    output.append(quote)
  }
}
