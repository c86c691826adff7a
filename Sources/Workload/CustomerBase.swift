package import OrderModel

/// The shop's customers, made on demand: the same number is always the same person.
package struct CustomerBase: Sendable {
  private let seed: Seed
  private let regionTable: WeightedTable
  private let regions: [SalesRegion]

  private static let surnames = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗",
  ]
  private static let givenNames = [
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "超", "明", "霞", "秀英", "子轩",
    "浩然", "梓涵", "欣怡", "雨桐",
  ]
  /// Some names need care in files.
  private static let foreignNames = ["Ann O'Neil", "Smith, John", "Zoë \"Zo\" Müller", "Иван Петров", "José Núñez"]
  private static let phonePrefixes = ["138", "139", "150", "159", "186", "188", "199"]
  /// The grades, the most frequent first.
  package static let grades = ["普通", "银卡", "金卡", "VIP"]

  init(seed: Seed, regions: [SalesRegion]) {
    self.seed = seed
    self.regions = regions
    regionTable = WeightedTable(weights: regions.map(\.weight))
  }

  /// A person: identity, and the index of the region and of the city in it where they live.
  package func customer(_ number: Int) -> (identity: CustomerIdentity, region: Int, city: Int) {
    var generator = SplitMix64(seed.derived(for: .customer, UInt64(number)))
    let name =
      generator.happens(60)
      ? generator.pick(of: Self.foreignNames)
      : generator.pick(of: Self.surnames) + generator.pick(of: Self.givenNames)
    // The number itself is the tail of the phone number, so that no two customers share one below 10^8.
    let phone = String(prefix: generator.pick(of: Self.phonePrefixes), number: number % 100_000_000, width: 8)
    let email = generator.happens(6_500) ? String(prefix: "u", number: number, width: 7) + "@example.com" : nil
    let rank = generator.below(100)
    let grade = rank < 62 ? 0 : rank < 84 ? 1 : rank < 95 ? 2 : 3
    let region = regionTable.draw(with: &generator)
    let identity = CustomerIdentity(
      key: String(prefix: "C", number: number + 1, width: 8), name: name, phone: phone, email: email,
      grade: Self.grades[grade])
    return (identity, region, generator.below(regions[region].cities.count))
  }
}
