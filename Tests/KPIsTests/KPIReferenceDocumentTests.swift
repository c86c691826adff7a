import Foundation
import KPIs
import Testing

struct KPIReferenceDocumentTests {
  /// `ORDERBASE_UPDATE_EXAMPLES=1` writes the document instead.
  @Test func `the reference document says what the definitions say`() throws {
    let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Documentation/Reference/KPIs.md")
    let text = KPIReference.markdown()
    if ProcessInfo.processInfo.environment["ORDERBASE_UPDATE_EXAMPLES"] == "1" {
      try text.write(to: document, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: document, encoding: .utf8) == text)
  }
}
