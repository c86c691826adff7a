internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

extension Plan {
  /// Walks the snapshot and answers every figure.
  func answers() throws(AnalyticsError) -> KPIAnswers {
    var answers = try withStories().toldAnswers()
    guard let other = ofComparedPeriod() else { return answers }
    let others = try other.withStories().toldAnswers().answers
    for index in answers.answers.indices {
      answers.answers[index] = try Comparison.joined(answers.answers[index], with: others[index])
    }
    return answers
  }

  private func toldAnswers() throws(AnalyticsError) -> KPIAnswers {
    var answers = try figures()
    var notes = notes
    if withTotals, !dimensions.isEmpty {
      for index in answers.indices where kpis[index].definition.cellKeys.isEmpty {
        answers[index].total = try total(of: kpis[index], notes: &notes)
      }
    }
    if answers.contains(where: { $0.cells.contains(where: \.isUnfinished) }) {
      notes.append("* not finished at as-of")
    }
    // Members name the cell they stand in; among them each stays in a group of its own.
    if !withMembers {
      for index in answers.indices {
        answers[index] = OutcomeKeys.shared(
          answers[index], keys: context.keys, distinct: try distinctWhole(of: kpis[index]))
      }
    }
    return KPIAnswers(context: context, answers: answers, notes: notes)
  }

  /// The figure over all groups, computed anew; nil where amounts of the groups do not add up.
  private func total(of kpi: any KPI, notes: inout [String]) throws(AnalyticsError) -> KPIAnswer.Cell? {
    do throws(AnalyticsError) {
      return try ungrouped(kpi).figures()[0].cells.first
    } catch {
      guard case .mixedCurrencies = error else { throw error }
      notes.append("no total of \(kpi.definition.name): its groups are in several currencies")
      return nil
    }
  }

  /// All channels' customers, each counted once, for the mix of customers; nil for other figures.
  private func distinctWhole(of kpi: any KPI) throws(AnalyticsError) -> KPIAnswer? {
    guard kpi is ChannelMixOfCustomers else { return nil }
    let others = dimensions.filter { $0 != .word(.channel) }
    return try asking(ChannelMixOfCustomers(whole: true), by: others, within: context.period).figures()[0]
  }

  /// An answer for each figure, in their order.
  private func figures() throws(AnalyticsError) -> [KPIAnswer] {
    var tasks: [Int: FigureTask] = [:]
    try walkOrders(into: &tasks)
    var found: [KPIAnswer] = []
    for index in kpis.indices {
      if let kpi = kpis[index] as? any LedgerKPI {
        found.append(try LedgerScan.answer(kpi, of: self))
      } else if let kpi = kpis[index] as? ReturnRate {
        found.append(try AnswerCells.answer(ReturnScan.task(kpi, of: self), of: self))
      } else if let kpi = kpis[index] as? DemandForecast {
        found.append(try ForecastScan.answer(kpi, of: self))
      } else if let kpi = kpis[index] as? any CustomerTableKPI {
        found.append(try CustomerTableScan.answer(kpi, of: self))
      } else if let kpi = kpis[index] as? DaysOfCover {
        found.append(try CoverScan.answer(kpi, of: self))
      } else if let task = tasks[index] {
        found.append(try AnswerCells.answer(task, of: self))
      }
    }
    return found
  }

  /// What the only figure, one over orders, has gathered.
  func task() throws(AnalyticsError) -> FigureTask {
    var tasks: [Int: FigureTask] = [:]
    try walkOrders(into: &tasks)
    return tasks[0]!
  }

  private func walkOrders(into tasks: inout [Int: FigureTask]) throws(AnalyticsError) {
    let byLines = dimensions.contains(where: \.isOfLines)
    let orderKPIs = kpis.indices.filter { kpis[$0] is any OrderKPI }
    if !orderKPIs.isEmpty, !byLines {
      let scan = try OrderScan.whole(OrderScan(orderKPIs.compactMap { kpis[$0] as? any OrderKPI }, of: self))
      for (index, task) in zip(orderKPIs, scan.tasks) { tasks[index] = task }
    }
    for index in orderKPIs {
      guard let kpi = kpis[index] as? any OrderKPI else { continue }
      if byLines {
        var scan = try LineScan(kpi, of: self)
        try scan.scan()
        tasks[index] = scan.task
      }
      if let credits = kpi.ofCredits, var task = tasks[index] {
        var scan = CreditScan(credits, dimensions: task.dimensions, of: self)
        try scan.add(to: &task)
        tasks[index] = task
      }
    }
    for index in kpis.indices {
      guard let kpi = kpis[index] as? any EpisodeKPI else { continue }
      var scan = try EpisodeScan(kpi, of: self)
      try scan.scan()
      tasks[index] = scan.task
    }
    try walkCustomers(into: &tasks)
  }

  private func walkCustomers(into tasks: inout [Int: FigureTask]) throws(AnalyticsError) {
    var families: [String: [Int]] = [:]
    for index in kpis.indices where kpis[index] is any CustomerKPI {
      families[kpis[index].definition.id, default: []].append(index)
    }
    for (_, indices) in families {
      var scan = try CustomerScan(indices.compactMap { kpis[$0] as? any CustomerKPI }, of: self)
      try scan.scan()
      for (index, task) in zip(indices, scan.tasks) { tasks[index] = task }
    }
  }
}
