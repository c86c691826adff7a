internal import LMDB

/// Finding of rows and words, folded entries plus tail, for read and write transactions alike.
extension StoreFile {
  /// Rows under `hash` as of `tail`, the highest, so the newest, first, each once.
  ///
  /// Hashes collide: compare what the rows hold.
  func rows(
    index: Int, hash: UInt64, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> [UInt32] {
    var rows = tail.indexes[index].rows(hash)
    let isFoldedOnly = rows.isEmpty
    let start = Keys.hashed(number: index, hash: hash, row: 0)
    do throws(LMDBError) {
      try transaction.scan(in: indexes, from: start.span) { (key, _) throws(LMDBError) in
        guard key.byteCount == 13, (0..<9).allSatisfy({ key.byte(at: $0) == start[$0] }) else { return false }
        rows.append((9..<13).reduce(UInt32(0)) { $0 &<< 8 | UInt32(key.byte(at: $1)) })
        return true
      }
    } catch { throw .engine(error) }
    if isFoldedOnly { return rows.reversed() }
    // The tail may name rows in any order, and again: an index is a set.
    return Set(rows).sorted(by: >)
  }

  /// A value that stands outside the log.
  func asideValue(
    _ key: [UInt8], in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> [UInt8]? {
    do throws(LMDBError) {
      guard let value = try transaction.value(for: key.span, in: aside) else { return nil }
      return value.copied
    } catch { throw .engine(error) }
  }

  static let wordSeed: UInt64 = 0x776F_7264

  /// The code of a word; nil when the list lacks it.
  func code(
    of text: String, list: Int, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> UInt32? {
    if let code = tail.words[list - 1].code(of: text) { return code }
    let hash = Hash64.of(text, seed: StoreFile.wordSeed)
    var candidates: [UInt32] = []
    let start = Keys.hashed(number: list | 0x80, hash: hash, row: 0)
    do throws(LMDBError) {
      try transaction.scan(in: words, from: start.span) { (key, _) throws(LMDBError) in
        guard key.byteCount == 13, (0..<9).allSatisfy({ key.byte(at: $0) == start[$0] }) else { return false }
        candidates.append((9..<13).reduce(UInt32(0)) { $0 &<< 8 | UInt32(key.byte(at: $1)) })
        return true
      }
    } catch { throw .engine(error) }
    for code in candidates where try foldedWord(list: list, code: code, in: transaction) == text { return code }
    return nil
  }

  /// The word of a code; "" for code 0.
  func word(
    list: Int, code: UInt32, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> String {
    if code == 0 { return "" }
    if let text = tail.words[list - 1].text(of: code) { return text }
    return try foldedWord(list: list, code: code, in: transaction)
  }

  func foldedWord(
    list: Int, code: UInt32, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> String {
    let record: [UInt8]
    do throws(LMDBError) {
      record = try transaction.value(for: Keys.word(list: list, code: code).span, in: words)?.copied ?? []
    } catch { throw .engine(error) }
    do throws(Damage) {
      guard record.count >= 4 else { throw .inconsistent(place: "word \(code) of list \(list)", "is missing") }
      var reader = ByteReader(record)
      let checksum = try reader.littleEndian(UInt32.self)
      guard checksum == CRC32C.of(record, in: 4..<record.count, from: code &* 256 &+ UInt32(list)) else {
        throw .inconsistent(place: "word \(code) of list \(list)", "checksum differs")
      }
      guard let text = String(validating: record[4...], as: UTF8.self) else {
        throw .inconsistent(place: "word \(code) of list \(list)", "is not UTF-8")
      }
      return text
    } catch { throw .damaged(error) }
  }
}
