import Testing

@testable import Columns

struct TableTests {
  static let gbp = MoneyUnit(code: "GBP", scale: 2)!
  static let yen = MoneyUnit(code: "JPY", scale: 0)!

  @Test func `rows come back as they were appended`() {
    var table = Table(columns: [Column("channel", type: .text, isKey: true), Column("n", type: .integer)])
    #expect(table.rowCount == 0)
    table.append(["pos", 3])
    table.append([nil, 4])
    #expect(table.rowCount == 2)
    #expect(table[0, 0] == "pos" && table[0, 1] == 3)
    #expect(Array(table.row(1)) == [.null, 4])
    #expect(table.index(ofColumn: "n") == 1)
    #expect(table.index(ofColumn: "m") == nil)
  }

  @Test func `a column states its own unit or the one its type implies`() {
    #expect(Column("p95", type: .duration).unit == "ms")
    #expect(Column("total", type: .money(Self.gbp)).unit == "GBP")
    #expect(Column("total", type: .money(nil)).unit == nil)
    #expect(Column("n", type: .integer, unit: "orders").unit == "orders")
    #expect(Column("n", type: .integer).label == "n")
  }

  @Test func `columns are picked by name and in the order asked for`() {
    let table = Table(
      columns: [Column("a", type: .integer), Column("b", type: .text), Column("c", type: .integer)],
      rows: [[1, "x", 2], [3, "y", 4]])
    let picked = table.selecting(["c", "a"])
    #expect(picked?.columns.map(\.name) == ["c", "a"])
    #expect(picked?.row(1).map { $0 } == [4, 3])
    #expect(table.selecting(["c", "d"]) == nil)
    #expect(table.selecting(["c", "c"]) == nil)
  }

  static let values: [Value] = [
    "text", 1, true, .ratio(numerator: 1, denominator: 2), .duration(milliseconds: 1),
    .money(minorUnits: 1, unit: gbp), .instant(milliseconds: 1), .counts([]),
  ]

  @Test(
    arguments: [
      (.text, [0]), (.bucket, [0]), (.integer, [1]), (.boolean, [2]), (.ratio, [3]), (.duration, [4]),
      (.money(gbp), [5]), (.money(nil), [5]), (.money(yen), []), (.instant, [6]), (.counts, [7]),
      (.number, [1, 3, 4, 5]),
    ] as [(ColumnType, [Int])])
  func `a column accepts its own kind of value and null`(type: ColumnType, accepted: [Int]) {
    #expect(Self.values.indices.filter { type.accepts(Self.values[$0]) } == accepted)
    #expect(type.accepts(.null))
  }

  @Test func `a row of the wrong length is refused`() async {
    await #expect(processExitsWith: .failure) {
      var table = Table(columns: [Column("n", type: .integer)])
      table.append([1, 2])
    }
  }

  @Test func `a value of the wrong type is refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = Table(columns: [Column("n", type: .integer)], rows: [["one"]])
    }
  }

  @Test func `two columns of one name are refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = Table(columns: [Column("n", type: .integer), Column("n", type: .text)])
    }
  }

  @Test func `a value takes three words`() {
    #expect(MemoryLayout<Value>.stride == 24)
  }
}
