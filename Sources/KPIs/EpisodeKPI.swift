public import Columns
public import OrderModel

/// What can be read of an episode: an exception from its raising to its last resolution.
public enum EpisodeField: Sendable, Hashable {
  /// Order row (not + 1).
  case order
  /// A raw ``ExceptionKind``.
  case kind
  case raisedAt
  /// When a person first answered or resolved it.
  case answeredAt
  /// When it was resolved last; none while it is open.
  case resolvedAt
  case reopenCount
}

/// A column of episodes with those of their orders beside them.
public enum EpisodeColumn: Sendable, Hashable {
  case episode(EpisodeField)
  /// Of the episode's order.
  case order(OrderField)
}

/// A figure over exceptions, an episode each: of one order several count.
public protocol EpisodeKPI: KPI {
  /// The columns it reads, without repetition.
  var columns: [EpisodeColumn] { get }
  /// Writes one verdict for each episode raised before as-of.
  func judge(_ batch: Batch<EpisodeColumn>, in context: JudgingContext, into verdicts: inout Verdicts)
}
