/// What the timeline of an order and the movements of its units tell as of an instant, a value of 64 bits each.
///
/// Entries at or after the instant, and those that were taken back, do not count. Money is in minor units of the order's
/// currency.
public enum StoryField: Sendable, Hashable {
  /// Units cancelled in part while the order went on, and their list value.
  case cancelledUnits, cancelledValue
  /// Units cancelled in part by a side; an edit that orders fewer is the customer's.
  case cancelledUnitsBy(Side)
  /// Milliseconds the order was on hold between reaching two nodes; holds that overlap count once, one that is still open
  /// counts to the second node. 0 when either was not reached at an instant.
  ///
  /// - `isFirst`: Up to the first leg's reaching `to` in place of the last one's.
  /// - `isCustomers`: Only what the customer asked for or has to do, see ``HoldKind/isCustomers``.
  case held(from: Node, to: Node, isFirst: Bool, isCustomers: Bool)
  /// Bit set of the ``HoldKind``s open at the instant.
  case openHolds
  /// Bit set of the ``ExceptionKind``s raised at least once, and of those open at the instant.
  case exceptions, openExceptions
  /// How often an exception of that kind was raised; how many units that concerned, one where none was named.
  case raised(ExceptionKind), raisedUnits(ExceptionKind)
  /// Who approved the order, or rejected it: 0 nobody yet, 1 a rule, 2 a person.
  case decider
  /// Corrections for the reason `entry` by a person.
  case entryErrors
  /// 1 when a person entered the order.
  case enteredByPerson
  /// When the timeline tells something last; `InstantColumn.none` when it does not.
  case lastEntryAt
  /// Units promised when the order was approved: from stock, waiting for it, from a presale quota.
  case reservedAtApproval, backorderedAtApproval, presoldAtApproval
  /// Lines with units that waited for stock when the order was approved, and the list value of these units.
  case backorderedLinesAtApproval, backorderedValueAtApproval
  /// Lines of which the customer wants any unit, and those of which all such units left at one instant, the line's first.
  case requiredLines, filledLines
  /// Units that left; units that left first, at one instant.
  case shippedUnits, firstShippedUnits
  case deliveredUnits
  /// Units lost, or turned back before they arrived.
  case strayedUnits
  /// Units that came back, and what was paid for them.
  case returnedUnits, returnedValue
  /// Money that came in, and money given back. What has no instant counts as before every other.
  case captured, refunded
}
