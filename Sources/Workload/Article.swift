/// Something the shop sells. Money in minor units of CNY (fen).
package struct Article: Sendable, Hashable {
  package var sku: String
  package var name: String
  package var category: String
  /// Price before any discount.
  package var listPriceMinorUnits: Int64
  package var unitCostMinorUnits: Int64

  /// Categories with the cheapest and dearest list price, in yuan.
  private static let categories: [(name: String, noun: String, yuan: ClosedRange<Int>)] = [
    ("女装", "连衣裙", 79...699), ("男装", "衬衫", 69...499), ("鞋靴", "跑鞋", 129...1_299), ("美妆", "面霜", 39...899),
    ("家居", "四件套", 99...799), ("食品", "坚果礼盒", 19...199), ("数码", "耳机", 99...2_999), ("母婴", "纸尿裤", 59...399),
  ]

  /// `count` articles; which category is hot follows from the seed.
  static func catalogue(count: Int, seed: Seed) -> [Article] {
    precondition(count >= 8, "a shop sells at least 8 articles")
    return (0..<count).map { number in
      var generator = SplitMix64(seed.derived(for: .catalogue, UInt64(number)))
      let category = generator.pick(of: categories)
      // The lower of two draws: most articles are cheap ones.
      let yuan = min(generator.within(category.yuan), generator.within(category.yuan))
      let list = Int64(yuan) * 100 - (generator.happens(4_000) ? 10 : 0)
      return Article(
        sku: String(prefix: "SKU-", number: number + 1, width: 5), name: "\(category.noun) \(number + 1)号",
        category: category.name, listPriceMinorUnits: list,
        unitCostMinorUnits: list * Int64(generator.within(38...68)) / 100)
    }
  }
}
