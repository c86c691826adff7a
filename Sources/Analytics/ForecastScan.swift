internal import Calendars
internal import Columns
internal import KPIs
internal import OrderModel

/// Forecasts of demand, one series a group.
///
/// Demand is gathered like any other figure, by the keys and a stretch of time; weeks where the keys name none.
enum ForecastScan {
  static func answer(_ kpi: DemandForecast, of plan: Plan) throws(AnalyticsError) -> KPIAnswer {
    let bucketPlace = plan.dimensions.firstIndex(where: \.isPeriod)
    var dimensions = plan.dimensions
    if bucketPlace == nil { dimensions.append(.bucket(.week)) }
    let place = bucketPlace ?? dimensions.count - 1
    guard case .bucket(let bucket) = dimensions[place] else { preconditionFailure("a stretch of time") }
    let cutter = BucketCutter(rules: plan.context.zone, bucket: bucket, weekStart: plan.context.weekStart)
    let end = plan.judging.end
    // Demand from before the period says which series begin with it.
    let demand = try plan.asking(DemandUnits(), by: dimensions, within: Int64.min..<end).task()
    let results: [KPIResult]
    do throws(KPIError) { results = try demand.accumulator.results() } catch { throw .kpi(error) }
    guard let numbering = demand.numbering else { preconditionFailure("demand is grouped by time") }

    var groups: [[Int64]: Int] = [:]
    var series: [(codes: [Int64], units: [Int64: Int64])] = []
    for cell in 0..<numbering.cellCount {
      var codes = numbering.codes(of: cell)
      let key = codes.remove(at: place)
      let index = groups[codes] ?? series.count
      if index == series.count {
        groups[codes] = index
        series.append((codes, [:]))
      }
      series[index].units[key, default: 0] += results[cell].numerator
    }
    if dimensions.count == 1, series.isEmpty { series.append(([], [:])) }

    let columns = try texts(of: series.map(\.codes), without: place, of: numbering, plan: plan)
    let sequence = series.indices.sorted { left, right in
      for column in columns where column.ranks[left] != column.ranks[right] {
        return column.ranks[left] < column.ranks[right]
      }
      return left < right
    }
    var answer = KPIAnswer(definition: kpi.definition, isByCreated: false, cells: [], total: nil)
    for index in sequence {
      let line = continued(
        series[index].units, from: plan.context.period.lowerBound, to: end, asOf: plan.context.asOf, by: cutter)
      let measures: [(DemandForecast.Measure, KPIResult)]
      do throws(KPIError) {
        measures = try kpi.measures(of: line.units, season: season(of: bucket))
      } catch { throw .kpi(error) }
      var keys = columns.map { $0.texts[index] }
      if let bucketPlace { keys.insert(line.next, at: bucketPlace) }
      for (measure, result) in measures {
        answer.cells.append(
          KPIAnswer.Cell(
            keys: keys, ownKeys: [.text(measure.rawValue)], result: result, unit: nil, unitName: measure.unit,
            isUnfinished: false))
      }
    }
    return answer
  }

  private static func texts(
    of codes: [[Int64]], without place: Int, of numbering: CellNumbering, plan: Plan
  ) throws(AnalyticsError) -> [KeyColumn] {
    var columns: [KeyColumn] = []
    for (index, dimension) in numbering.dimensions.indices.filter({ $0 != place }).enumerated() {
      columns.append(try KeyColumn(codes.map { $0[index] }, at: dimension, of: numbering, plan: plan))
    }
    return columns
  }

  /// The units of each bucket from the first that counts to the last that is over, and the name of the bucket after it.
  private static func continued(
    _ units: [Int64: Int64], from start: Int64, to end: Int64, asOf: Int64, by cutter: BucketCutter
  ) -> (units: [Int64], next: String?) {
    guard let first = units.keys.min() else { return ([], nil) }
    var line: [Int64] = []
    var key = first
    if start > first {
      var cutting = cutter
      key = cutting.key(at: start)
      // A bucket that began before the period is not of it.
      if key < start { key = cutter.range(of: key).upperBound }
    }
    while true {
      let range = cutter.range(of: key)
      guard range.upperBound <= end, range.upperBound > key else { break }
      line.append(units[key] ?? 0)
      key = range.upperBound
    }
    return (line, cutter.label(of: key))
  }

  private static func season(of bucket: TimeBucket) -> Int64 {
    switch bucket {
    case .hour: 24
    case .day: 7
    case .week: 52
    case .month: 12
    case .quarter: 4
    case .minute, .year, .weekday, .hourOfDay: 1
    }
  }
}
