internal import Calendars
internal import KPIs
internal import OrderModel
internal import QueryLanguage

/// Something answers are grouped by.
enum Dimension: Sendable, Hashable {
  /// A word of the order.
  case word(WordField)
  /// The customer's key.
  case customer
  /// The side that wanted the cancellation.
  case side
  /// Where the order stood at as-of.
  case node
  /// The SKU or category of a line.
  case sku, category
  /// The time bucket of the instant the figure is attributed to.
  case bucket(TimeBucket)

  /// A column of an order that holds words.
  enum WordField: String, Sendable, Hashable, CaseIterable {
    case channel, type, priority, currency, region, city, location, carrier, grade
    case sourceStatus = "source_status"
    case reason

    var field: OrderField {
      switch self {
      case .channel: .channel
      case .type: .type
      case .priority: .priority
      case .currency: .currency
      case .region: .region
      case .city: .city
      case .location: .location
      case .carrier: .carrier
      case .grade: .grade
      case .sourceStatus: .sourceStatus
      case .reason: .cancelReason
      }
    }

    var vocabulary: Vocabulary {
      switch self {
      case .channel: .channel
      case .type: .orderType
      case .priority: .priority
      case .currency: .currency
      case .region: .region
      case .city: .city
      case .location: .location
      case .carrier: .carrier
      case .grade: .grade
      case .sourceStatus: .sourceStatus
      case .reason: .reason
      }
    }
  }

  static let all: [Dimension] =
    WordField.allCases.map { .word($0) } + [.customer, .side, .node, .sku, .category]
    + TimeBucket.allCases.map { .bucket($0) }

  static let allNames = all.map(\.name)

  /// The name in `--by` and over its column.
  var name: String {
    switch self {
    case .word(let field): field.rawValue
    case .customer: "customer"
    case .side: "side"
    case .node: "node"
    case .sku: "sku"
    case .category: "category"
    case .bucket(let bucket): bucket.rawValue
    }
  }

  /// Other names that conditions and other tools use.
  private static let aliases: [String: Dimension] = [
    "customer.grade": .word(.grade), "cancel_reason": .word(.reason), "cancel_side": .side, "status": .node,
  ]

  /// The dimension of that name, letter case and `-` for `_` not mattering.
  init(named name: String) throws(AnalyticsError) {
    let wanted = String(name.lowercased().map { $0 == "-" ? "_" : $0 })
    if let found = Dimension.all.first(where: { $0.name == wanted }) ?? Dimension.aliases[wanted] {
      self = found
    } else {
      throw .unknownKey(
        name: name, suggestion: EditDistance.suggestion(for: wanted, among: Dimension.allNames),
        keys: Dimension.allNames)
    }
  }

  /// Those of the keys a figure makes by itself that cut orders and were not asked for anyway.
  static func own(of definition: Definition, in plan: Plan) -> [Dimension] {
    definition.cellKeys.compactMap { key -> Dimension? in key == .channel ? .word(.channel) : nil }
      .filter { !plan.dimensions.contains($0) }
  }

  /// Whether it is a stretch of time.
  var isPeriod: Bool {
    if case .bucket(let bucket) = self { !bucket.isCyclic } else { false }
  }

  /// Whether it cuts time, into stretches or into a cycle.
  var isBucket: Bool {
    if case .bucket = self { true } else { false }
  }

  /// Whether it divides an order among its lines.
  var isOfLines: Bool { self == .sku || self == .category }

  /// The columns of an order that tell it.
  var fields: [OrderField] {
    switch self {
    case .word(let field): [field.field]
    case .customer: [.customer]
    case .side: [.cancelSide, .reached(.cancelled)]
    case .node: NodeAtAsOf.fields
    case .sku, .category, .bucket: []
    }
  }
}
