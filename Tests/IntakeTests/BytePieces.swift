import Intake

/// Bytes in memory as a stream that hands out pieces of a given size.
final class BytePieces: ByteStream {
  let name: String
  private let bytes: [UInt8]
  private let pieceByteCount: Int
  private var position = 0

  init(_ bytes: [UInt8], pieceByteCount: Int = 1 << 20, name: String = "memory") {
    self.bytes = bytes
    self.pieceByteCount = pieceByteCount
    self.name = name
  }

  convenience init(_ text: String, pieceByteCount: Int = 1 << 20) {
    self.init(Array(text.utf8), pieceByteCount: pieceByteCount)
  }

  var bytesRead: Int { position }

  func read(into buffer: inout [UInt8], from start: Int) throws(IntakeError) -> Int {
    let count = min(pieceByteCount, bytes.count - position, buffer.count - start)
    for offset in 0..<count { buffer[start + offset] = bytes[position + offset] }
    position += count
    return count
  }
}

extension ByteStream {
  /// All that is left, read in steps of a buffer of `bufferByteCount`.
  func readAll(bufferByteCount: Int = 1000) throws(IntakeError) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: bufferByteCount)
    while true {
      let count = try read(into: &buffer, from: 0)
      if count == 0 { return result }
      result += buffer[..<count]
    }
  }
}
