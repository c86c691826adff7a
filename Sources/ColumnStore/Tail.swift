/// Everything the log says beyond what is folded, decoded once: writer, reader and fold look at the same value.
package struct Tail: Sendable {
  package var tables: [TableTail]
  package var words: [WordTail]
  package var heap: HeapTail
  package var indexes: [IndexTail]
  /// The newest group it knows; 0 before the first.
  package private(set) var sequence: UInt64
  /// That group's `recordedAt` in milliseconds, and its checksum.
  package private(set) var recordedAt: Int64
  package private(set) var checksum: UInt32
  /// Bytes of facts it decoded.
  package private(set) var byteCount: Int

  /// An empty tail on top of `state`.
  package init(schema: Schema, state: FoldState) {
    tables = zip(schema.tables, state.rowCounts).map { TableTail(schema: $0, baseRowCount: $1) }
    words = state.wordCounts.map { WordTail(baseCount: $0) }
    heap = HeapTail(baseByteCount: state.heapByteCount)
    indexes = Array(repeating: IndexTail(), count: schema.indexes.count)
    (sequence, recordedAt, checksum) = (state.foldedThrough, state.recordedAt, state.checksum)
    byteCount = 0
  }

  /// The state that folding the tail leads to.
  package var foldedState: FoldState {
    FoldState(
      foldedThrough: sequence, recordedAt: recordedAt, checksum: checksum, rowCounts: tables.map(\.rowCount),
      wordCounts: words.map(\.count), heapByteCount: heap.byteCount)
  }

  /// Notes that the facts of a group were applied.
  package mutating func advance(to sequence: UInt64, recordedAt: Int64, checksum: UInt32, byteCount: Int) {
    (self.sequence, self.recordedAt, self.checksum) = (sequence, recordedAt, checksum)
    self.byteCount += byteCount
  }

  /// A fact said what no column can store; its group is refused.
  var flaw: Damage? { tables.lazy.compactMap(\.flaw).first }

  var isEmpty: Bool { byteCount == 0 }
}

/// Words the tail adds to one list.
package struct WordTail: Sendable {
  let baseCount: Int
  private(set) var texts: [String] = []
  private var codes = ExactTexts()

  init(baseCount: Int) { self.baseCount = baseCount }

  /// The words it adds, with their codes.
  package var added: [(code: UInt32, text: String)] {
    texts.enumerated().map { (UInt32(baseCount + $0 + 1), $1) }
  }

  /// Words in all. Codes run from 1 to `count`.
  package var count: Int { baseCount + texts.count }

  /// Appends a word the list lacks. One it has gets a second code, which is never found by its text.
  ///
  /// - Returns: Its code.
  @discardableResult
  package mutating func append(_ text: String) -> UInt32 {
    texts.append(text)
    let code = UInt32(count)
    if codes[text] == nil { codes[text] = code }
    return code
  }

  func code(of text: String) -> UInt32? { codes[text] }
  func text(of code: UInt32) -> String? {
    let index = Int(code) - baseCount - 1
    return texts.indices.contains(index) ? texts[index] : nil
  }
}

/// Bytes the tail adds to the text heap.
package struct HeapTail: Sendable {
  let baseByteCount: Int
  private(set) var bytes: [UInt8] = []

  init(baseByteCount: Int) { self.baseByteCount = baseByteCount }

  package var byteCount: Int { baseByteCount + bytes.count }

  /// The texts it adds, with their addresses.
  package var texts: [(address: Int64, text: String)] {
    var texts: [(address: Int64, text: String)] = []
    // The heap's first byte belongs to no text.
    var position = baseByteCount == 0 ? min(1, bytes.count) : 0
    while position < bytes.count {
      let start = position
      var length = 0
      var shift = 0
      repeat {
        length |= Int(bytes[position] & 0x7F) << shift
        shift += 7
        position += 1
      } while bytes[position - 1] & 0x80 != 0
      texts.append(
        (Int64(baseByteCount + start), String(decoding: bytes[position..<(position + length)], as: UTF8.self)))
      // A checksum stands behind each.
      position += length + 4
    }
    return texts
  }

  /// Appends a text: varint length, UTF-8, CRC32C of both.
  ///
  /// - Returns: Its address, the byte where it begins. Address 0 is never given, so that 0 can mean "none".
  package mutating func append(_ text: String) -> Int64 {
    if byteCount == 0 { bytes.append(0) }
    let start = bytes.count
    ByteWriter.append(varint: UInt64(text.utf8.count), to: &bytes)
    bytes.append(contentsOf: text.utf8)
    let checksum = CRC32C.of(bytes, in: start..<bytes.count)
    for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: checksum &>> shift)) }
    return Int64(baseByteCount + start)
  }
}

/// Entries the tail adds to one index.
package struct IndexTail: Sendable {
  struct Entry: Sendable {
    var hash: UInt64
    var row: UInt32
    /// The entry before it with the same hash, or −1.
    var previous: Int32
  }

  private(set) var entries: [Entry] = []
  /// The entries it adds.
  package var added: [(hash: UInt64, row: UInt32)] { entries.map { ($0.hash, $0.row) } }
  private var newest: [UInt64: Int32] = [:]

  package mutating func insert(_ hash: UInt64, row: Int) {
    let position = Int32(entries.count)
    entries.append(Entry(hash: hash, row: UInt32(row), previous: newest[hash] ?? -1))
    newest[hash] = position
  }

  /// Rows under `hash`, newest first.
  func rows(_ hash: UInt64) -> [UInt32] {
    guard var position = newest[hash] else { return [] }
    var rows: [UInt32] = []
    while position >= 0 {
      rows.append(entries[Int(position)].row)
      position = entries[Int(position)].previous
    }
    return rows
  }
}
