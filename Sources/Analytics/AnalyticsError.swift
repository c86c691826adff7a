public import KPIs
public import OrderStore
public import QueryLanguage

/// Why a question got no answer.
public enum AnalyticsError: Error, Sendable, Hashable {
  /// The figure is unknown, ambiguous, or has no such answer.
  case kpi(KPIError)
  /// A period, an instant or a condition is written wrongly; `source` is the text with the mistake.
  case query(QueryError, source: String)
  case store(StoreError)
  /// No such group key; the nearest one and all there are.
  case unknownKey(name: String, suggestion: String?, keys: [String])
  case repeatedKey(String)
  /// The figure exists, but not by this key; the keys it takes.
  case keyDoesNotFit(kpi: String, key: String, keys: [String])
  /// A condition over orders does not fit a figure that has none.
  case conditionDoesNotFit(kpi: String)
  /// Amounts of several currencies do not add up.
  case mixedCurrencies(kpi: String, currencies: [String])
  /// Nothing can be listed behind the figure.
  case noMembers(kpi: String)
  /// There is no other period to compare with.
  case cannotCompare(Obstacle)
  /// The keys make more groups than an answer may have.
  case tooManyGroups(limit: Int)
  /// The figure has no text of SQL; the figures that have one.
  case noSQL(kpi: String, names: [String])
  /// The texts of SQL know no such thing.
  case sqlDoesNotFit(String)
}

extension AnalyticsError {
  /// Why figures of two periods cannot stand side by side.
  public enum Obstacle: Sendable, Hashable {
    /// A period without both ends has none before it.
    case openPeriod
    /// Groups are stretches of time, which the other period does not have.
    case timeBucket(key: String)
    /// Members and definitions are not figures.
    case explanation
  }
}

extension AnalyticsError: CustomStringConvertible {
  /// One line: what happened, with the values, then what to do.
  public var description: String {
    switch self {
    case .kpi(let error): error.description
    case .query(let error, _): error.description
    case .store(let error): error.description
    case .unknownKey(let name, let suggestion, let keys):
      if let suggestion {
        "no key '\(name)' to group by; did you mean '\(suggestion)'?"
      } else {
        "no key '\(name)' to group by; there are \(keys.joined(separator: ", "))"
      }
    case .repeatedKey(let name): "the key '\(name)' is given twice; leave one away"
    case .keyDoesNotFit(let kpi, let key, let keys):
      "\(kpi) cannot be grouped by '\(key)'; it takes \(keys.joined(separator: ", "))"
    case .conditionDoesNotFit(let kpi): "\(kpi) is not made of orders; leave the condition away"
    case .mixedCurrencies(let kpi, let currencies):
      "\(kpi) would add up \(currencies.joined(separator: ", ")); group by currency, or name one in the condition"
    case .noMembers(let kpi): "\(kpi) has no orders or customers to list; leave --explain=members away"
    case .cannotCompare(.openPeriod):
      "a period without both ends has none before it; give both, or name the period to compare with"
    case .cannotCompare(.timeBucket(let key)):
      "the groups by '\(key)' are not in the other period; leave the key away"
    case .cannotCompare(.explanation): "only figures can be compared; leave the explanation away"
    case .tooManyGroups(let limit):
      "the keys make more than \(limit) groups; leave a key away or ask for a shorter period"
    case .noSQL(let kpi, let names): "\(kpi) has no text of SQL; there is one of \(names.joined(separator: ", "))"
    case .sqlDoesNotFit(let what): "a text of SQL does not know \(what); leave that away"
    }
  }
}
