internal import Analytics
internal import ArgumentParser
internal import Calendars
internal import Columns
internal import KPIs
internal import OrderRules
internal import OrderStore
internal import QueryLanguage

struct KPICommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kpi", abstract: "Key figures, exact and explained.",
    discussion: """
      Names are ids or slugs with a variant: K10:commit, on_time_delivery.commit. Names with several meanings are refused
      bare. Every answer states numerator, denominator, what waits and what is left out, period, zone, as-of and sequence.
        orderbase kpi K10:commit --by channel --period 2025-03
        orderbase kpi K37:returning --monthly --since 2025-01 --totals
        orderbase kpi K42:net --by channel --period 2025-03 --compare year_ago
        orderbase kpi K25 --by reason --explain members
      """,
    subcommands: [Show.self, List.self, Define.self], defaultSubcommand: Show.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every key figure with its variants.")
    @OptionGroup(visibility: .hidden) var store: StoreOptions
    @OptionGroup var output: OutputOptions
    func run() throws { try output.write(KPICommand.listTable()) }
  }

  struct Define: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What a key figure means.")
    @OptionGroup(visibility: .hidden) var store: StoreOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "Names; all without one.") var names: [String] = []

    func run() throws {
      let table: Table
      do throws(AnalyticsError) {
        table = try Analytics.definitions(of: names)
      } catch { throw CommandFailure(error) }
      try output.write(table)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Compute key figures (the default).")
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var state: StateOptions

    @Argument(help: "Ids or slugs, such as K10:scor.") var names: [String] = []
    @Flag(help: "Every key figure and variant.") var all = false
    @Option(help: "Group keys, separated by commas: fields or day, week, month, quarter, year, weekday, hour_of_day.")
    var by: String?
    @Option(name: .customLong("where"), parsing: .singleValue, help: "A condition; repeatable, all must hold.")
    var conditions: [String] = []
    @Option(help: "A period; orderbase help periods explains them.") var period: String?
    @Option(help: "The period's start.") var since: String?
    @Option(help: "The period's end, named period included.") var until: String?
    @Option(help: "previous, year_ago or a period: sets its figures, as of the same instant, beside them.")
    var compare: String?
    @Option(help: "own or created: which instant puts an order into a period.") var attribution: String = "own"
    @Flag(name: [.customShort("D"), .long], help: "By day.") var daily = false
    @Flag(name: [.customShort("W"), .long], help: "By week.") var weekly = false
    @Flag(name: [.customShort("M"), .long], help: "By month.") var monthly = false
    @Flag(name: [.customShort("Q"), .long], help: "By quarter.") var quarterly = false
    @Flag(name: [.customShort("Y"), .long], help: "By year.") var yearly = false
    @Flag(help: "A total for each figure, computed anew.") var totals = false
    @Flag(name: .customLong("net-of-holds"), help: "Leave out the time on hold, of K01, K06 and K07.")
    var netOfHolds = false
    @Option(
      name: .customLong("claim-window"),
      help: "Days in which a fault may still be reported, of K13, K17, K23 and K24.")
    var claimWindow: Int64?
    @Option(help: "definition, members, or sql:DIALECT: a text over the hand-over tables, of sqlite or duckdb.")
    var explain: String?
    @Flag(name: .customLong("fail-empty"), help: "Exit 3 when there is no row.") var failEmpty = false

    func validate() throws {
      if names.isEmpty && !all {
        throw ValidationError("Name a key figure, or give --all. orderbase kpi list shows them.")
      }
      if period != nil && (since != nil || until != nil) {
        throw ValidationError("Give either --period, or --since and --until.")
      }
    }

    func run() throws {
      let opened = try store.open(readOnly: true)
      let zone = try time.zone(for: opened.settings)
      let state = try state.state(of: opened, zone: zone)
      var request = KPIRequest(names: all ? [] : names, zone: zone, now: Invocation.current.now)
      request.by = (by ?? "").split(separator: ",").map { String($0.filter { $0 != " " }) }
      for (isAsked, bucket) in [
        (daily, "day"), (weekly, "week"), (monthly, "month"), (quarterly, "quarter"), (yearly, "year"),
      ] where isAsked { request.by.append(bucket) }
      request.conditions = conditions
      request.period = period ?? spelledPeriod
      request.compared = compare.map { ComparedPeriod($0) }
      request.asOf = state.asOf
      guard let attribution = KPIRequest.Attribution(rawValue: attribution) else {
        throw CommandFailure("OB1102", "no attribution '\(attribution)'", hint: "own or created")
      }
      request.attribution = attribution
      request.options = try options()
      request.withTotals = totals
      request.weekStart = opened.settings.weekStart
      request.threadCount = 2
      switch explain {
      case nil: break
      case "definition": request.explanation = .definition
      case "members": request.explanation = .members
      case let sql? where sql.hasPrefix("sql:"):
        return try KPICommand.writeSQL(of: request, dialect: String(sql.dropFirst(4)), from: state.snapshot)
      case let other?:
        throw CommandFailure("OB1102", "--explain cannot tell '\(other)'", hint: "definition, members or sql:DIALECT")
      }
      var table: Table
      do throws(AnalyticsError) {
        table = try Analytics.answer(request, from: state.snapshot)
      } catch { throw CommandFailure(error) }
      if try output.isForPeople { AnswerForPeople.shorten(&table, zone: zone, isWide: output.wide) }
      try output.write(table, zone: zone)
      if failEmpty, table.rowCount == 0 { throw StatusOnly(status: .notFound) }
    }

    /// Refuses an option that no figure asked for takes: the answer would not be what was meant.
    private func options() throws -> KPIOptions {
      var options = KPIOptions()
      options.isNetOfHolds = netOfHolds
      options.claimWindowDays = claimWindow
      for limit in DwellLimit.standard { options.dwellLimits[limit.node] = limit.limit }
      if let claimWindow, !KPIOptions.claimWindows.contains(claimWindow) {
        throw CommandFailure("OB1102", "a claim window cannot have \(claimWindow) days", hint: "0 to 36525")
      }
      let given: [(KPIOptions.Name, Bool)] = [(.netOfHolds, netOfHolds), (.claimWindow, claimWindow != nil)]
      for (option, isGiven) in given where isGiven && !all {
        let taking = KPICatalogue.families.filter { $0.variants.contains { $0.options.contains(option) } }.map(\.id)
        let isTaken = names.contains { name in
          (try? KPICatalogue.kpi(named: name))?.options.contains(option) ?? true
        }
        if !isTaken {
          throw CommandFailure(
            "OB1102", "none of these figures takes --\(option.rawValue)",
            hint: "it is for \(taking.joined(separator: ", "))")
        }
      }
      return options
    }

    private var spelledPeriod: String? {
      switch (since, until) {
      case (nil, nil): nil
      case (let since?, nil): "since \(since)"
      case (nil, let until?): "until \(until)"
      case (let since?, let until?): "since \(since) until \(until)"
      }
    }
  }

  // MARK: What there is

  static func listTable() -> Table {
    var table = Table(
      title: "",
      columns: [
        Column("kpi", type: .text, isKey: true), Column("id", type: .text), Column("slug", type: .text),
        Column("variant", type: .text), Column("label", type: .text), Column("label_zh", label: "中文", type: .text),
        Column("unit", type: .text), Column("direction", type: .text), Column("version", type: .integer),
      ], rows: [], meta: Metadata(), notes: [])
    for kpi in KPICatalogue.all {
      let definition = kpi.definition
      table.append([
        .text(definition.name), .text(definition.id), .text(definition.slug),
        definition.variant.isEmpty ? .null : .text(definition.variant), .text(definition.english),
        .text(definition.chinese), .text(definition.unit), .text(definition.direction.rawValue),
        .integer(Int64(definition.version)),
      ])
    }
    return table
  }

  static func fieldTable() -> Table {
    var table = Table(
      title: "", columns: [Column("key", type: .text, isKey: true)], rows: [], meta: Metadata(),
      notes: ["group by these with --by; conditions know the fields of orders too: orderbase help conditions"])
    for name in Analytics.keyNames { table.append([.text(name)]) }
    return table
  }
}
