import Testing
import Workload

struct ShopTests {
  let shop = Shop(profile: .year, seed: Seed(42))

  @Test func `every article has its own SKU, a price and a lower cost`() {
    #expect(shop.articles.count == ShopProfile.year.skuCount)
    #expect(Set(shop.articles.map(\.sku)).count == shop.articles.count)
    #expect(shop.articles.allSatisfy { 0 < $0.unitCostMinorUnits && $0.unitCostMinorUnits < $0.listPriceMinorUnits })
    #expect(Set(shop.articles.map(\.category)).count == 8)
  }

  @Test func `another seed is another shop`() {
    #expect(Shop(profile: .year, seed: Seed(43)).articles != shop.articles)
    #expect(Shop(profile: .year, seed: Seed(42)).articles == shop.articles)
  }

  @Test func `a region is served by a warehouse, not by a store`() {
    #expect(shop.regions.allSatisfy { $0.warehouse < shop.warehouseCount && !$0.cities.isEmpty })
    #expect(shop.warehouseCount < shop.locations.count)
  }
}
