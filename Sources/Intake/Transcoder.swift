/// Any text stream as checked UTF-8 without byte-order mark.
///
/// A byte-order mark decides over the encoding asked for (a rejects file is UTF-8 whatever its origin was). Without mark
/// and without an encoding asked for, text that is UTF-8 in its first 256 KiB is UTF-8, and GB 18030 otherwise.
package final class Transcoder: ByteStream {
  /// The encoding in use, known once the head was read.
  package let encoding: TextEncoding

  private let source: any ByteStream
  private let converter: (any TextConverter)?
  /// Bytes read and not yet given out.
  private var input: [UInt8]
  private var position: Int
  private var limit: Int
  /// UTF-8: how many bytes of the text were given out, mark included. Otherwise where `input[0]` stands in the text.
  private var base = 0
  private var ended = false

  package init(_ source: any ByteStream, encoding asked: TextEncoding? = nil) throws(IntakeError) {
    self.source = source
    var head = [UInt8](repeating: 0, count: ByteSource.bufferByteCount)
    var count = 0
    while count < head.count {
      let read = try source.read(into: &head, from: count)
      if read == 0 { ended = true; break }
      count += read
    }
    var start = 0
    if let mark = TextEncoding.mark(head, count: count) {
      encoding = mark.encoding
      start = mark.byteCount
    } else if let asked {
      encoding = asked
    } else {
      let isValid =
        switch UTF8Validation.check(head.span, 0..<count) {
        case .valid: true
        case .incomplete: !ended
        case .invalid: false
        }
      encoding = isValid ? .utf8 : .gb18030
    }
    switch encoding {
    case .utf8:
      converter = nil
      base = start
    case .utf16LittleEndian: converter = UTF16Converter(bigEndian: false)
    case .utf16BigEndian: converter = UTF16Converter(bigEndian: true)
    case .gb18030:
      guard let known = GB18030Converter() else {
        throw .unsupportedEncoding(path: source.name, encoding: .gb18030)
      }
      converter = known
    }
    input = head
    position = start
    limit = count
  }

  package var name: String { source.name }
  package var bytesRead: Int { source.bytesRead }

  package func read(into buffer: inout [UInt8], from start: Int) throws(IntakeError) -> Int {
    precondition(buffer.count - start >= 8, "no room to read into")
    guard let converter else { return try readUTF8(into: &buffer, from: start) }
    while true {
      if position == limit, ended { return 0 }
      let (consumed, produced, outcome) = converter.convert(input, position..<limit, into: &buffer, from: start)
      position += consumed
      switch outcome {
      case .invalid where produced == 0: throw .badText(path: name, encoding: encoding, byte: base + position)
      case .incomplete where ended && produced == 0:
        throw .badText(path: name, encoding: encoding, byte: base + position)
      default: break
      }
      if produced > 0 { return produced }
      try refill()
    }
  }

  /// Keeps what is left of `input` and reads more behind it.
  private func refill() throws(IntakeError) {
    let left = Array(input[position..<limit])
    base += position
    for (index, byte) in left.enumerated() { input[index] = byte }
    position = 0
    limit = left.count
    if ended { return }
    let count = try source.read(into: &input, from: limit)
    if count == 0 { ended = true }
    limit += count
  }

  private func readUTF8(into buffer: inout [UInt8], from start: Int) throws(IntakeError) -> Int {
    var count = 0
    // What the head still holds, or the unfinished character of the last step.
    let held = min(limit - position, buffer.count - start)
    if held > 0 {
      for offset in 0..<held { buffer[start + offset] = input[position + offset] }
      position += held
      count = held
    }
    while true {
      if position == limit, !ended, start + count < buffer.count {
        let read = try source.read(into: &buffer, from: start + count)
        if read == 0 { ended = true }
        count += read
      }
      switch UTF8Validation.check(buffer.span, start..<start + count) {
      case .valid:
        base += count
        return count
      case .invalid(let index):
        // Give out what is good first, so that the rows before the fault are read.
        if index == start { throw .badText(path: name, encoding: encoding, byte: base) }
        hold(buffer, index..<start + count)
        base += index - start
        return index - start
      case .incomplete(let index):
        if index > start {
          hold(buffer, index..<start + count)
          base += index - start
          return index - start
        }
        if ended { throw .badText(path: name, encoding: encoding, byte: base) }
      }
    }
  }

  /// Puts bytes back in front of what is held.
  private func hold(_ bytes: [UInt8], _ range: Range<Int>) {
    let rest = input[position..<limit]
    input = Array(bytes[range]) + rest
    position = 0
    limit = input.count
  }
}
