import QueryLanguage
import Testing

struct EditDistanceTests {
  @Test(arguments: [
    ("locaton", "location", 1), ("chanel", "channel", 1), ("shiped", "shipped", 1), ("hcannel", "channel", 1),
    ("", "ab", 2), ("same", "same", 0), ("渠道", "渠到", 1), ("ca", "abc", 3),
  ]) func `the distance counts letters added, dropped, changed or swapped`(left: String, right: String, distance: Int) {
    #expect(EditDistance.between(left, right, limit: 3) == distance)
    #expect(EditDistance.between(right, left, limit: 3) == distance)
    #expect(EditDistance.between(left, right, limit: distance - 1) == nil)
  }

  @Test func `a near name is suggested, or one that begins the same`() {
    let names = ["channel", "location", "customer.grade", "region", "total"]
    #expect(EditDistance.suggestion(for: "locaton", among: names) == "location")
    #expect(EditDistance.suggestion(for: "cust", among: names) == "customer.grade")
    #expect(EditDistance.suggestion(for: "price", among: names) == nil)
    #expect(EditDistance.suggestion(for: "x", among: ["a", "xyz"]) == "a")
    #expect(EditDistance.suggestion(for: "abc", among: ["xyc"]) == nil)
  }
}
