internal import Calendars
internal import Columns
internal import KPIs
internal import OrderModel

extension AnswerContext {
  /// Whether a key cuts time, into stretches or into a cycle.
  func isBucket(key: String) -> Bool { TimeBucket(rawValue: key) != nil }

  /// Whether a key cuts time into stretches.
  func isPeriod(key: String) -> Bool { TimeBucket(rawValue: key).map { !$0.isCyclic } ?? false }
}

extension KPIAnswers {
  /// Everything the answer is a function of: definitions, period, as-of, zone, sequence.
  var meta: Metadata {
    Metadata.of(context, definitions: answers.map { ($0.definition, $0.isByCreated) })
  }
}

extension Metadata {
  static func of(_ context: AnswerContext, definitions: [(Definition, isByCreated: Bool)]) -> Metadata {
    func bound(_ instant: Int64) -> MetadataValue {
      .value(instant == Int64.min || instant == Int64.max ? .null : .instant(milliseconds: instant))
    }
    var meta: Metadata = [
      "kpis": .list(definitions.map { .object(Metadata.of($0, isByCreated: $1)) }),
      "period": ["from": bound(context.period.lowerBound), "to": bound(context.period.upperBound)],
      "as_of": .value(.instant(milliseconds: context.asOf)),
      "zone": .value(.text(context.zone.name)),
      "zone_rules": .value(.text(context.zone.rulesVersion)),
      "week_start": .value(.integer(Int64(context.weekStart))),
      "sequence": .value(.integer(Int64(clamping: context.sequence))),
      "recorded_at": .value(context.recordedAt.map { .instant(milliseconds: $0.milliseconds) } ?? .null),
    ]
    if let period = context.comparedPeriod {
      meta["compared_period"] = ["from": bound(period.lowerBound), "to": bound(period.upperBound)]
    }
    if !context.keys.isEmpty { meta["keys"] = .list(context.keys.map { .value(.text($0)) }) }
    if !context.conditions.isEmpty { meta["where"] = .list(context.conditions.map { .value(.text($0)) }) }
    return meta
  }

  private static func of(_ definition: Definition, isByCreated: Bool) -> Metadata {
    [
      "kpi": .value(.text(definition.name)),
      "version": .value(.integer(Int64(definition.version))),
      "label": .value(.text(definition.english)),
      "attribution": .value(
        .text((isByCreated ? Definition.Attribution.created : definition.attribution).rawValue)),
      "numerator": .value(.text(definition.numerator)),
      "denominator": .value(.text(definition.denominator)),
      "population": .value(.text(definition.population)),
    ]
  }
}
