extension Mapping {
  /// Reads a mapping from a TOML file of at most 1 MiB.
  package init(contentsOf path: String) throws(IntakeError) {
    let bytes = try Transcoder(ByteSource(path: path), encoding: .utf8).readHead(byteLimit: 1 << 20)
    try self.init(String(decoding: bytes, as: UTF8.self), path: path)
  }

  /// Reads a mapping from TOML text; `path` is what messages call it.
  package init(_ text: String, path: String) throws(IntakeError) {
    do throws(MappingProblem) {
      self = try MappingReader.mapping(text, path: path)
    } catch {
      throw .mapping(error)
    }
  }
}

extension ByteStream {
  /// What the stream has left, up to `byteLimit` bytes.
  func readHead(byteLimit: Int) throws(IntakeError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteLimit)
    var count = 0
    while bytes.count - count >= 8 {
      let read = try read(into: &bytes, from: count)
      if read == 0 { break }
      count += read
    }
    return Array(bytes[..<count])
  }
}
