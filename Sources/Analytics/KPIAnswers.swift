public import Columns
public import KPIs

/// The answer to a ``KPIRequest``: figures as integers, with everything that says what they are.
public struct KPIAnswers: Sendable, Hashable {
  /// What all figures share.
  public var context: AnswerContext
  /// One for each figure, in the order asked for.
  public var answers: [KPIAnswer]
  /// What a reader should know: figures left out, buckets not finished.
  public var notes: [String]
}

/// One key figure in every group.
public struct KPIAnswer: Sendable, Hashable {
  /// The figure of one group.
  public struct Cell: Sendable, Hashable {
    /// The texts of the keys in the order of ``AnswerContext/keys``; nil where the store knows none.
    public var keys: [String?]
    /// The values of the keys that the figure makes by itself, in the order of ``Definition/cellKeys``.
    public var ownKeys: [Value] = []
    public var result: KPIResult
    /// The same group in ``AnswerContext/comparedPeriod``; nil when no such period was asked for, or the group was not in
    /// it.
    public var compared: KPIResult?
    /// The currency of its amounts with their scale; nil where the figure holds no money.
    public var unit: MoneyUnit?
    /// The unit of this row where it is not the definition's.
    public var unitName: String?
    /// Whether the group's time bucket ends after as-of.
    public var isUnfinished: Bool
  }

  public var definition: Definition
  /// Whether members were put into periods by their placed instant instead of the definition's.
  public var isByCreated: Bool
  /// By keys ascending, missing ones last. Without keys there is one.
  public var cells: [Cell]
  /// The figure over all groups, computed anew; nil unless asked for.
  public var total: Cell?
  /// Rows behind it; empty unless asked for.
  var members: [MemberRow] = []
}
