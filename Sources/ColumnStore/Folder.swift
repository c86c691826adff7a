internal import LMDB

/// Writes a tail into the derived structures: columns, summaries, words, indexes, texts. The tail is then empty.
///
/// Every touched chunk is built in memory and written once. The result depends on the facts alone, not on how many
/// folds they took.
struct Folder: ~Copyable {
  let file: StoreFile
  let tail: Tail
  let resident: ResidentPages
  var chunk = [UInt8](repeating: 0, count: Geometry.chunkByteCount)

  init(file: StoreFile, tail: Tail, resident: ResidentPages? = nil) {
    (self.file, self.tail) = (file, tail)
    self.resident = resident ?? ResidentPages(of: file)
  }

  /// Folds everything; the transaction also gets the new fold state.
  mutating func fold(into transaction: inout WriteTransaction) throws(FileError) {
    for table in tail.tables.indices where !tail.tables[table].isEmpty {
      try foldTable(table, into: &transaction)
    }
    try foldHeap(into: &transaction)
    do throws(LMDBError) {
      for (index, words) in tail.words.enumerated() { try foldWords(words, list: index + 1, into: &transaction) }
      for (number, index) in tail.indexes.enumerated() {
        for entry in index.entries.sorted(by: { ($0.hash, $0.row) < ($1.hash, $1.row) }) {
          resident.touch()
          try transaction.put(
            Span<UInt8>(), for: Keys.hashed(number: number, hash: entry.hash, row: entry.row).span, in: file.indexes)
        }
      }
      try transaction.put(tail.foldedState.record.span, for: StoreFile.stateKey.span, in: file.meta)
    } catch { throw .engine(error) }
  }

  private func foldWords(
    _ words: WordTail, list: Int, into transaction: inout WriteTransaction
  ) throws(LMDBError) {
    for (index, text) in words.texts.enumerated() {
      let code = UInt32(words.baseCount + index + 1)
      var writer = ByteWriter()
      let bytes = Array(text.utf8)
      writer.append(littleEndian: CRC32C.of(bytes, in: 0..<bytes.count, from: code &* 256 &+ UInt32(list)))
      writer.append(raw: bytes)
      try transaction.put(writer.bytes.span, for: Keys.word(list: list, code: code).span, in: file.words)
      let hash = Hash64.of(text, seed: StoreFile.wordSeed)
      resident.touch()
      try transaction.put(
        Span<UInt8>(), for: Keys.hashed(number: list | 0x80, hash: hash, row: code).span, in: file.words)
    }
  }

  private func foldHeap(into transaction: inout WriteTransaction) throws(FileError) {
    var position = tail.heap.baseByteCount
    var taken = 0
    while taken < tail.heap.bytes.count {
      let (piece, offset) = position.quotientAndRemainder(dividingBy: Geometry.chunkByteCount)
      let count = min(Geometry.chunkByteCount - offset, tail.heap.bytes.count - taken)
      let key = Keys.heap(piece: piece)
      var bytes: [UInt8] = []
      do throws(LMDBError) {
        if offset > 0 { bytes = try transaction.value(for: key.span, in: file.heap)?.copied ?? [] }
      } catch { throw .engine(error) }
      guard bytes.count >= offset else {
        throw .damaged(.inconsistent(place: "text heap", "piece \(piece) is missing or cut"))
      }
      bytes.removeSubrange(offset...)
      bytes.append(contentsOf: tail.heap.bytes[taken..<(taken + count)])
      bytes.append(contentsOf: repeatElement(0, count: Geometry.chunkByteCount - bytes.count))
      do throws(LMDBError) {
        try transaction.put(bytes.span, for: key.span, in: file.heap)
      } catch { throw .engine(error) }
      position += count
      taken += count
    }
  }
}
