internal import LMDB

/// The log in the file: groups appended in sequence, a large one in pieces of one page each.
enum Log {
  /// The largest inline value with an 8-byte key; one byte more takes a page of its own.
  static let inlineByteLimit = 2_022

  /// Appends `group`, setting its checksum.
  static func append(
    _ group: inout LogGroup, to transaction: inout WriteTransaction, in file: StoreFile
  ) throws(LMDBError) {
    let bytes = group.encoded()
    precondition(bytes.count <= LogGroup.byteLimit + 4_096, "a group of more than 1 MiB")
    var piece = 0
    var start = 0
    while start < bytes.count {
      let rest = bytes.count - start
      let count = rest <= inlineByteLimit ? rest : min(rest, Geometry.chunkByteCount)
      try transaction.put(
        bytes.span.extracting(start..<(start + count)), for: Keys.log(sequence: group.sequence, piece: piece).span,
        in: file.log, append: true)
      start += count
      piece += 1
    }
  }

  /// The sequence of the newest group; 0 when there is none.
  static func head(in transaction: borrowing some Reading & ~Copyable, of file: StoreFile) throws(FileError) -> UInt64 {
    var byteCount = 0
    do throws(LMDBError) {
      guard let key = try transaction.lastKey(in: file.log) else { return 0 }
      byteCount = key.byteCount
      if byteCount == 8 { return bigEndian(key) / Keys.piecesPerGroup }
    } catch { throw .engine(error) }
    throw .damaged(.inconsistent(place: "log", "a key of \(byteCount) bytes"))
  }

  private static func bigEndian(_ key: RawSpan) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<8 { value = value &<< 8 | UInt64(key.byte(at: index)) }
    return value
  }

  /// Calls `body` with each group of `range`, in sequence, checking that they are all there and chained.
  ///
  /// - Parameter previousChecksum: That of the group before the range; nil leaves the first link unchecked.
  static func forEachGroup(
    in range: ClosedRange<UInt64>, previousChecksum: UInt32?, in transaction: borrowing some Reading & ~Copyable,
    of file: StoreFile, _ body: (LogGroup) throws(FileError) -> Void
  ) throws(FileError) {
    var expected = range.lowerBound
    var previous = previousChecksum
    var bytes: [UInt8] = []
    var pieces: UInt64 = 0
    var previousRecordedAt = Int64.min

    func finish() throws(FileError) {
      guard pieces > 0 else { return }
      let group: LogGroup
      do throws(Damage) { group = try LogGroup(encoded: bytes, under: expected) } catch { throw .damaged(error) }
      if let previous, previous != group.previousChecksum {
        throw .damaged(.inconsistent(place: "log group \(expected)", "does not follow the group before it"))
      }
      guard group.recordedAt >= previousRecordedAt else {
        throw .damaged(.inconsistent(place: "log group \(expected)", "was recorded before the group before it"))
      }
      previousRecordedAt = group.recordedAt
      previous = group.checksum
      try body(group)
      bytes.removeAll(keepingCapacity: true)
      pieces = 0
      expected += 1
    }

    let start = Keys.log(sequence: range.lowerBound)
    try transaction.scan(in: file.log, from: start.span, onEngineError: { FileError.engine($0) }) {
      (key, value) throws(FileError) in
      guard key.byteCount == 8 else { throw .damaged(.inconsistent(place: "log", "a key of \(key.byteCount) bytes")) }
      let number = bigEndian(key)
      let (sequence, piece) = (number / Keys.piecesPerGroup, number % Keys.piecesPerGroup)
      if sequence != expected { try finish() }
      if sequence > range.upperBound { return false }
      guard sequence == expected, piece == pieces else {
        throw .damaged(.inconsistent(place: "log group \(expected)", "a piece is missing"))
      }
      value.append(to: &bytes)
      pieces += 1
      return true
    }
    try finish()
    guard expected == range.upperBound + 1 else {
      throw .damaged(.inconsistent(place: "log group \(expected)", "is missing"))
    }
  }
}
