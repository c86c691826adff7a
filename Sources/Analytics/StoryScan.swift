internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// What timelines and movements tell of orders, for the figures of a plan that ask for it.
enum StoryScan {
  /// Row groups a thread takes at a time.
  private static let stride = 4

  /// One walk over events, movements and payments, each only when a field needs it; nil when none is asked for.
  ///
  /// Row groups outside the instants that matter are skipped by their summaries. What columns know is corrected by later
  /// entries alone: as of now there are none, and nothing is read.
  static func stories(
    of fields: [OrderField], in plan: Plan, withEpisodes: Bool = false
  ) throws(AnalyticsError) -> Stories? {
    let asked = fields.compactMap { field -> StoryField? in
      if case .told(let story) = field { story } else { nil }
    }
    if asked.isEmpty, !withEpisodes { return nil }
    let empty = Stories(asked, in: plan.judging, words: try words(in: plan.snapshot), withEpisodes: withEpisodes)
    var whole = empty
    do throws(StoreError) {
      let hasLater = empty.needsLaterEntries ? try hasEvents(from: plan.context.asOf, in: plan.snapshot) : false
      if hasLater || empty.needsEarlierEntries {
        for part in try events(of: empty, plan, withLater: hasLater) { whole.merge(part) }
      }
      if empty.needsMovements {
        for part in try movements(of: empty, plan) { whole.merge(part) }
      }
      if empty.needsPayments {
        for part in try payments(of: empty, plan) { whole.merge(part) }
      }
      try settle(&whole, from: plan.snapshot)
    } catch { throw .store(error) }
    return whole
  }

  private static func events(
    of empty: Stories, _ plan: Plan, withLater: Bool
  ) throws(StoreError) -> [Stories] {
    let (snapshot, asOf) = (plan.snapshot, plan.context.asOf)
    return try walked(snapshot.eventGroupCount, of: empty, plan) {
      (stories: inout Stories, group: Int) throws(StoreError) in
      if !withLater, let range = try snapshot.occurredRange(eventGroup: group), range.lowerBound >= asOf { return }
      stories.add(try snapshot.events(group: group, Stories.eventFields))
    }
  }

  private static func movements(of empty: Stories, _ plan: Plan) throws(StoreError) -> [Stories] {
    let (snapshot, asOf) = (plan.snapshot, plan.context.asOf)
    return try walked(snapshot.movementGroupCount, of: empty, plan) {
      (stories: inout Stories, group: Int) throws(StoreError) in
      if let range = try snapshot.occurredRange(movementGroup: group), range.lowerBound >= asOf { return }
      stories.add(try snapshot.movements(group: group, Stories.movementFields))
    }
  }

  private static func payments(of empty: Stories, _ plan: Plan) throws(StoreError) -> [Stories] {
    let snapshot = plan.snapshot
    return try walked(snapshot.paymentGroupCount, of: empty, plan) {
      (stories: inout Stories, group: Int) throws(StoreError) in
      stories.add(try snapshot.payments(group: group, Stories.paymentFields))
    }
  }

  private static func walked(
    _ groupCount: Int, of empty: Stories, _ plan: Plan,
    _ add: @Sendable (inout Stories, Int) throws(StoreError) -> Void
  ) throws(StoreError) -> [Stories] {
    do throws(AnalyticsError) {
      return try SharedWork.parts(of: groupCount, by: stride, threadCount: plan.threadCount, from: empty) {
        (stories: inout Stories, groups) throws(AnalyticsError) in
        do throws(StoreError) {
          for group in groups { try add(&stories, group) }
        } catch { throw .store(error) }
      }
    } catch {
      guard case .store(let inner) = error else { preconditionFailure("reading fails for reasons of the store only") }
      throw inner
    }
  }

  /// Asks the snapshot for what entries and movements leave open.
  private static func settle(_ stories: inout Stories, from snapshot: OrderSnapshot) throws(StoreError) {
    stories.sort()
    let cancelled = try snapshot.cancelledUnits(ofEvents: stories.cancellingEntries)
    stories.settle(cancelled.map { ($0.event, $0.line, $0.units, $0.value) })
    let rows = stories.linesToPrice
    var index = 0
    while index < rows.count {
      let group = rows[index] / OrderSnapshot.rowsPerGroup
      stories.price(try snapshot.lines(group: group, [.order, .unitPrice]))
      while index < rows.count, rows[index] / OrderSnapshot.rowsPerGroup == group { index += 1 }
    }
    guard stories.needsLines else { return }
    for group in 0..<snapshot.lineGroupCount { stories.add(try snapshot.lines(group: group, Stories.lineFields)) }
  }

  private static func hasEvents(from instant: Int64, in snapshot: OrderSnapshot) throws(StoreError) -> Bool {
    for group in (0..<snapshot.eventGroupCount).reversed() {
      if let range = try snapshot.occurredRange(eventGroup: group) {
        if range.upperBound >= instant { return true }
      } else if try snapshot.events(group: group, [.occurredAt])[.occurredAt].contains(where: { $0 >= instant }) {
        return true
      }
    }
    return false
  }

  /// An actor is a person unless the name starts with `system`, as the store has it.
  private static func words(in snapshot: OrderSnapshot) throws(AnalyticsError) -> StoryWords {
    do throws(StoreError) {
      var words = StoryWords()
      for code in 0..<snapshot.wordCount(.actor) {
        words.humans.append(try !snapshot.word(.actor, Int64(code + 1)).hasPrefix("system"))
      }
      words.entryReason = try snapshot.code(.reason, "entry") ?? -1
      return words
    } catch { throw .store(error) }
  }
}
