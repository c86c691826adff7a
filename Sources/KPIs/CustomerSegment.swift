/// A group of customers by how lately, how often and for how much they bought.
public enum CustomerSegment: String, Sendable, Hashable, CaseIterable {
  case champions, loyal, active
  case new, promising
  case needsAttention = "needs attention"
  case atRisk = "at risk"
  case previouslyLoyal = "previously loyal"
  case almostLost = "almost lost"
  case dormant
  /// Known by orders none of which qualifies.
  case prospects

  /// The segment by recency (rows, 5 the latest first) and by the mean of frequency and money, halves rounded up
  /// (columns, 1 to 5).
  ///
  ///     R \ FM  1            2                3                4                 5
  ///     5       new          promising        active           champions         champions
  ///     4       new          promising        active           loyal             champions
  ///     3       promising    needs attention  needs attention  loyal             loyal
  ///     2       almost lost  almost lost      at risk          at risk           previously loyal
  ///     1       dormant      dormant          at risk          previously loyal  previously loyal
  static let table: [[CustomerSegment]] = [
    [.new, .promising, .active, .champions, .champions],
    [.new, .promising, .active, .loyal, .champions],
    [.promising, .needsAttention, .needsAttention, .loyal, .loyal],
    [.almostLost, .almostLost, .atRisk, .atRisk, .previouslyLoyal],
    [.dormant, .dormant, .atRisk, .previouslyLoyal, .previouslyLoyal],
  ]

  /// - Parameters:
  ///   - recency: 1 to 5, as the others.
  public init(recency: Int, frequency: Int, money: Int) {
    self = Self.table[5 - recency][(frequency + money + 1) / 2 - 1]
  }
}
