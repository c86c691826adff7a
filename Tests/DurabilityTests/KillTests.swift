import Foundation
import Testing

/// Processes killed with no warning. The long forms: `StoreStress kills 2000`, `StoreStress boundaries MODE 100000 100`.
@Suite(.serialized)
struct KillTests {
  @Test func `a busy process killed at any moment keeps what it acknowledged, once, and the store works on`() throws {
    let count = 200 * longFactor
    let report = try StressTool.run(["kills", "\(count)"])
    #expect(report.figures["kills"] == count, "\(report.output)")
    #expect(report.figures["violations"] == 0, "\(report.output)")
    #expect(report.figures["acknowledged", default: 0] > count, "\(report.output)")
  }

  @Test(arguments: ["commit", "pipelined"])
  func `a day killed before any write or flush, or in the middle of one, can be told again to the same end`(
    mode: String
  ) throws {
    let limit = longFactor > 1 ? 100_000 : 150
    let report = try StressTool.run(["boundaries", mode, "\(limit)", longFactor > 1 ? "100" : "30"])
    if report.isSkipped { return }
    #expect(report.figures["violations"] == 0, "\(report.output)")
    if longFactor > 1 {
      #expect(report.output.contains("whole day yes"))
    } else {
      #expect(report.figures["kills", default: 0] >= 140, "\(report.output)")
    }
  }
}
