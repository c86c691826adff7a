import OrderModel

/// Every key figure there is, in the order of ids.
public enum KPICatalogue {
  public static let families: [KPIFamily] = [
    KPIFamily(OrderProcessingTime.Variant.allCases.map { OrderProcessingTime($0) }),
    KPIFamily(FirstResponseTime.Variant.allCases.map { FirstResponseTime($0) }),
    KPIFamily([FirstResponseRate()]),
    KPIFamily([ReviewTime()]),
    KPIFamily([TouchlessRate()]),
    KPIFamily([InternalOrderCycleTime()]),
    KPIFamily(OrderFulfilmentCycleTime.Variant.allCases.map { OrderFulfilmentCycleTime($0) }),
    KPIFamily(needsVariant: true, ShippedWithin24Hours.Variant.allCases.map { ShippedWithin24Hours($0) }),
    KPIFamily([OnTimeShipment()]),
    KPIFamily(needsVariant: true, OnTimeDelivery.Variant.allCases.map { OnTimeDelivery($0) }),
    KPIFamily([DeliveredInFull()]),
    KPIFamily(needsVariant: true, OnTimeInFull.Variant.allCases.map { OnTimeInFull($0) }),
    KPIFamily(PerfectOrder.Variant.allCases.map { PerfectOrder($0) }),
    KPIFamily([OpenBacklog()]),
    KPIFamily([LateOrderRate()]),
    KPIFamily([StallRate()]),
    KPIFamily([OrderAccuracy()]),
    KPIFamily(MisShipRate.Variant.allCases.map { MisShipRate($0) }),
    KPIFamily(EntryErrorRate.Variant.allCases.map { EntryErrorRate($0) }),
    KPIFamily(
      [ExceptionRate()], patterns: ["KIND"],
      made: { ExceptionKind(name: $0).map { ExceptionRate($0) } }),
    KPIFamily([ExceptionResponseRate()]),
    KPIFamily([ExceptionHandlingTime()]),
    KPIFamily(DamageFreeRate.Variant.allCases.map { DamageFreeRate($0) }),
    KPIFamily([DocumentationAccuracy()]),
    KPIFamily(CancelRate.Variant.allCases.map { CancelRate($0) }),
    KPIFamily(DuplicateRate.Variant.allCases.map { DuplicateRate($0) }),
    KPIFamily(needsVariant: true, UnitFillRate.Variant.allCases.map { UnitFillRate($0) }),
    KPIFamily(needsVariant: true, FillRate.Variant.allCases.map { FillRate($0) }),
    KPIFamily(BackorderRate.Variant.allCases.map { BackorderRate($0) }),
    KPIFamily(needsVariant: true, StockOutRate.Variant.allCases.map { StockOutRate($0) }),
    KPIFamily(needsVariant: true, InventoryTurnover.Variant.allCases.map { InventoryTurnover($0) }),
    KPIFamily(needsVariant: true, InventoryTurnover.Variant.allCases.map { DaysOfInventory($0) }),
    KPIFamily([DaysOfCover()]),
    KPIFamily(StockAccuracy.Variant.allCases.map { StockAccuracy($0) }),
    KPIFamily([OversellIncidents()]),
    KPIFamily(ReservationAge.Variant.allCases.map { ReservationAge($0) }),
    KPIFamily(
      needsVariant: true,
      ([.ever, .inPeriod, .returning, .prior, .lifetime, .window(90), .orderShare, .interval]
        as [RepeatPurchase.Variant]).map { RepeatPurchase($0) },
      patterns: ["window-W"], made: { RepeatPurchase.Variant(name: $0).map { RepeatPurchase($0) } }),
    KPIFamily(CohortRetention.Variant.allCases.map { CohortRetention($0) }),
    KPIFamily(needsVariant: true, HistoricValue.Variant.allCases.map { HistoricValue($0) }),
    KPIFamily(needsVariant: true, [PredictedValue()]),
    KPIFamily(CustomerSegments.Variant.allCases.map { CustomerSegments($0) }),
    KPIFamily(needsVariant: true, Sales.Variant.allCases.map { Sales($0) }),
    KPIFamily(AverageOrder.Variant.allCases.map { AverageOrder($0) }),
    KPIFamily(needsVariant: true, ReturnRate.Variant.allCases.map { ReturnRate($0) }),
    KPIFamily(ChannelMix.Variant.allCases.map { ChannelMix($0) } + [ChannelMixOfCustomers()]),
    KPIFamily(
      needsVariant: true, ForecastMethod.usual.map { DemandForecast($0.method, name: $0.name) },
      patterns: ["ma-N", "ses-A", "holt-A-B", "snaive-M"],
      made: { ForecastMethod(name: $0).map { DemandForecast($0) } }),
  ]

  /// All variants of all families, `window-W` standing for itself as `window-90`.
  public static let all: [any KPI] = families.flatMap(\.variants)

  /// The figure of that name: `K10:scor`, `on_time_delivery.scor`, with `:` or `.`, `-` or `_`, in any letter case.
  ///
  /// - Throws: ``KPIError/unknown(name:suggestions:)``, ``KPIError/ambiguous(id:variants:)`` for a bare name with several
  ///   meanings, ``KPIError/unknownVariant(id:variant:variants:)``.
  public static func kpi(named name: String) throws(KPIError) -> any KPI {
    let parts = normalized(name).split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == ":" || $0 == "." })
    let stem = String(parts.first ?? "")
    guard let family = families.first(where: { normalized($0.id) == stem || normalized($0.slug) == stem }) else {
      throw .unknown(name: name, suggestions: suggestions(for: stem))
    }
    guard parts.count == 2 else {
      if family.needsVariant { throw .ambiguous(id: family.id, variants: family.variantNames) }
      return family.variants[0]
    }
    let variant = String(parts[1])
    if !variant.isEmpty,
      let kpi = family.variants.first(where: { $0.definition.variant == variant }) ?? family.made(variant)
    {
      return kpi
    }
    throw .unknownVariant(id: family.id, variant: variant, variants: family.variantNames)
  }

  private static func normalized(_ name: String) -> String {
    String(name.lowercased().map { $0 == "_" ? "-" : $0 })
  }

  /// The ids and slugs nearest to `stem`, at most three: those it is a part of, then those few letters away.
  private static func suggestions(for stem: String) -> [String] {
    let wanted = Array(stem.prefix(40))
    guard !wanted.isEmpty else { return [] }
    let ranked = families.map { family -> (distance: Int, name: String) in
      let slug = normalized(family.slug)
      let isPart = wanted.count > 2 && slug.contains(String(wanted))
      let bySlug = isPart ? 0 : editDistance(wanted, Array(slug))
      let byID = editDistance(wanted, Array(normalized(family.id)))
      return byID < bySlug ? (byID, family.id) : (bySlug, family.slug)
    }
    let limit = max(1, wanted.count / 3)
    return ranked.filter { $0.distance <= limit }.sorted { $0.distance < $1.distance }.prefix(3).map(\.name)
  }

  /// Letters to insert, delete or replace to come from one to the other.
  private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (index, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (character == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
