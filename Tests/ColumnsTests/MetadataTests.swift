import Testing

@testable import Columns

struct MetadataTests {
  @Test func `entries keep the order in which they were first set`() {
    var meta: Metadata = ["zone": "Asia/Shanghai", "sequence": 184_467]
    meta["as_of"] = .value(.instant(milliseconds: 0))
    meta["zone"] = "UTC"
    #expect(meta.entries.map(\.key) == ["zone", "sequence", "as_of"])
    #expect(meta["zone"] == "UTC")
    meta["sequence"] = nil
    meta["unknown"] = nil
    #expect(meta.entries.map(\.key) == ["zone", "as_of"])
    #expect(meta["sequence"] == nil)
  }

  @Test func `values nest`() {
    let meta: Metadata = ["period": ["from": "2025-01", "until": "2025-03"], "kpis": ["K10:scor", 2, true]]
    #expect(meta["period"] == .object(["from": "2025-01", "until": "2025-03"]))
    #expect(meta["kpis"] == .list([.value(.text("K10:scor")), .value(.integer(2)), .value(.boolean(true))]))
  }
}
