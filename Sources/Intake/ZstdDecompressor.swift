internal import CZstd

/// Unpacks zstd data in pieces; frames that follow one another count as one stream.
@safe final class ZstdDecompressor {
  /// What one step did.
  enum Step {
    /// Took `consumed` bytes of input and made `produced` bytes; `atFrameEnd` if a frame is complete there.
    case progress(consumed: Int, produced: Int, atFrameEnd: Bool)
    /// The data is wrong `consumed` bytes further on.
    case damaged(consumed: Int, reason: String)
  }

  private let stream: OpaquePointer

  init() {
    guard let stream = unsafe ZSTD_createDStream() else { preconditionFailure("zstd could not start: no memory") }
    unsafe self.stream = stream
    _ = unsafe ZSTD_initDStream(stream)
  }

  deinit { _ = unsafe ZSTD_freeDStream(stream) }

  /// Unpacks `input[range]` into `output[start...]` until one of them is used up.
  func step(_ input: [UInt8], _ range: Range<Int>, into output: inout [UInt8], from start: Int) -> Step {
    var consumed = 0
    var produced = 0
    let code = unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var from = unsafe ZSTD_inBuffer(src: source.baseAddress! + range.lowerBound, size: range.count, pos: 0)
        var to = unsafe ZSTD_outBuffer(dst: target.baseAddress! + start, size: target.count - start, pos: 0)
        let code = unsafe ZSTD_decompressStream(stream, &to, &from)
        consumed = unsafe from.pos
        produced = unsafe to.pos
        return code
      }
    }
    if ZSTD_isError(code) != 0 {
      return .damaged(consumed: consumed, reason: unsafe String(cString: ZSTD_getErrorName(code)))
    }
    return .progress(consumed: consumed, produced: produced, atFrameEnd: code == 0)
  }
}
