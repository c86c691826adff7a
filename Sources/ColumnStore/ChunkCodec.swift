/// Moves values between a chunk's bytes and 64-bit values: the only place that knows a column's width in bytes.
enum ChunkCodec {
  /// Widens `count` values of a chunk from value `first` on into `values` from `position` on.
  static func widen(
    _ chunk: RawSpan, column: ColumnSchema, first: Int, count: Int, into values: inout [Int64], at position: Int
  ) {
    precondition((first + count) * column.width <= chunk.byteCount, "values beyond the chunk")
    precondition(position + count <= values.count, "values beyond the column")
    let signed =
      switch column.encoding {
      case .plain(let signed): signed
      case .relativeInstant: true
      }
    unsafe chunk.withUnsafeBytes { bytes in
      unsafe values.withUnsafeMutableBufferPointer { out in
        guard count > 0, let base = bytes.baseAddress, let target = out.baseAddress else { return }
        let source = unsafe base + first * column.width
        let place = unsafe target + position
        switch (column.width, signed) {
        case (1, false): unsafe copy(UInt8.self, from: source, to: place, count)
        case (1, true): unsafe copy(Int8.self, from: source, to: place, count)
        case (2, false): unsafe copy(UInt16.self, from: source, to: place, count)
        case (2, true): unsafe copy(Int16.self, from: source, to: place, count)
        case (4, false): unsafe copy(UInt32.self, from: source, to: place, count)
        case (4, true): unsafe copy(Int32.self, from: source, to: place, count)
        default: unsafe copy(Int64.self, from: source, to: place, count)
        }
      }
    }
  }

  private static func copy<Value: FixedWidthInteger & BitwiseCopyable>(
    _: Value.Type, from source: UnsafeRawPointer, to target: UnsafeMutablePointer<Int64>, _ count: Int
  ) {
    let width = MemoryLayout<Value>.size
    for index in 0..<count {
      let value = unsafe source.loadUnaligned(fromByteOffset: index &* width, as: Value.self)
      unsafe target[index] = Int64(truncatingIfNeeded: Value(littleEndian: value))
    }
  }

  /// One value of a chunk, widened.
  static func value(_ index: Int, of chunk: RawSpan, column: ColumnSchema) -> Int64 {
    precondition((index + 1) * column.width <= chunk.byteCount, "a value beyond the chunk")
    var raw: UInt64 = 0
    unsafe chunk.withUnsafeBytes { bytes in
      for byte in 0..<column.width { unsafe raw |= UInt64(bytes[index * column.width + byte]) &<< UInt64(8 * byte) }
    }
    let shift = UInt64(64 - 8 * column.width)
    switch column.encoding {
    case .plain(signed: false): return Int64(bitPattern: raw)
    case .plain(signed: true), .relativeInstant: return Int64(bitPattern: raw &<< shift) &>> Int64(shift)
    }
  }

  /// The chunk of `values[range]`, which become the chunk's first values; the rest is filled with `filler`.
  static func chunk(
    of values: [Int64], in range: Range<Int>, column: ColumnSchema, filler: Int64, into bytes: inout [UInt8]
  ) {
    precondition(bytes.count == Geometry.chunkByteCount, "a chunk's room")
    precondition(range.count <= column.rowsPerChunk, "more values than a chunk holds")
    for index in 0..<column.rowsPerChunk {
      let value = index < range.count ? values[range.lowerBound + index] : filler
      let raw = UInt64(bitPattern: value)
      let offset = index &* column.width
      for byte in 0..<column.width { bytes[offset &+ byte] = UInt8(truncatingIfNeeded: raw &>> UInt64(8 &* byte)) }
    }
  }
}
