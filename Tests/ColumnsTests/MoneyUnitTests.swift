import Testing

@testable import Columns

struct MoneyUnitTests {
  @Test(arguments: [0, 2, 3, 18])
  func `code and scale come back as given`(scale: Int) throws {
    let unit = try #require(MoneyUnit(code: "GBP", scale: scale))
    #expect(unit.code == "GBP" && unit.scale == scale)
  }

  @Test(arguments: [("gbp", 2), ("GB", 2), ("GBPX", 2), ("G€", 2), ("", 2), ("GBP", -1), ("GBP", 19)])
  func `what is no currency is refused`(code: String, scale: Int) {
    #expect(MoneyUnit(code: code, scale: scale) == nil)
  }
}
