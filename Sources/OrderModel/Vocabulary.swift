/// The word lists of a store: each gives its strings dense codes, so that grouping is array indexing.
///
/// Raw values are stored; they never change. Code 0 is "none" in every list.
public enum Vocabulary: UInt8, Sendable, Hashable, CaseIterable {
  case channel = 1
  case sku = 2
  case location = 3
  case carrier = 4
  case actor = 5
  case region = 6
  case reason = 7
  case currency = 8
  case orderType = 9
  case sourceStatus = 10
  case category = 11
  case grade = 12
  case priority = 13
  case paymentMethod = 14
  case city = 15
  /// Who claims stock without an order: a basket, a campaign.
  case owner = 16

  /// The name in `--by` and in queries.
  public var name: String {
    switch self {
    case .channel: "channel"
    case .sku: "sku"
    case .location: "location"
    case .carrier: "carrier"
    case .actor: "actor"
    case .region: "region"
    case .reason: "reason"
    case .currency: "currency"
    case .orderType: "type"
    case .sourceStatus: "source_status"
    case .category: "category"
    case .grade: "grade"
    case .priority: "priority"
    case .paymentMethod: "payment_method"
    case .city: "city"
    case .owner: "owner"
    }
  }
}
