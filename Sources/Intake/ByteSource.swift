/// A file or standard input, unpacked on the way if it starts like gzip or zstd.
///
/// Memory: one buffer of 256 KiB beside what zlib or zstd keep (under 1 MiB, or the window a zstd frame asks for).
package final class ByteSource: ByteStream {
  package let name: String
  /// The size of the file on disk, nil for a pipe.
  package let byteCount: Int?
  /// How the file is packed.
  package private(set) var compression: Compression = .none

  private let file: FileDescriptor
  private var input: [UInt8]
  private var position = 0
  private var limit = 0
  private var consumedBefore = 0
  private var ended = false
  private var unpacking: Unpacking = .none

  private enum Unpacking {
    case none
    case gzip(Inflater, inMember: Bool)
    case zstd(ZstdDecompressor, inFrame: Bool)
  }

  static let bufferByteCount = 256 << 10

  /// Opens the file at `path`, or standard input for `-`, and looks at its first bytes.
  package convenience init(path: String) throws(IntakeError) {
    if path == "-" {
      try self.init(descriptor: 0, name: "standard input")
    } else {
      try self.init(FileDescriptor(reading: path), name: path)
    }
  }

  /// Reads from a descriptor that the caller has open and keeps open.
  package convenience init(descriptor: Int32, name: String) throws(IntakeError) {
    try self.init(FileDescriptor(lending: descriptor, named: name), name: name)
  }

  private init(_ file: FileDescriptor, name: String) throws(IntakeError) {
    self.file = file
    self.name = name
    byteCount = file.byteCount
    input = [UInt8](repeating: 0, count: Self.bufferByteCount)
    // A pipe may hand out a single byte at a time: the magic needs four.
    while limit < 4 {
      let count = try file.read(into: &input, from: limit)
      if count == 0 { ended = true; break }
      limit += count
    }
    compression = Compression(magic: input, count: limit)
    switch compression {
    case .none: unpacking = .none
    case .gzip: unpacking = .gzip(Inflater(), inMember: true)
    case .zstd: unpacking = .zstd(ZstdDecompressor(), inFrame: true)
    }
  }

  package var bytesRead: Int { consumedBefore + position }

  package func read(into buffer: inout [UInt8], from start: Int) throws(IntakeError) -> Int {
    while true {
      if position == limit, !ended, compression != .none { try refill() }
      switch unpacking {
      case .none:
        // Past the head there is nothing to unpack: read straight into the caller's buffer.
        if position == limit, !ended { return try readPlain(into: &buffer, from: start) }
        let count = min(limit - position, buffer.count - start)
        buffer.replaceSubrange(start..<start + count, with: input[position..<position + count])
        position += count
        return count
      case .gzip(let inflater, let inMember):
        if let count = try inflateStep(inflater, inMember, into: &buffer, from: start) { return count }
      case .zstd(let decompressor, let inFrame):
        if let count = try decompressStep(decompressor, inFrame, into: &buffer, from: start) { return count }
      }
    }
  }

  private func readPlain(into buffer: inout [UInt8], from start: Int) throws(IntakeError) -> Int {
    let count = try file.read(into: &buffer, from: start)
    consumedBefore += count
    if count == 0 { ended = true }
    return count
  }

  private func refill() throws(IntakeError) {
    consumedBefore += position
    position = 0
    limit = try file.read(into: &input, from: 0)
    if limit == 0 { ended = true }
  }

  /// One step of zlib; nil when it made nothing and must be called again.
  private func inflateStep(
    _ inflater: Inflater, _ inMember: Bool, into buffer: inout [UInt8], from start: Int
  ) throws(IntakeError) -> Int? {
    var inMember = inMember
    if !inMember {
      // Between members: the end, padding with zeros, or the next member.
      while position < limit, input[position] == 0 { position += 1 }
      if position == limit { return ended ? 0 : nil }
      guard input[position] == 0x1F else {
        throw .damaged(path: name, format: .gzip, byte: bytesRead, reason: "something else follows the data")
      }
      inflater.reset()
      inMember = true
    }
    switch inflater.step(input, position..<limit, into: &buffer, from: start) {
    case .progress(let consumed, let produced):
      position += consumed
      unpacking = .gzip(inflater, inMember: true)
      if produced > 0 { return produced }
      if position == limit, ended { throw .endsEarly(path: name, format: .gzip, byte: bytesRead) }
      return nil
    case .memberEnd(let consumed, let produced):
      position += consumed
      unpacking = .gzip(inflater, inMember: false)
      return produced > 0 ? produced : nil
    case .damaged(let consumed, let reason):
      throw .damaged(path: name, format: .gzip, byte: bytesRead + consumed, reason: reason)
    }
  }

  /// One step of zstd; nil when it made nothing and must be called again.
  private func decompressStep(
    _ decompressor: ZstdDecompressor, _ inFrame: Bool, into buffer: inout [UInt8], from start: Int
  ) throws(IntakeError) -> Int? {
    if position == limit, ended, !inFrame { return 0 }
    switch decompressor.step(input, position..<limit, into: &buffer, from: start) {
    case .progress(let consumed, let produced, let atFrameEnd):
      position += consumed
      // A step without input or output says nothing of where the frame stands.
      let stillInFrame = consumed == 0 && produced == 0 ? inFrame : !atFrameEnd
      unpacking = .zstd(decompressor, inFrame: stillInFrame)
      if produced > 0 { return produced }
      if position == limit, ended, stillInFrame { throw .endsEarly(path: name, format: .zstd, byte: bytesRead) }
      return nil
    case .damaged(let consumed, let reason):
      throw .damaged(path: name, format: .zstd, byte: bytesRead + consumed, reason: reason)
    }
  }
}
