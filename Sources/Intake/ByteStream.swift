/// Bytes that are read forward, once.
///
/// A class, because the position in the stream is state that its reader owns; used by one thread at a time.
package protocol ByteStream: AnyObject {
  /// What messages call the stream: its path, or `standard input`.
  var name: String { get }

  /// Bytes taken from the file as it lies on disk so far, for progress.
  var bytesRead: Int { get }

  /// Writes the next bytes into `buffer` from index `start` on.
  ///
  /// - Returns: how many bytes were written; 0 only at the end of the stream.
  func read(into buffer: inout [UInt8], from start: Int) throws(IntakeError) -> Int
}
