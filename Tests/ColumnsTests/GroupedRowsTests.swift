import Testing

@testable import Columns

struct GroupedRowsTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `each code has its rows in ascending order, as found by filtering`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let codes = (0..<Int.random(in: 0...400, using: &generator)).map { _ in UInt32.random(in: 0...9, using: &generator)
    }
    let grouped = groupedRows(by: codes.span, codeCount: 11)
    #expect(grouped.codeCount == 11)
    for code in 0..<11 {
      #expect(grouped.rows(of: code).map(Int.init) == codes.indices.filter { Int(codes[$0]) == code })
    }
    #expect(grouped.rows.count == codes.count)
  }

  @Test func `a code outside the dictionary is refused`() async {
    await #expect(processExitsWith: .failure) { _ = groupedRows(by: ([9] as [UInt8]).span, codeCount: 3) }
  }
}
