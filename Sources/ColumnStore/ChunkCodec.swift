/// Moves values between a chunk's bytes and 64-bit values: the only place that knows a column's width in bytes.
enum ChunkCodec {
  /// Widens `count` values of a chunk from value `first` on into `values` from `position` on.
  static func widen(
    _ chunk: RawSpan, column: ColumnSchema, first: Int, count: Int, into values: inout [Int64], at position: Int
  ) {
    precondition(first >= 0 && count >= 0 && (first + count) * column.width <= chunk.byteCount, "beyond the chunk")
    precondition(position >= 0 && position + count <= values.count, "values beyond the column")
    unsafe chunk.withUnsafeBytes { bytes in
      unsafe values.withUnsafeMutableBufferPointer { out in
        guard count > 0, let base = bytes.baseAddress, let target = out.baseAddress else { return }
        let source = unsafe base + first * column.width
        let place = unsafe target + position
        switch (column.width, column.isSigned) {
        case (1, false): unsafe widen(UInt8.self, from: source, to: place, count)
        case (1, true): unsafe widen(Int8.self, from: source, to: place, count)
        case (2, false): unsafe widen(UInt16.self, from: source, to: place, count)
        case (2, true): unsafe widen(Int16.self, from: source, to: place, count)
        case (4, false): unsafe widen(UInt32.self, from: source, to: place, count)
        case (4, true): unsafe widen(Int32.self, from: source, to: place, count)
        default: unsafe widen(Int64.self, from: source, to: place, count)
        }
      }
    }
  }

  /// Makes instants of `count` codes of a chunk from code `first` on, against `bases` from `position` on; an escaped one
  /// becomes an instant that means nothing.
  ///
  /// Without branches, since absent instants and both units lie among others in no order, and in one pass.
  ///
  /// - Returns: Whether a code was an escaped one.
  static func decodeInstants(
    _ chunk: RawSpan, bases: [Int64], first: Int, count: Int, into values: inout [Int64], at position: Int
  ) -> Bool {
    precondition(first >= 0 && count >= 0 && (first + count) * 4 <= chunk.byteCount, "beyond the chunk")
    precondition(position >= 0 && position + count <= min(values.count, bases.count), "values beyond the column")
    var target = values.mutableSpan
    let bases = bases.span
    var escapes: Int32 = 0
    unsafe chunk.withUnsafeBytes { bytes in
      for index in 0..<count {
        let stored = unsafe bytes.loadUnaligned(fromByteOffset: (first &+ index) &* 4, as: Int32.self)
        let code = Int32(littleEndian: stored)
        escapes |= code == RelativeInstant.escaped ? 1 : 0
        target[position &+ index] = RelativeInstant.decoded(code, base: bases[position &+ index])
      }
    }
    return escapes != 0
  }

  private static func widen<Value: FixedWidthInteger & BitwiseCopyable>(
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
    var value: [Int64] = [0]
    widen(chunk, column: column, first: index, count: 1, into: &value, at: 0)
    return value[0]
  }

  /// Writes the chunk whose first values are `values`; the rest is filled with `filler`.
  ///
  /// - Returns: Whether the column's width holds every value; if not, the chunk must not be stored.
  static func write(_ values: [Int64], column: ColumnSchema, filler: Int64, into bytes: inout [UInt8]) -> Bool {
    precondition(bytes.count == Geometry.chunkByteCount, "a chunk's room")
    precondition(values.count <= column.rowsPerChunk, "more values than a chunk holds")
    return unsafe values.withUnsafeBufferPointer { values in
      unsafe bytes.withUnsafeMutableBytes { bytes in
        switch (column.width, column.isSigned) {
        case (1, false): unsafe narrow(UInt8.self, values, filler, into: bytes)
        case (1, true): unsafe narrow(Int8.self, values, filler, into: bytes)
        case (2, false): unsafe narrow(UInt16.self, values, filler, into: bytes)
        case (2, true): unsafe narrow(Int16.self, values, filler, into: bytes)
        case (4, false): unsafe narrow(UInt32.self, values, filler, into: bytes)
        case (4, true): unsafe narrow(Int32.self, values, filler, into: bytes)
        default: unsafe narrow(Int64.self, values, filler, into: bytes)
        }
      }
    }
  }

  private static func narrow<Value: FixedWidthInteger & BitwiseCopyable>(
    _: Value.Type, _ values: UnsafeBufferPointer<Int64>, _ filler: Int64, into bytes: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let width = MemoryLayout<Value>.size
    var lost: Int64 = 0
    for index in 0..<values.count {
      let value = Value(truncatingIfNeeded: unsafe values[index])
      lost |= unsafe values[index] ^ Int64(truncatingIfNeeded: value)
      unsafe bytes.storeBytes(of: value.littleEndian, toByteOffset: index &* width, as: Value.self)
    }
    let rest = Value(truncatingIfNeeded: filler)
    for index in values.count..<(bytes.count / width) {
      unsafe bytes.storeBytes(of: rest.littleEndian, toByteOffset: index &* width, as: Value.self)
    }
    return lost == 0
  }
}
