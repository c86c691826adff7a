internal import CZlib

/// Unpacks gzip data in pieces; members that follow one another count as one stream.
@safe final class Inflater {
  /// What one step did.
  enum Step {
    /// Took `consumed` bytes of input and made `produced` bytes.
    case progress(consumed: Int, produced: Int)
    /// As above, and a member ended there with its checksum right.
    case memberEnd(consumed: Int, produced: Int)
    /// The data is wrong `consumed` bytes further on.
    case damaged(consumed: Int, reason: String)
  }

  // zlib keeps a pointer back to its stream record, so the record may not move.
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let code = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib could not start: \(code)")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Makes ready for the next member.
  func reset() { unsafe inflateReset(stream) }

  /// Unpacks `input[range]` into `output[start...]` until one of them is used up or a member ends.
  func step(_ input: [UInt8], _ range: Range<Int>, into output: inout [UInt8], from start: Int) -> Step {
    let code = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress! + range.lowerBound)
        unsafe stream.pointee.avail_in = UInt32(range.count)
        unsafe stream.pointee.next_out = target.baseAddress! + start
        unsafe stream.pointee.avail_out = UInt32(target.count - start)
        return unsafe inflate(stream, Z_NO_FLUSH)
      }
    }
    let consumed = unsafe range.count - Int(stream.pointee.avail_in)
    let produced = unsafe output.count - start - Int(stream.pointee.avail_out)
    switch code {
    case Z_OK, Z_BUF_ERROR: return .progress(consumed: consumed, produced: produced)
    case Z_STREAM_END: return .memberEnd(consumed: consumed, produced: produced)
    default:
      let reason = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "zlib says \(code)"
      return .damaged(consumed: consumed, reason: reason)
    }
  }
}
