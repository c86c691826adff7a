import Foundation
import Intake
import Testing

struct TranscoderTests {
  static let sample = "订单编号,手机\nT-1,é€😀\n" + String(repeating: "plain ascii text ", count: 20) + "東京\n"

  static func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
    var units = Array(text.utf16)
    if mark { units.insert(0xFEFF, at: 0) }
    return units.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  private func text(_ bytes: [UInt8], _ encoding: TextEncoding? = nil, piece: Int, buffer: Int) throws -> String {
    let transcoder = try Transcoder(BytePieces(bytes, pieceByteCount: piece), encoding: encoding)
    return String(decoding: try transcoder.readAll(bufferByteCount: buffer), as: UTF8.self)
  }

  @Test(arguments: [1, 2, 3, 5, 64, 100_000], [8, 9, 31, 5000])
  func `every encoding gives the same UTF-8 at every piece and buffer size`(piece: Int, buffer: Int) throws {
    let utf8 = Array(Self.sample.utf8)
    #expect(try text(utf8, piece: piece, buffer: buffer) == Self.sample)
    #expect(try text([0xEF, 0xBB, 0xBF] + utf8, piece: piece, buffer: buffer) == Self.sample)
    for bigEndian in [false, true] {
      let marked = Self.utf16(Self.sample, bigEndian: bigEndian, mark: true)
      #expect(try text(marked, piece: piece, buffer: buffer) == Self.sample)
      let bare = Self.utf16(Self.sample, bigEndian: bigEndian, mark: false)
      let encoding = bigEndian ? TextEncoding.utf16BigEndian : .utf16LittleEndian
      #expect(try text(bare, encoding, piece: piece, buffer: buffer) == Self.sample)
    }
  }

  /// `天猫,é😀` in GB 18030: two-byte, two-byte and four-byte sequences.
  static let chinese: [UInt8] = [0xCC, 0xEC, 0xC3, 0xA8, 0x2C, 0xA8, 0xA6, 0x94, 0x39, 0xFC, 0x36]

  @Test(arguments: [1, 3, 1000])
  func `text that is no UTF-8 at its head is read as GB 18030`(piece: Int) throws {
    #expect(try text(Self.chinese, piece: piece, buffer: 100) == "天猫,é😀")
    #expect(try text(Self.chinese, .gb18030, piece: piece, buffer: 8) == "天猫,é😀")
  }

  @Test func `a byte-order mark decides over the encoding asked for`() throws {
    #expect(try text([0xEF, 0xBB, 0xBF] + Array("天猫".utf8), .gb18030, piece: 100, buffer: 100) == "天猫")
  }

  @Test(arguments: [
    (bytes: [0x61, 0xC0, 0x80], byte: 1), (bytes: [0x61, 0x62, 0xED, 0xA0, 0x80], byte: 2),
    (bytes: [0xF4, 0x90, 0x80, 0x80], byte: 0),
    (bytes: [0x61, 0xE2, 0x82], byte: 1), (bytes: [0x80], byte: 0), (bytes: [0xE0, 0x9F, 0xBF], byte: 0),
    (bytes: [0xF8, 0x88], byte: 0),
  ])
  func `bytes that are no UTF-8 are refused with their position`(bytes: [UInt8], byte: Int) {
    #expect(throws: IntakeError.badText(path: "memory", encoding: .utf8, byte: byte)) {
      try Transcoder(BytePieces(bytes), encoding: .utf8).readAll()
    }
  }

  @Test func `the position of a fault counts from the start of the file, mark included`() {
    let bytes = [0xEF, 0xBB, 0xBF] + [UInt8](repeating: 0x61, count: 600_000) + [0xFF]
    #expect(throws: IntakeError.badText(path: "memory", encoding: .utf8, byte: 600_003)) {
      try Transcoder(BytePieces(bytes)).readAll(bufferByteCount: 5000)
    }
  }

  @Test func `half a surrogate pair and a cut character are refused with their position`() {
    #expect(throws: IntakeError.badText(path: "memory", encoding: .utf16LittleEndian, byte: 4)) {
      try Transcoder(BytePieces([0xFF, 0xFE, 0x61, 0, 0, 0xDC, 0x61, 0])).readAll()
    }
    #expect(throws: IntakeError.badText(path: "memory", encoding: .utf16BigEndian, byte: 2)) {
      try Transcoder(BytePieces([0xFE, 0xFF, 0xD8])).readAll()
    }
    #expect(throws: IntakeError.badText(path: "memory", encoding: .gb18030, byte: 2)) {
      try Transcoder(BytePieces([0xCC, 0xEC, 0xC3]), encoding: .gb18030).readAll()
    }
    #expect(throws: IntakeError.badText(path: "memory", encoding: .gb18030, byte: 1)) {
      try Transcoder(BytePieces([0x61, 0xFF, 0xFF, 0x61]), encoding: .gb18030).readAll()
    }
  }

  @Test(arguments: ["utf-8", "UTF8", "utf-16le", "utf-16be", "gb18030", "GBK", "gb2312"])
  func `a mapping may name each encoding`(name: String) { #expect(TextEncoding(name: name) != nil) }

  @Test func `an unknown encoding has no value`() { #expect(TextEncoding(name: "latin-9") == nil) }
}
