internal import Calendars
internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// Turns the cells of a gathered figure into those of an answer: texts for codes, currencies, the order of rows.
enum AnswerCells {
  static func answer(_ task: FigureTask, of plan: Plan) throws(AnalyticsError) -> KPIAnswer {
    let results: [KPIResult]
    do throws(KPIError) { results = try task.accumulator.results() } catch { throw .kpi(error) }
    return try answer(
      task.definition, results: results, numbering: task.numbering, members: task.members,
      holdsMoney: task.holdsMoney, of: plan)
  }

  /// - Parameter numbering: Of the results; nil for one without keys.
  static func answer(
    _ definition: Definition, results: [KPIResult], numbering: CellNumbering?, members: [MemberRow] = [],
    holdsMoney: Bool, of plan: Plan
  ) throws(AnalyticsError) -> KPIAnswer {
    let isByCreated = plan.isByCreated && definition.attribution != .period
    var answer = KPIAnswer(definition: definition, isByCreated: isByCreated, cells: [], total: nil)
    let keyCount = plan.dimensions.count
    guard let numbering, numbering.cellCount > 0 else {
      guard keyCount == 0 else { return answer }
      let empty = try numbering == nil ? results[0] : none(definition)
      answer.cells = [
        KPIAnswer.Cell(
          keys: [], result: empty, unit: holdsMoney ? try onlyUnit(of: plan) : nil,
          isUnfinished: false)
      ]
      answer.members = members
      return answer
    }
    let codes = (0..<numbering.cellCount).map { numbering.codes(of: $0) }
    let allKeyCount = keyCount + Dimension.own(of: definition, in: plan).count
    if numbering.dimensions.count > allKeyCount {
      try refuseMixture(codes, keyCount: allKeyCount, of: definition, plan: plan)
    }
    let columns = try (0..<allKeyCount).map { (place) throws(AnalyticsError) in
      try KeyColumn(codes.map { $0[place] }, at: place, of: numbering, plan: plan)
    }
    let sequence = codes.indices.sorted { left, right in
      for column in columns where column.ranks[left] != column.ranks[right] {
        return column.ranks[left] < column.ranks[right]
      }
      return left < right
    }
    let currencyPlace = numbering.dimensions.firstIndex(of: .word(.currency))
    for cell in sequence {
      answer.cells.append(
        KPIAnswer.Cell(
          keys: columns.prefix(keyCount).map { $0.texts[cell] },
          ownKeys: columns.dropFirst(keyCount).map { $0.texts[cell].map { .text($0) } ?? .null },
          result: results[cell],
          unit: try holdsMoney ? unit(of: codes[cell], at: currencyPlace, plan: plan) : nil,
          isUnfinished: columns.contains { $0.isUnfinished[cell] }))
    }
    answer.members = renumbered(members, sequence: sequence)
    return answer
  }

  private static func none(_ definition: Definition) throws(AnalyticsError) -> KPIResult {
    do throws(KPIError) { return try Accumulator(definition).result() } catch { throw .kpi(error) }
  }

  // MARK: - Currencies

  private static func refuseMixture(
    _ codes: [[Int64]], keyCount: Int, of definition: Definition, plan: Plan
  ) throws(AnalyticsError) {
    var currencies: [[Int64]: Int64] = [:]
    for cell in codes {
      let currency = cell[keyCount]
      guard let other = currencies.updateValue(currency, forKey: Array(cell[..<keyCount])), other != currency else {
        continue
      }
      var names: Set<String> = []
      for code in Set(codes.map { $0[keyCount] }) { names.insert(try word(ofCurrency: code, plan: plan)) }
      throw .mixedCurrencies(kpi: definition.name, currencies: names.sorted())
    }
  }

  private static func unit(
    of codes: [Int64], at currencyPlace: Int?, plan: Plan
  ) throws(AnalyticsError) -> MoneyUnit? {
    guard let currencyPlace else { return try onlyUnit(of: plan) }
    return unit(try word(ofCurrency: codes[currencyPlace], plan: plan), plan: plan)
  }

  /// The currency of all orders, or the store's where there are none.
  private static func onlyUnit(of plan: Plan) throws(AnalyticsError) -> MoneyUnit? {
    plan.snapshot.wordCount(.currency) == 1
      ? unit(try word(ofCurrency: 1, plan: plan), plan: plan) : unit(plan.snapshot.settings.currency, plan: plan)
  }

  private static func word(ofCurrency code: Int64, plan: Plan) throws(AnalyticsError) -> String {
    do throws(StoreError) { return try plan.snapshot.word(.currency, code) } catch { throw .store(error) }
  }

  static func unit(_ currency: String, plan: Plan) -> MoneyUnit? {
    MoneyUnit(code: currency, scale: plan.snapshot.settings.scale(of: currency))
  }

  // MARK: - Members

  /// Members by the new place of their cells, then kind, then row.
  private static func renumbered(_ members: [MemberRow], sequence: [Int]) -> [MemberRow] {
    var places = [Int32](repeating: 0, count: sequence.count)
    for (place, cell) in sequence.enumerated() { places[cell] = Int32(place) }
    return members.map { member in
      var member = member
      member.cell = places[Int(member.cell)]
      return member
    }
  }
}
