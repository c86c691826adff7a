internal import Calendars
internal import KPIs
internal import OrderStore

/// Gives the groups that occur dense numbers: cell 0, 1, 2, …
///
/// A row's codes in the dimensions make one index in mixed radix, the first time bucket as the leading digit since
/// nobody knows how many there will be. Small indices are looked up in a table, large ones in a dictionary.
struct CellNumbering: Sendable {
  /// More groups are refused: an accumulator takes some hundred bytes for each.
  static let limit = 2_000_000
  /// Table entries at most: 16 MB.
  private static let tableLimit: UInt64 = 1 << 22
  /// How many different buckets a second time bucket may have.
  private static let furtherBuckets: UInt64 = 1 << 21

  let dimensions: [Dimension]
  /// What one step of each dimension's code adds to the index, and how many codes it has (the leading one's is open).
  private let weights: [UInt64]
  private let sizes: [UInt64]
  private var buckets: [BucketCodes?]
  private var table: [Int32] = []
  private var further: [UInt64: Int32] = [:]
  /// Of each cell.
  private var indices: [UInt64] = []

  var cellCount: Int { indices.count }

  /// - Throws: ``AnalyticsError/tooManyGroups(limit:)`` when the keys cannot be numbered at all.
  init(_ dimensions: [Dimension], of plan: Plan) throws(AnalyticsError) {
    self.dimensions = dimensions
    let leading = dimensions.firstIndex(where: \.isPeriod)
    var weights = [UInt64](repeating: 0, count: dimensions.count)
    var sizes = weights
    var weight: UInt64 = 1
    for (place, dimension) in dimensions.enumerated() where place != leading {
      weights[place] = weight
      sizes[place] = dimension.isPeriod ? Self.furtherBuckets : UInt64(dimension.codeCount(in: plan.snapshot))
      let (product, overflow) = weight.multipliedReportingOverflow(by: sizes[place])
      guard !overflow, product < 1 << 62 else { throw .tooManyGroups(limit: Self.limit) }
      weight = product
    }
    if let leading {
      weights[leading] = weight
      sizes[leading] = (1 << 63) / weight
    }
    self.weights = weights
    self.sizes = sizes
    buckets = dimensions.map { dimension in
      guard case .bucket(let bucket) = dimension else { return nil }
      return BucketCodes(
        BucketCutter(rules: plan.context.zone, bucket: bucket, weekStart: plan.context.weekStart))
    }
  }

  /// The cell of each row, −1 for rows outside the figure or the period.
  ///
  /// - Parameters:
  ///   - codes: A column for each dimension, nil for time buckets, which are cut from the verdicts' instants.
  mutating func cells(
    _ verdicts: Verdicts, codes: [[Int64]?], within period: Range<Int64>
  ) throws(AnalyticsError) -> [Int32] {
    let count = verdicts.count
    var active = [Bool](repeating: false, count: count)
    for row in 0..<count {
      let instant = verdicts.instants[row]
      active[row] =
        verdicts.kinds[row] != Verdicts.outside && instant >= period.lowerBound && instant < period.upperBound
    }
    return try cells(active: active, instants: verdicts.instants, codes: codes)
  }

  /// The cell of each active row, −1 for others.
  mutating func cells(
    active: [Bool], instants: [Int64], codes: [[Int64]?]
  ) throws(AnalyticsError) -> [Int32] {
    var rowIndices = [UInt64](repeating: 0, count: active.count)
    for place in dimensions.indices {
      let (weight, size) = (weights[place], sizes[place])
      if let column = codes[place] {
        for row in active.indices where active[row] {
          // A code beyond its list would be another group's; the store never gives one.
          rowIndices[row] &+= min(UInt64(bitPattern: column[row]), size &- 1) &* weight
        }
      } else if var bucket = buckets[place].take() {
        for row in active.indices where active[row] {
          rowIndices[row] &+= UInt64(bucket.code(at: instants[row])) &* weight
        }
        let bucketCount = UInt64(bucket.count)
        buckets[place] = bucket
        guard bucketCount <= min(size, UInt64(Self.limit)) else { throw .tooManyGroups(limit: Self.limit) }
      }
    }
    var cells = [Int32](repeating: -1, count: active.count)
    for row in active.indices where active[row] { cells[row] = number(of: rowIndices[row]) }
    guard indices.count <= Self.limit else { throw .tooManyGroups(limit: Self.limit) }
    return cells
  }

  /// The codes of a cell, for time buckets their keys.
  func codes(of cell: Int) -> [Int64] {
    dimensions.indices.map { place in
      let digit = Int64(indices[cell] / weights[place] % sizes[place])
      guard let bucket = buckets[place] else { return digit }
      return bucket.key(of: Int(digit))
    }
  }

  /// The cell here of each cell of `other`, which has the same dimensions.
  mutating func numbers(of other: CellNumbering) throws(AnalyticsError) -> [Int32] {
    var numbers: [Int32] = []
    numbers.reserveCapacity(other.cellCount)
    for cell in 0..<other.cellCount {
      var index: UInt64 = 0
      for (place, code) in other.codes(of: cell).enumerated() {
        let digit = buckets[place] == nil ? UInt64(code) : UInt64(buckets[place]!.code(ofKey: code))
        index += digit * weights[place]
      }
      numbers.append(number(of: index))
    }
    guard indices.count <= Self.limit else { throw .tooManyGroups(limit: Self.limit) }
    return numbers
  }

  /// What turns the time buckets' keys into texts; nil for other dimensions.
  func cutter(at place: Int) -> BucketCutter? { buckets[place]?.cutter }

  private mutating func number(of index: UInt64) -> Int32 {
    if index < UInt64(table.count) {
      let known = table[Int(truncatingIfNeeded: index)]
      if known >= 0 { return known }
    }
    return slowNumber(of: index)
  }

  private mutating func slowNumber(of index: UInt64) -> Int32 {
    let new = Int32(truncatingIfNeeded: indices.count)
    if index < Self.tableLimit {
      if index >= UInt64(table.count) {
        let size = min(Int(Self.tableLimit), max(256, 2 * Int(index + 1)))
        table.append(contentsOf: repeatElement(-1, count: size - table.count))
      }
      table[Int(index)] = new
    } else {
      if let known = further[index] { return known }
      further[index] = new
    }
    indices.append(index)
    return new
  }
}
