import Foundation
import Intake
import Testing

struct ByteSourceTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func content(_ bytes: [UInt8], bufferByteCount: Int = 1000) throws -> [UInt8] {
    try ByteSource(path: directory.file("x", bytes)).readAll(bufferByteCount: bufferByteCount)
  }

  @Test func `plain, gzip and zstd files give the same text`() throws {
    #expect(try content(PackedText.plain) == PackedText.plain)
    #expect(try content(PackedText.gzip) == PackedText.plain)
    #expect(try content(PackedText.zstd) == PackedText.plain)
  }

  @Test func `the packing is told from the first bytes, not from the name`() throws {
    #expect(try ByteSource(path: directory.file("a.csv", PackedText.gzip)).compression == .gzip)
    #expect(try ByteSource(path: directory.file("a.gz", PackedText.zstd)).compression == .zstd)
    #expect(try ByteSource(path: directory.file("b.zst", PackedText.plain)).compression == .none)
  }

  @Test func `an empty file and files of one byte are plain text`() throws {
    #expect(try content([]) == [])
    #expect(try content([0x1F]) == [0x1F])
  }

  @Test(arguments: [1, 7, 400])
  func `members and frames that follow one another are one text`(copies: Int) throws {
    let plain = Array(repeatElement(PackedText.plain, count: copies).joined())
    #expect(
      try content(Array(repeatElement(PackedText.gzip, count: copies).joined()), bufferByteCount: 70_000) == plain)
    #expect(
      try content(Array(repeatElement(PackedText.zstd, count: copies).joined()), bufferByteCount: 70_000) == plain)
  }

  @Test func `zeros behind gzip data are padding, anything else is damage`() throws {
    #expect(try content(PackedText.gzip + [0, 0, 0]) == PackedText.plain)
    let path = try directory.file("x", PackedText.gzip + [7])
    let reason = "something else follows the data"
    #expect(throws: IntakeError.damaged(path: path, format: .gzip, byte: PackedText.gzip.count, reason: reason)) {
      try ByteSource(path: path).readAll()
    }
  }

  @Test(arguments: 1..<10)
  func `data cut at any tenth ends early at the byte of the cut`(tenth: Int) throws {
    for (format, packed) in [(Compression.gzip, PackedText.gzip), (.zstd, PackedText.zstd)] {
      let cut = packed.count * tenth / 10
      let path = try directory.file("x", Array(packed[..<cut]))
      #expect(throws: IntakeError.endsEarly(path: path, format: format, byte: cut)) {
        try ByteSource(path: path).readAll()
      }
    }
  }

  @Test func `data cut just before its checksum is complete ends early`() throws {
    for (format, packed) in [(Compression.gzip, PackedText.gzip), (.zstd, PackedText.zstd)] {
      let path = try directory.file("x", Array(packed.dropLast()))
      #expect(throws: IntakeError.endsEarly(path: path, format: format, byte: packed.count - 1)) {
        try ByteSource(path: path).readAll()
      }
    }
  }

  @Test func `a wrong checksum is damage`() throws {
    var gzip = PackedText.gzip
    gzip[gzip.count - 8] ^= 1
    var zstd = PackedText.zstd
    zstd[zstd.count - 1] ^= 1
    for (format, packed) in [(Compression.gzip, gzip), (.zstd, zstd)] {
      let path = try directory.file("x", packed)
      #expect { try ByteSource(path: path).readAll() } throws: { error in
        guard case IntakeError.damaged(path, format, let byte, _) = error else { return false }
        return byte > 0 && byte <= packed.count
      }
    }
  }

  @Test func `a missing file and a directory are told apart`() throws {
    let missing = directory.path + "/none.csv"
    #expect(throws: IntakeError.missing(path: missing)) { try ByteSource(path: missing) }
    #expect { try ByteSource(path: directory.path) } throws: { error in
      guard case IntakeError.unreadable = error else { return false }
      return true
    }
  }

  @Test func `a pipe is read like a file and has no size`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(PackedText.gzip))
    try pipe.fileHandleForWriting.close()
    let source = try ByteSource(
      descriptor: pipe.fileHandleForReading.fileDescriptor, name: "standard input")
    #expect(source.byteCount == nil)
    #expect(try source.readAll() == PackedText.plain)
    #expect(source.bytesRead == PackedText.gzip.count)
  }
}
