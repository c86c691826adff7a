internal import Calendars
internal import KPIs
internal import OrderStore

/// One group key of every cell: its text, its place in the order of rows, whether its time is over.
struct KeyColumn {
  private(set) var texts: [String?] = []
  /// Ascending by text, nodes by their way, buckets by time; missing ones last.
  private(set) var ranks: [Int32] = []
  private(set) var isUnfinished: [Bool] = []

  /// - Parameter codes: The code of each cell.
  init(_ codes: [Int64], at place: Int, of numbering: CellNumbering, plan: Plan) throws(AnalyticsError) {
    let dimension = numbering.dimensions[place]
    let different = Set(codes).sorted()
    var textsByCode: [Int64: String] = [:]
    var unfinished: Set<Int64> = []
    if let cutter = numbering.cutter(at: place) {
      for code in different {
        textsByCode[code] = cutter.label(of: code)
        if dimension.isPeriod, cutter.range(of: code).upperBound > plan.context.asOf { unfinished.insert(code) }
      }
    } else {
      for code in different {
        do throws(StoreError) {
          textsByCode[code] = try dimension.text(of: code, in: plan.snapshot)
        } catch { throw .store(error) }
      }
    }
    let sorted =
      dimension.isSortedByCode
      ? different : different.sorted { (textsByCode[$0] ?? "", $0) < (textsByCode[$1] ?? "", $1) }
    var rankByCode: [Int64: Int32] = [:]
    for (rank, code) in sorted.enumerated() { rankByCode[code] = textsByCode[code] == nil ? Int32.max : Int32(rank) }
    texts = codes.map { textsByCode[$0] }
    ranks = codes.map { rankByCode[$0] ?? Int32.max }
    isUnfinished = codes.map { unfinished.contains($0) }
  }
}

extension Dimension {
  /// Whether its codes come in the order people expect: time, and the way of an order.
  var isSortedByCode: Bool {
    switch self {
    case .bucket, .node: true
    case .word, .customer, .side, .sku, .category: false
    }
  }
}
