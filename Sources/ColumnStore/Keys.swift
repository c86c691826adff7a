/// The keys of a store file: fixed width, big-endian, under LMDB's own order.
///
/// `Documentation/Format.md` describes them to the byte.
enum Keys {
  /// `table, row group, column + 1, piece`: a row group's chunks lie together; its summary (column 0) comes first.
  static func chunk(table: Int, group: Int, column: Int, piece: Int) -> InlineArray<7, UInt8> {
    let group = UInt32(group)
    return [
      UInt8(table), UInt8(truncatingIfNeeded: group &>> 24), UInt8(truncatingIfNeeded: group &>> 16),
      UInt8(truncatingIfNeeded: group &>> 8), UInt8(truncatingIfNeeded: group), UInt8(column + 1), UInt8(piece),
    ]
  }

  static func summary(table: Int, group: Int) -> InlineArray<7, UInt8> {
    chunk(table: table, group: group, column: -1, piece: 0)
  }

  /// Pieces a group of the log can have: 1 MiB in pages of 4,080 bytes, and a header's worth more.
  static let piecesPerGroup: UInt64 = 512

  /// `sequence × 512 + piece`.
  static func log(sequence: UInt64, piece: Int = 0) -> InlineArray<8, UInt8> {
    bigEndian(sequence * piecesPerGroup + UInt64(piece))
  }

  static func bigEndian(_ value: UInt64) -> InlineArray<8, UInt8> {
    InlineArray<8, UInt8> { UInt8(truncatingIfNeeded: value &>> UInt64(56 - 8 * $0)) }
  }

  /// `list, code`.
  static func word(list: Int, code: UInt32) -> InlineArray<5, UInt8> {
    InlineArray<5, UInt8> { $0 == 0 ? UInt8(list) : UInt8(truncatingIfNeeded: code &>> UInt32(32 - 8 * $0)) }
  }

  /// `number, hash, row`: entries of one hash lie together.
  static func hashed(number: Int, hash: UInt64, row: UInt32) -> InlineArray<13, UInt8> {
    InlineArray<13, UInt8> { index in
      if index == 0 { return UInt8(number) }
      if index <= 8 { return UInt8(truncatingIfNeeded: hash &>> UInt64(64 - 8 * index)) }
      return UInt8(truncatingIfNeeded: row &>> UInt32(96 - 8 * index))
    }
  }

  /// `table, column, row`.
  static func wide(table: Int, column: Int, row: Int) -> InlineArray<6, UInt8> {
    let row = UInt32(row)
    return [
      UInt8(table), UInt8(column), UInt8(truncatingIfNeeded: row &>> 24), UInt8(truncatingIfNeeded: row &>> 16),
      UInt8(truncatingIfNeeded: row &>> 8), UInt8(truncatingIfNeeded: row),
    ]
  }

  /// `piece` of the text heap.
  static func heap(piece: Int) -> InlineArray<4, UInt8> {
    let piece = UInt32(piece)
    return InlineArray<4, UInt8> { UInt8(truncatingIfNeeded: piece &>> UInt32(24 - 8 * $0)) }
  }
}
