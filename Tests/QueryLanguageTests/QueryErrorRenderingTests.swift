import QueryLanguage
import Testing

struct QueryErrorRenderingTests {
  static func rendered(_ text: String) -> String {
    do throws(QueryError) {
      _ = try Condition(text).checked(against: TypeCheckerTests.catalogue)
      return ""
    } catch {
      return error.rendered(in: text)
    }
  }

  @Test func `carets stand below the name, with what may have been meant`() {
    #expect(
      Self.rendered("qty = 1 and locaton = 'SH-2'") == """
        error OB1204: no field 'locaton' in orders
          qty = 1 and locaton = 'SH-2'
                      ^^^^^^^  did you mean 'location'?
          fields: age, channel, customer.grade, gift, location, node, placed_at, qty, region, total
        """)
  }

  @Test func `wide letters before the place count two columns`() {
    #expect(
      Self.rendered("channel = '天猫' and 渠道 = 5") == """
        error OB1204: no field '渠道' in orders
          channel = '天猫' and 渠道 = 5
                               ^^^^
          fields: age, channel, customer.grade, gift, location, node, placed_at, qty, region, total
        """)
  }

  @Test func `only the line of the error is shown, and what was expected`() {
    #expect(
      Self.rendered("qty = 1\nand channel\tin 5") == """
        error OB1201: unexpected the number 5
          and channel in 5
                         ^  expected '('
        """)
    #expect(
      Self.rendered("reached shipped within 1h placed") == """
        error OB1201: unexpected 'placed'
          reached shipped within 1h placed
                                    ^^^^^^  expected 'of'
        """)
  }

  @Test func `an error at the end has one caret there`() {
    #expect(
      Self.rendered("(reached shipped") == """
        error OB1201: unexpected end of the text
          (reached shipped
                          ^  expected 'within', 'and', 'or' or ')'
        """)
  }

  @Test func `codes are those of the area and differ`() {
    let codes = QueryError.Code.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0.hasPrefix("OB12") })
  }
}
