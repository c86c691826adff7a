import Foundation
import Testing

/// Every write and flush of a day is recorded, then the power is lost at its moments: each page that was not flushed is
/// kept, dropped or torn, and the store must be what was promised.
///
/// The long forms: `StoreStress explore MODE 130000 12 128 240`, `StoreStress lost-flushes MODE 1000`.
@Suite(.serialized)
struct PowerLossTests {
  @Test(arguments: ["commit", "pipelined"])
  func `no power loss takes what was acknowledged or leaves half a commit`(mode: String) throws {
    let images = 1_500 * longFactor
    let report = try StressTool.run(["explore", mode, "\(images)", "6", "6"])
    if report.isSkipped { return }
    #expect(report.figures["images"] == images, "\(report.output)")
    #expect(report.figures["violations"] == 0, "\(report.output)")
    #expect(report.figures["torn", default: 0] > images / 20, "\(report.output)")
    #expect(report.figures["exhausted", default: 0] > 0, "\(report.output)")
  }

  @Test(arguments: ["commit", "pipelined"])
  func `what a failed flush was to write may be gone for good, and nothing acknowledged is`(mode: String) throws {
    let report =
      if longFactor > 1 {
        try StressTool.run(["lost-flushes", mode, "1000"])
      } else {
        try StressTool.run(["lost-flushes", mode, "60", "40", "4", "24"])
      }
    if report.isSkipped { return }
    #expect(report.figures["violations"] == 0, "\(report.output)")
    #expect(report.figures["days", default: 0] > 3, "\(report.output)")
  }

  @Test func `without flushes nearly every power loss is noticed: the search finds what is there to be found`() throws {
    let report = try StressTool.run(["explore", "unsynced", "200"])
    if report.isSkipped { return }
    #expect(report.figures["images"] == 200, "\(report.output)")
    #expect(report.figures["violations", default: 0] > 100, "\(report.output)")
  }
}
