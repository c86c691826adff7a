import Columns
import KPIs
import OrderModel
import Testing

@testable import Analytics

@Suite struct MemberTableTests {
  @Test(
    arguments: KPICatalogue.all.filter { $0 is any OrderKPI || $0 is any CustomerKPI }.map(\.definition)
      // Parts of a whole have the whole below the line, whatever the group; see OutcomeKeysTests.
      .filter { $0.cellKeys.isEmpty }.map(\.name))
  func `members are disjoint and as many as the figure counts`(name: String) throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request(name, by: ["channel"])
    let answer = try Analytics.answers(to: request, from: golden.snapshot()).answers[0]
    request.explanation = .members
    let table = try Analytics.answer(request, from: golden.snapshot())
    let places = try ["channel", "set", "member", "number"].map { try #require(table.index(ofColumn: $0)) }
    let rows = (0..<table.rowCount).map { row in places.map { table[row, $0] } }
    for cell in answer.cells {
      let key = cell.keys[0].map { Value.text($0) } ?? .null
      func count(_ set: String) -> Int64 { Int64(rows.count { $0[0] == key && $0[1] == .text(set) }) }
      switch answer.definition.kind {
      case .rate:
        #expect(count("numerator") == cell.result.numerator)
        #expect(count("numerator") + count("denominator") == cell.result.denominator)
      case .duration, .average: #expect(count("numerator") == cell.result.denominator)
      case .count: #expect(count("numerator") + count("denominator") == cell.result.numerator)
      case .share, .product, .amount, .turns, .quotient: #expect(count("numerator") + count("denominator") > 0)
      }
      #expect(count("pending") == cell.result.pending)
      for exclusion in cell.result.excluded { #expect(count("excluded:\(exclusion.reason)") == exclusion.count) }
    }
    // A member of one kind stands in one set of one group; an order's figure may count it once a customer gap.
    let names = rows.map { "\($0[2]) \($0[3])" }
    #expect(Set(names).count == names.count)
  }

  @Test func `members of March name every order once`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K10:commit")
    request.explanation = .members
    let table = try Analytics.answer(request, from: golden.snapshot())
    let lines = (0..<table.rowCount).map { row in
      table.row(row).map { if case .text(let text) = $0 { text } else { "" } }.joined(separator: " ")
    }
    #expect(
      lines.sorted() == [
        "K10:commit denominator order O2 web c2", "K10:commit denominator order O7 web c5",
        "K10:commit excluded:cancelled-customer order O4 web c3", "K10:commit numerator order O1 web c1",
        "K10:commit numerator order O10 web c6", "K10:commit numerator order O15 web c7",
        "K10:commit numerator order O3 web c1", "K10:commit numerator order O5 b2b c4",
        "K10:commit numerator order O6 web c2", "K10:commit numerator order O8 web ",
      ])
  }

  @Test func `a credit note is a member of net sales`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K42:net")
    request.explanation = .members
    let table = try Analytics.answer(request, from: golden.snapshot())
    let credits = (0..<table.rowCount).filter { table[$0, table.index(ofColumn: "member")!] == "credit" }
    #expect(credits.map { table[$0, table.index(ofColumn: "number")!] } == ["R6"])
  }

  @Test func `turnover has no members`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K31:twa")
    request.explanation = .members
    #expect(throws: AnalyticsError.noMembers(kpi: "K31:twa")) { try Analytics.answer(request, from: golden.snapshot()) }
  }
}
