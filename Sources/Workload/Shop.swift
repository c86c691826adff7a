package import OrderModel

/// Everything about a shop that does not change from order to order: what it sells, where, through whom, to whom.
///
/// Made from a profile and a seed; costs about a millisecond.
package struct Shop: Sendable {
  package let profile: ShopProfile
  package let seed: Seed
  /// Articles, the hottest first.
  package let articles: [Article]
  package let channels: [SalesChannel]
  package let regions: [SalesRegion]
  /// Warehouses first, then stores.
  package let locations: [String]
  package let warehouseCount: Int
  package let carriers: [String]
  package let customers: CustomerBase
  package let reviewers: [String]
  package let pickers: [String]

  let articleTable: WeightedTable
  let channelTable: WeightedTable
  let regionTable: WeightedTable

  package init(profile: ShopProfile, seed: Seed) {
    self.profile = profile
    self.seed = seed
    articles = Article.catalogue(count: profile.skuCount, seed: seed)
    channels = SalesChannel.all
    regions = SalesRegion.all
    locations = ["SH-1", "GZ-1", "BJ-1", "CD-1", "门店-南京路", "门店-天河"]
    warehouseCount = 4
    carriers = ["顺丰", "中通", "圆通", "京东物流", "EMS"]
    customers = CustomerBase(seed: seed, regions: SalesRegion.all)
    reviewers = (1...6).map { "reviewer-\($0)" }
    pickers = (1...24).map { "picker-\($0)" }
    articleTable = .zipf(count: profile.skuCount)
    channelTable = WeightedTable(weights: SalesChannel.all.map(\.weight))
    regionTable = WeightedTable(weights: SalesRegion.all.map(\.weight))
  }

  /// The moment at which the story ends; every event lies before it.
  package var horizon: Instant { Instant(milliseconds: Int64(profile.horizonSecond) * 1_000) }
  /// The moment at which trading begins.
  package var opening: Instant {
    Instant(milliseconds: Int64(profile.clock.start(ofDay: profile.firstDayNumber)) * 1_000)
  }

  /// `count` orders in the order of their placing.
  package func orders(_ count: Int) -> OrderStream { OrderStream(shop: self, count: count) }
}
