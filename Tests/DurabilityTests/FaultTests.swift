import Foundation
import Testing

/// Calls to the system that fail. The long form: `StoreStress faults MODE 10000 100`.
@Suite(.serialized)
struct FaultTests {
  @Test(arguments: ["commit", "pipelined"])
  func `whichever write or flush fails, callers are told, nothing acknowledged is lost and the store can work on`(
    mode: String
  ) throws {
    let limit = longFactor > 1 ? 10_000 : 22
    let report = try StressTool.run(["faults", mode, "\(limit)", longFactor > 1 ? "100" : "20"])
    if report.isSkipped { return }
    #expect(report.figures["violations"] == 0, "\(report.output)")
    #expect(report.figures["faults", default: 0] > 100, "\(report.output)")
    for told in ["told as diskFailed", "diskFull"] { #expect(report.figures[told, default: 0] > 0, "\(report.output)") }
  }
}
