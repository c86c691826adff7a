internal import ArgumentParser
internal import OrderModel
internal import OrderStore

/// `--dry-run` of commands that change one thing: the command is judged in full, and what it would do is told.
struct DryRunOption: ParsableArguments {
  @Flag(name: .customLong("dry-run"), help: "Say what would happen, with the same exit status; write nothing.")
  var isOn = false

  /// Writes the outcome and the facts, one a line.
  static func tell(_ rehearsal: Rehearsal) {
    let receipt = rehearsal.receipt
    var text =
      switch receipt.outcome {
      case .unchanged: "dry run: nothing new\n"
      case .created: "dry run: something new would be written at sequence \(receipt.sequence)\n"
      case .updated: "dry run: would be written at sequence \(receipt.sequence)\n"
      }
    for change in rehearsal.changes {
      let fields = change.fields.map { field in
        switch field.value {
        case .text(let value): " \(field.name)=\(value)"
        case .integer(let value): " \(field.name)=\(value)"
        }
      }
      text += "  \(change.kind)\(fields.joined())\n"
    }
    Invocation.current.write(text)
  }
}
