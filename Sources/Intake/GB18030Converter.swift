internal import Glibc

/// GB 18030 (and with it GBK and GB 2312) into UTF-8, by the C library's tables.
@safe final class GB18030Converter: TextConverter {
  private let handle: iconv_t

  /// Nil when the C library has no table for it.
  init?() {
    let handle = unsafe iconv_open("UTF-8", "GB18030")
    guard unsafe handle != iconv_t(bitPattern: -1) else { return nil }
    guard let handle = unsafe handle else { return nil }
    unsafe self.handle = handle
  }

  deinit { _ = unsafe iconv_close(handle) }

  func convert(
    _ input: [UInt8], _ range: Range<Int>, into output: inout [UInt8], from start: Int
  ) -> (consumed: Int, produced: Int, outcome: TextConversion) {
    var left = range.count
    var room = output.count - start
    var failure: Int32 = 0
    unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var from: UnsafeMutablePointer<CChar>? = unsafe UnsafeMutableRawPointer(mutating: source.baseAddress!)
          .advanced(by: range.lowerBound).assumingMemoryBound(to: CChar.self)
        var to: UnsafeMutablePointer<CChar>? = unsafe target.baseAddress!.advanced(by: start)
          .assumingMemoryBound(to: CChar.self)
        if unsafe iconv(handle, &from, &left, &to, &room) == Int(bitPattern: UInt.max) { failure = errno }
      }
    }
    let outcome: TextConversion =
      switch failure {
      case 0: .done
      case E2BIG: .full
      case EINVAL: .incomplete
      default: .invalid
      }
    return (range.count - left, output.count - start - room, outcome)
  }
}
