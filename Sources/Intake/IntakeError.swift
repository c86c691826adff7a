/// Why a file or a mapping could not be used at all.
///
/// A fault of one row is a ``RowProblem`` and does not stop an import; these do. Positions are byte positions in the
/// file as it lies on disk for compression faults, and in the decompressed text for all others, counted from 0.
package enum IntakeError: Error, Sendable, Hashable {
  /// No file of that name.
  case missing(path: String)
  /// The file is there but cannot be read.
  case unreadable(path: String, reason: String)
  /// A file of ours (rejects, temporary rows) cannot be written.
  case unwritable(path: String, reason: String)
  /// Compressed data stops before its end; `byte` is how many compressed bytes there were.
  case endsEarly(path: String, format: Compression, byte: Int)
  /// Compressed data is wrong at compressed byte `byte`: bad checksum, bad block, or something else after its end.
  case damaged(path: String, format: Compression, byte: Int, reason: String)
  /// The text is not what its encoding allows at byte `byte`.
  case badText(path: String, encoding: TextEncoding, byte: Int)
  /// The system's C library lacks the converter.
  case unsupportedEncoding(path: String, encoding: TextEncoding)
  /// One row is longer than `limitBytes`; mostly a quote that never closes.
  case rowTooLong(path: String, line: Int, limitBytes: Int)
  /// The rows that one key brings together are more than `limitBytes`; mostly a mapping whose key is not one.
  case documentTooLarge(path: String, line: Int, limitBytes: Int)
  /// The file has no header line.
  case empty(path: String)
  /// The mapping itself is wrong, or does not fit the file.
  case mapping(MappingProblem)
}

extension IntakeError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "no file \(path)"
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    case .endsEarly(let path, let format, let byte):
      "\(path): \(format) data ends early at byte \(byte); the file was cut, fetch it again"
    case .damaged(let path, let format, let byte, let reason):
      "\(path): \(format) data is damaged at byte \(byte): \(reason); fetch the file again"
    case .badText(let path, let encoding, let byte):
      "\(path): not \(encoding) text at byte \(byte); name the encoding in the mapping: encoding = \"…\""
    case .unsupportedEncoding(let path, let encoding):
      "\(path): this system cannot read \(encoding); convert the file to UTF-8 first"
    case .rowTooLong(let path, let line, let limitBytes):
      "\(path): line \(line) starts a row of more than \(limitBytes) bytes; a quote there may never close"
    case .documentTooLarge(let path, let line, let limitBytes):
      "\(path): the document of line \(line) has more than \(limitBytes) bytes; is the mapping's order number one?"
    case .empty(let path): "\(path) is empty: not even a header line"
    case .mapping(let problem): problem.description
    }
  }
}
