internal import ArgumentParser
internal import Columns
internal import OrderModel
internal import OrderStore

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the store while it is used.",
    discussion: "The copy is compact and becomes visible when all of it is on the disk.")
  @OptionGroup var store: StoreOptions
  @Argument(help: "The file to make.") var file: String

  func run() throws {
    let opened = try store.open(readOnly: false)
    do throws(StoreError) {
      try opened.backup(to: file)
      let copy = try OrderStore.open(path: file, options: .readingOnly)
      let sequence = try copy.snapshot().sequence
      Invocation.current.report("\(file): \(System.byteCount(file)) bytes, sequence \(sequence)")
    } catch { throw CommandFailure(making: file, error) }
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Make the store from a backup.",
    discussion: "The store named must not exist yet; nothing is overwritten.")
  @OptionGroup var store: StoreOptions
  @Argument(help: "The backup.") var file: String

  func run() throws {
    let path = try store.path()
    do throws(StoreError) {
      if System.exists(path) { throw StoreError.exists(path: path) }
      let backup = try OrderStore.open(path: file)
      try backup.backup(to: path)
      let sequence = try OrderStore.open(path: path, options: .readingOnly).snapshot().sequence
      Invocation.current.report("\(path): sequence \(sequence)")
    } catch { throw CommandFailure(making: path, error) }
  }
}

extension OrderStore.Options {
  static var readingOnly: OrderStore.Options {
    var options = OrderStore.Options()
    options.readOnly = true
    return options
  }
}

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "info", abstract: "What the store holds.")
  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let opened = try store.open(readOnly: true)
    let snapshot = try StoreAccess.snapshot(of: opened)
    var table = Table(
      title: opened.path,
      columns: [Column("what", type: .text, isKey: true), Column("value", type: .text)], rows: [], meta: Metadata(),
      notes: [])
    func add(_ what: String, _ value: some CustomStringConvertible) { table.append([.text(what), .text("\(value)")]) }
    add("orders", snapshot.orderCount)
    add("lines", snapshot.lineCount)
    add("events", snapshot.eventCount)
    add("payments", snapshot.paymentCount)
    add("credit_notes", snapshot.creditCount)
    add("movements", snapshot.movementCount)
    add("customers", snapshot.customerCount)
    add("skus", snapshot.skuCount)
    add("stock_cells", snapshot.stockCellCount)
    add("sequence", snapshot.sequence)
    add("folded_through", snapshot.foldedThrough)
    add("recorded_at", snapshot.recordedAt.map { StoreAccess.text(of: $0) } ?? "–")
    add("time_zone", opened.settings.timeZone)
    add("currency", opened.settings.currency)
    for (code, scale) in opened.settings.scales.sorted(by: { $0.key < $1.key }) { add("scale_\(code)", scale) }
    add("week_start", opened.settings.weekStart)
    add("bytes", System.byteCount(opened.path))
    do throws(StoreError) {
      for (what, value) in try opened.engineFacts() { add(what, value) }
    } catch { throw CommandFailure(error) }
    add("tool", Root.version)
    try output.write(table)
  }
}
