import Columns
import Foundation
import Reports
import Testing

struct JSONRendererTests {
  func parsed(_ table: Table) throws -> [String: Any] {
    let data = Data(JSONRenderer().bytes(of: table))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `meta, columns and rows stand in a stable order`() {
    let column = { (name: String, type: String, unit: String) in
      "{\"name\":\"\(name)\",\"type\":\"\(type)\",\"unit\":\(unit)}"
    }
    let columns = [
      column("channel", "text", "null"), column("month", "bucket", "null"), column("n", "integer", "\"orders\""),
      column("on_time", "ratio", "\"percent\""), column("p95", "duration", "\"ms\""),
      "{\"name\":\"total\",\"type\":\"money\",\"unit\":\"GBP\",\"scale\":2}", column("last", "instant", "null"),
      column("open", "boolean", "null"), column("excluded", "object", "null"),
    ]
    #expect(
      JSONRenderer().text(of: sample) == """
        {"meta":{"period":{"from":"2025-03-01T00:00:00.000Z","until":"2025-04"},"sequence":184467,\
        "kpis":["K10:scor","K09"]},"columns":[\(columns.joined(separator: ","))],"rows":[
        {"channel":"天猫旗舰店","month":"2025-03","n":1234567,"on_time":0.918918918919,"p95":187200000,"total":123450,\
        "last":"2025-03-02T10:14:07.000Z","open":true,"excluded":{"cancelled":3,"time-missing":1200}},
        {"channel":"\(family) cafe\u{301}","month":"2025-03","n":-5,"on_time":null,"p95":12400,"total":-5,\
        "last":"1969-12-31T23:59:59.999Z","open":false,"excluded":{}},
        {"channel":null,"month":null,"n":null,"on_time":null,"p95":null,"total":null,\
        "last":null,"open":null,"excluded":null}
        ]}

        """)
  }

  @Test func `another reader gets the same values`() throws {
    let object = try parsed(sample)
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows.count == 3)
    #expect(rows[0]["channel"] as? String == "天猫旗舰店")
    #expect(rows[0]["total"] as? Int64 == 123_450)
    #expect(rows[1]["channel"] as? String == "\(family) cafe\u{301}")
    #expect(rows[2].values.allSatisfy { $0 is NSNull })
    let meta = try #require(object["meta"] as? [String: Any])
    #expect(meta["kpis"] as? [String] == ["K10:scor", "K09"])
  }

  @Test func `awkward texts come back unchanged`() throws {
    let rows = try #require(try parsed(awkward)["rows"] as? [[String: Any]])
    for row in 0..<awkward.rowCount {
      #expect(awkward[row, 0] == (rows[row]["text"] as? String).map(Value.text))
    }
  }

  @Test func `integers keep all 64 bits, amounts are minor units at any scale`() throws {
    let table = Table(columns: [Column("v", type: .number)], rows: [[.integer(.min)], [.integer(.max)]])
    #expect(JSONLinesRenderer().text(of: table) == "{\"v\":-9223372036854775808}\n{\"v\":9223372036854775807}\n")
    let rows = try #require(try parsed(amounts)["rows"] as? [[String: Any]])
    #expect(rows[0..<4].map { $0["value"] as? Int64 } == [-1_234_567, -1_234_567, -1_234_567, -7])
    #expect(rows[4]["value"] as? Double == -1_234.5)
  }

  @Test func `an empty table has columns and no rows`() {
    #expect(
      JSONRenderer().text(of: emptyTable) == """
        {"meta":{},"columns":[{"name":"channel","type":"text","unit":null},\
        {"name":"n","type":"integer","unit":null}],"rows":[]}

        """)
  }
}
