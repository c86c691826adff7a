internal import ArgumentParser
internal import Calendars
internal import OrderModel
internal import OrderStore
internal import Reports

struct ChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes", abstract: "The change feed as JSON Lines.",
    discussion: """
      One line a change, in the order in which the store accepted them, with the sequence of its commit. To go on later,
      start behind the last sequence read: --from SEQ+1. Instants of changes are milliseconds UTC.
      """)
  @OptionGroup var store: StoreOptions
  @Option(help: "The first sequence to tell.") var from: UInt64 = 1

  func run() throws {
    let opened = try store.open(readOnly: true)
    let snapshot = try StoreAccess.snapshot(of: opened)
    var writer = JSONWriter()
    do throws(StoreError) {
      try snapshot.forEachChange(from: from) { change in
        writer.beginObject()
        writer.key("sequence")
        writer.integer(Int64(change.sequence))
        writer.key("recorded_at")
        writer.string(RFC3339.string(change.recordedAt.milliseconds))
        writer.key("kind")
        writer.string(change.kind)
        for field in change.fields {
          writer.key(field.name)
          switch field.value {
          case .text(let text): writer.string(text)
          case .integer(let value): writer.integer(value)
          }
        }
        writer.endObject()
        writer.endDocument()
        if writer.bytes.count > 1 << 20 {
          Invocation.current.write(writer.bytes)
          writer = JSONWriter()
        }
      }
    } catch { throw CommandFailure(error) }
    Invocation.current.write(writer.bytes)
  }
}
