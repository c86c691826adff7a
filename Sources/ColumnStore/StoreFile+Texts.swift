internal import LMDB

/// Reading of the text heap, folded bytes plus tail.
extension StoreFile {
  /// The text at an address of the heap; "" for address 0.
  func text(
    at address: Int64, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> String {
    if address == 0 { return "" }
    guard address > 0, address < Int64(tail.heap.byteCount) else {
      throw .damaged(.inconsistent(place: "text heap", "no address \(address)"))
    }
    // The length decides how much more is read: at most ten bytes tell it.
    var bytes = try heapBytes(from: Int(address), count: 10, tail: tail, in: transaction)
    let byteCount: Int
    do throws(Damage) {
      var reader = ByteReader(bytes)
      let length = try reader.count()
      guard length <= tail.heap.byteCount - Int(address) else { throw .truncated(offset: Int(address)) }
      byteCount = reader.position + length + 4
    } catch { throw .damaged(error) }
    if byteCount > bytes.count {
      bytes = try heapBytes(from: Int(address), count: byteCount, tail: tail, in: transaction)
    }
    do throws(Damage) {
      guard bytes.count >= byteCount else { throw .truncated(offset: Int(address)) }
      var reader = ByteReader(bytes, in: 0..<byteCount)
      let text = try reader.text()
      let covered = reader.position
      guard try reader.littleEndian(UInt32.self) == CRC32C.of(bytes, in: 0..<covered) else {
        throw .inconsistent(place: "text heap at \(address)", "checksum differs")
      }
      return text
    } catch { throw .damaged(error) }
  }

  private func heapBytes(
    from start: Int, count: Int, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var position = start
    let end = min(start + count, tail.heap.byteCount)
    while position < end {
      if position >= tail.heap.baseByteCount {
        let first = position - tail.heap.baseByteCount
        bytes.append(contentsOf: tail.heap.bytes[first..<(end - tail.heap.baseByteCount)])
        break
      }
      let (piece, offset) = position.quotientAndRemainder(dividingBy: Geometry.chunkByteCount)
      let wanted = min(Geometry.chunkByteCount - offset, min(end, tail.heap.baseByteCount) - position)
      var isThere = false
      do throws(LMDBError) {
        if let chunk = try transaction.value(for: Keys.heap(piece: piece).span, in: heap),
          chunk.byteCount >= offset + wanted
        {
          chunk.extracting(offset..<(offset + wanted)).append(to: &bytes)
          isThere = true
        }
      } catch { throw .engine(error) }
      guard isThere else { throw .damaged(.inconsistent(place: "text heap", "piece \(piece) is missing")) }
      position += wanted
    }
    return bytes
  }
}
