internal import Calendars
internal import KPIs
internal import OrderModel
internal import OrderStore
internal import QueryLanguage

/// A request with every name looked up and every text resolved.
struct Plan: Sendable {
  let snapshot: OrderSnapshot
  private(set) var context: AnswerContext
  private(set) var dimensions: [Dimension]
  /// The figures that can be answered, in the order asked for.
  private(set) var kpis: [any KPI]
  /// Nil keeps every order.
  let filter: RowFilter?
  let isByCreated: Bool
  private(set) var withMembers: Bool
  let withTotals: Bool
  let threadCount: Int
  private(set) var notes: [String] = []
  /// What timelines tell, once gathered; nil when no figure asks for it.
  private(set) var stories: Stories?

  var judging: JudgingContext { JudgingContext(asOf: context.asOf, period: context.period) }

  init(_ request: KPIRequest, snapshot: OrderSnapshot) throws(AnalyticsError) {
    self.snapshot = snapshot
    isByCreated = request.attribution == .created
    withMembers = request.explanation == .members
    withTotals = request.withTotals
    threadCount = max(1, request.threadCount)
    let asOf = try Plan.asOf(of: request)
    let period = try Plan.period(of: request, asOf: asOf)
    var keys: [Dimension] = []
    for name in request.by {
      let dimension = try Dimension(named: name)
      guard !keys.contains(dimension) else { throw .repeatedKey(name) }
      keys.append(dimension)
    }
    if let bucket = period.bucket, !keys.contains(.bucket(bucket)) { keys.insert(.bucket(bucket), at: 0) }
    dimensions = keys
    context = AnswerContext(
      period: period.range, asOf: asOf, zone: request.zone, weekStart: request.weekStart, keys: keys.map(\.name),
      conditions: request.conditions, sequence: snapshot.sequence, recordedAt: snapshot.recordedAt)
    context.comparedPeriod = try Plan.compared(request, with: context, keys: keys)
    filter = try RowFilter(request.conditions, context: context, snapshot: snapshot)
    var chosen: [any KPI] = []
    var ofOwnRows: [String] = []
    if request.names.isEmpty {
      for kpi in KPICatalogue.all.map({ $0.with(request.options) }) {
        guard request.explanation != .definition else {
          chosen.append(kpi)
          continue
        }
        if !kpi.definition.cellKeys.isEmpty {
          ofOwnRows.append(kpi.definition.name)
        } else if let reason = Suitability.objection(to: kpi, of: keys, hasFilter: filter != nil, request, period.range)
        {
          notes.append("left out: \(reason)")
        } else {
          chosen.append(kpi)
        }
      }
    } else {
      for name in request.names {
        let kpi: any KPI
        do throws(KPIError) {
          kpi = try KPICatalogue.kpi(named: name).with(request.options)
        } catch { throw .kpi(error) }
        guard !chosen.contains(where: { $0.definition == kpi.definition }) else { continue }
        let objection = Suitability.objection(to: kpi, of: keys, hasFilter: filter != nil, request, period.range)
        if let objection, request.explanation != .definition { throw objection }
        chosen.append(kpi)
      }
    }
    kpis = chosen
    if !ofOwnRows.isEmpty {
      notes.append("left out: \(ofOwnRows.joined(separator: ", ")) make rows of their own; ask for them by name")
    }
  }

  /// The same question for one figure over all groups.
  func ungrouped(_ kpi: any KPI) -> Plan {
    var plan = self
    (plan.kpis, plan.dimensions, plan.withMembers) = ([kpi], [], false)
    return plan
  }

  /// The same question for the period to compare with; nil when there is none.
  func ofComparedPeriod() -> Plan? {
    guard let period = context.comparedPeriod else { return nil }
    var plan = self
    (plan.context.period, plan.context.comparedPeriod) = (period, nil)
    return plan
  }

  /// Another question about the same orders.
  func asking(
    _ kpi: any KPI, by dimensions: [Dimension], within period: Range<Int64>
  ) throws(AnalyticsError) -> Plan {
    var plan = self
    (plan.kpis, plan.dimensions, plan.withMembers) = ([kpi], dimensions, false)
    (plan.context.period, plan.context.comparedPeriod) = (period, nil)
    return try plan.withStories()
  }

  /// The same with what timelines tell of orders.
  func withStories() throws(AnalyticsError) -> Plan {
    var plan = self
    let byLines = dimensions.contains(where: \.isOfLines)
    let fields = kpis.flatMap { kpi -> [OrderField] in
      switch kpi {
      case let kpi as any OrderKPI:
        byLines ? kpi.ofLines.map { $0.columns.flatMap(\.storyFields) } ?? kpi.fields : kpi.fields
      case let kpi as any CustomerKPI: kpi.qualifyingFields
      case let kpi as any CustomerTableKPI: kpi.qualifyingFields
      case let kpi as ReturnRate: kpi.fields
      case let kpi as any EpisodeKPI: kpi.columns.compactMap(\.orderField)
      default: []
      }
    }
    plan.stories = try StoryScan.stories(
      of: Fields.union([fields, filter?.fields ?? []]), in: self,
      withEpisodes: kpis.contains { $0 is any EpisodeKPI })
    return plan
  }

  // MARK: - Times

  private static func asOf(of request: KPIRequest) throws(AnalyticsError) -> Int64 {
    switch request.asOf {
    case .now: return request.now
    case .instant(let instant): return instant
    case .text(let text):
      do throws(QueryError) {
        return try InstantText(text).resolve(
          in: PeriodContext(zone: request.zone, asOf: request.now, weekStart: request.weekStart))
      } catch { throw .query(error, source: text) }
    }
  }

  private static func period(of request: KPIRequest, asOf: Int64) throws(AnalyticsError) -> Period {
    guard let text = request.period else { return Period(range: Int64.min..<Int64.max) }
    do throws(QueryError) {
      return try PeriodText(text).resolve(
        in: PeriodContext(zone: request.zone, asOf: asOf, weekStart: request.weekStart))
    } catch { throw .query(error, source: text) }
  }
}

extension Plan {
  private static func compared(
    _ request: KPIRequest, with context: AnswerContext, keys: [Dimension]
  ) throws(AnalyticsError) -> Range<Int64>? {
    guard let compared = request.compared else { return nil }
    guard request.explanation == .none else { throw .cannotCompare(.explanation) }
    if let key = keys.first(where: \.isPeriod) { throw .cannotCompare(.timeBucket(key: key.name)) }
    let range: Range<Int64>?
    do throws(QueryError) {
      range = try compared.range(
        of: context.period,
        in: PeriodContext(zone: request.zone, asOf: context.asOf, weekStart: request.weekStart))
    } catch {
      guard case .text(let text) = compared else { preconditionFailure("only a text can be written wrongly") }
      throw .query(error, source: text)
    }
    guard let range else { throw .cannotCompare(.openPeriod) }
    return range
  }
}

extension LineColumn {
  /// The columns of orders that it is, or is made with.
  fileprivate var storyFields: [OrderField] {
    switch self {
    case .line(.cancelledBefore): [.told(.cancelledUnits)]
    case .line: []
    case .order(let field): [field]
    }
  }
}

extension EpisodeColumn {
  var orderField: OrderField? { if case .order(let field) = self { field } else { nil } }
}
