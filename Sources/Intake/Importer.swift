internal import Calendars
package import OrderModel

/// Imports files by a mapping: reads them, hands their commands over in batches, and counts what became of each row.
///
/// It knows no store: commands go to a closure, which answers one by one. A dry run is a closure that accepts all.
package struct Importer {
  /// What became of a command.
  package enum Outcome: Sendable, Hashable {
    case accepted(Receipt.Outcome)
    case refused(Refusal)
  }

  /// Applies commands and answers each. An error ends the import; what was applied before stands.
  package typealias Sink = ([Submission], [SourcePosition]) throws(IntakeError) -> [Outcome]

  private let mapping: Mapping
  private let options: ImportOptions

  package init(_ mapping: Mapping, options: ImportOptions = ImportOptions()) {
    self.mapping = mapping
    self.options = options
  }

  /// Imports the files at `paths`: of a mapping with `[files]` one set, found by name among the paths and in the
  /// directories among them; otherwise each path in turn, `-` for standard input.
  ///
  /// - Parameters:
  ///   - onProgress: Called after each batch.
  ///   - shouldStop: Asked before each batch, and while files are put aside; true ends the import as `cancelled`. It may
  ///     be called on another thread.
  /// - Throws: what is wrong with the mapping or a file as a whole; batches handed over before stand.
  package func run(
    _ paths: [String], onProgress: (ImportProgress) -> Void = { _ in },
    shouldStop: @escaping @Sendable () -> Bool = { false }, into sink: Sink
  ) throws(IntakeError) -> ImportReport {
    let zone: TimeZoneRules
    do throws(IntakeError) {
      zone = try ZoneDirectory.rules(named: mapping.zone)
    } catch {
      throw .mapping(
        MappingProblem(path: mapping.path, line: nil, table: "", key: "tz", reason: "no zone '\(mapping.zone)'"))
    }
    var report = ImportReport()
    let sets = mapping.tables.contains { $0.fileName != nil } ? [paths] : paths.map { [$0] }
    for set in sets where report.ending == .completed {
      let source = try OpenedSource(mapping, paths: set, options: options, shouldStop: shouldStop)
      let builder = DocumentBuilder(mapping: source.mapping, zone: zone)
      let producer = ImportProducer(source, builder, options)
      var consumer = ImportConsumer(source, options, report)
      try consumer.run(producer, onProgress: onProgress, shouldStop: shouldStop, into: sink)
      report = consumer.report
    }
    return report
  }
}
