@testable import ColumnStore
import Testing

struct RowGroupSummaryTests {
  private var summary: RowGroupSummary {
    var summary = RowGroupSummary()
    (summary.rowCount, summary.foldedThrough) = (4_080, .max)
    for column in [0, 3, 253] {
      for piece in stride(from: 0, to: 8, by: column == 3 ? 7 : 1) {
        summary.setChecksum(column: column, piece: piece, to: UInt32(column * 1_000 + piece) &* 2_654_435_761)
      }
    }
    summary.ranges = [0: .min ... .max, 9: -1...1]
    summary.bitSets = [1: .max, 200: 0]
    return summary
  }

  @Test func `a summary is read as it was written`() throws {
    let record = summary.record(table: 1, group: 70_000)
    #expect(try RowGroupSummary(record: record, table: 1, group: 70_000, place: "here") == summary)
    let empty = RowGroupSummary()
    #expect(try RowGroupSummary(record: empty.record(table: 0, group: 0), table: 0, group: 0, place: "") == empty)
  }

  @Test(.tags(.differential)) func `a chunk's checksum is found without decoding the rest`() throws {
    let record = summary.record(table: 1, group: 2)
    for column in 0..<254 {
      for piece in 0..<8 {
        let found = try record.span.bytes.checksum(column, piece)
        #expect(found == summary.checksum(column: column, piece: piece))
      }
    }
    #expect(throws: Damage.self) {
      try RowGroupSummary.checksum(
        column: 0, piece: 0, in: record.span.bytes, table: 1, group: 2, rowCount: 4_081, place: "")
    }
  }

  @Test func `every flipped bit is refused, both ways`() {
    let record = summary.record(table: 1, group: 2)
    for bit in 0..<(record.count * 8) {
      var damaged = record
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: Damage.self) { try RowGroupSummary(record: damaged, table: 1, group: 2, place: "") }
      #expect(throws: Damage.self) { try damaged.span.bytes.checksum(0, 0) }
    }
  }

  @Test func `a summary cut or of another row group is refused`() {
    let record = summary.record(table: 1, group: 2)
    for count in [0, 4, 17, record.count - 1] {
      let cut = Array(record.prefix(count))
      #expect(throws: Damage.self) { try RowGroupSummary(record: cut, table: 1, group: 2, place: "") }
      #expect(throws: Damage.self) { try cut.span.bytes.checksum(0, 0) }
    }
    #expect(throws: Damage.self) { try RowGroupSummary(record: record, table: 1, group: 3, place: "") }
    #expect(throws: Damage.self) { try RowGroupSummary(record: record, table: 0, group: 2, place: "") }
  }
}

extension RawSpan {
  fileprivate func checksum(_ column: Int, _ piece: Int) throws(Damage) -> UInt32? {
    try RowGroupSummary.checksum(
      column: column, piece: piece, in: self, table: 1, group: 2, rowCount: 4_080, place: "here")
  }
}
