import Testing

@testable import Intake

struct TextRuleTests {
  @Test(
    arguments: [
      (.email, " Anna@Example.ORG ", "anna@example.org"), (.phone, "+49 (30) 123-45", "+493012345"),
      (.email, "A\t[B]@x\r\n", "a[b]@x"), (.email, "Ä\u{A0}B@X", "äb@x"), (.email, "\u{1F}a", "\u{1F}a"),
      (.phone, "030/12 34", "0301234"), (.phone, "", ""),
      (.phone, "none", ""), (.phoneChina, "+86 138-0013-8000", "13800138000"),
      (.phoneChina, "008613800138000", "13800138000"),
      (.phoneChina, "13800138000", "13800138000"), (.phoneChina, "8612", "8612"), (.lower, "ÄB", "äb"),
      (.upper, "äb", "ÄB"), (nil, " A ", " A "),
    ] as [(TextRule.Normalisation?, String, String)])
  func `texts have one normal form`(normalisation: TextRule.Normalisation?, text: String, expected: String) {
    #expect(TextRule.normalised(text, normalisation) == expected)
  }
}
