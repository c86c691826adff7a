internal import Columns
internal import Intake
internal import OrderModel
internal import OrderStore
internal import QueryLanguage
internal import Reports

/// A file of commands, one JSON object a line, and an answer for each.
struct CommandFeed {
  let store: StoreOptions
  let time: TimeOptions

  /// Lines submitted before their answers are waited for: they share commits.
  private static let linesAtOnce = 1_000

  func run(_ path: String) throws {
    let opened = try store.open(readOnly: false)
    let zone = try time.zone(for: opened.settings)
    let context = PeriodContext(zone: zone, asOf: Invocation.current.now)
    let currency = opened.settings.currency
    let decoder = CommandDecoder(currency: currency, scale: opened.settings.scale(of: currency)) { text in
      (try? InstantText(text))?.resolve(in: context)
    }
    var refused = 0
    do {
      let reader = JSONLinesReader(try Transcoder(try ByteSource(path: path), encoding: .utf8))
      var batch: [(line: Int, submission: Result<Submission, CommandDecoder.Problem>)] = []
      while let line = try reader.next() {
        batch.append((line.line, CommandFeed.submission(of: line, decoder)))
        if batch.count == CommandFeed.linesAtOnce {
          refused += try answer(batch, opened)
          batch = []
        }
      }
      refused += try answer(batch, opened)
    } catch let error as IntakeError { throw CommandFailure(error) }
    do throws(StoreError) { try opened.close() } catch { throw CommandFailure(error) }
    if refused > 0 { throw StatusOnly(status: .rejectedRows) }
  }

  private static func submission(
    of line: JSONLinesReader.Line, _ decoder: CommandDecoder
  ) -> Result<Submission, CommandDecoder.Problem> {
    switch line.outcome {
    case .failure(let fault): .failure(CommandDecoder.Problem("byte \(fault.byte): \(fault.reason)"))
    case .success(let value):
      Result { () throws(CommandDecoder.Problem) in try decoder.submission(of: value) }
    }
  }

  /// Submits lines and writes an answer for each.
  ///
  /// - Returns: How many were refused.
  private func answer(
    _ batch: [(line: Int, submission: Result<Submission, CommandDecoder.Problem>)], _ store: OrderStore
  ) throws -> Int {
    if batch.isEmpty { return 0 }
    let submissions = batch.compactMap { try? $0.submission.get() }
    let results: [Result<Receipt, Refusal>]
    do throws(StoreError) { results = try store.submit(submissions) } catch { throw CommandFailure(error) }
    var outcomes = results.makeIterator()
    var table = Table(
      title: "",
      columns: [
        Column("line", type: .integer), Column("outcome", type: .text), Column("sequence", type: .integer),
        Column("version", type: .integer), Column("code", type: .text), Column("message", type: .text),
      ], rows: [], meta: Metadata(), notes: [])
    var refused = 0
    func refuse(_ line: Int, _ failure: CommandFailure) {
      refused += 1
      table.append([
        .integer(Int64(line)), .text("refused"), .null, .null, .text(failure.code), .text(failure.message),
      ])
    }
    for entry in batch {
      switch entry.submission {
      case .failure(let problem): refuse(entry.line, CommandFailure("OB2115", "\(problem)"))
      case .success:
        switch outcomes.next() {
        case .success(let receipt):
          table.append([
            .integer(Int64(entry.line)), .text("\(receipt.outcome)"), .integer(Int64(receipt.sequence)),
            receipt.version == 0 ? .null : .integer(Int64(receipt.version)), .null, .null,
          ])
        case .failure(let error): refuse(entry.line, CommandFailure(error))
        case nil: preconditionFailure("an outcome for each submission")
        }
      }
    }
    Invocation.current.write(JSONLinesRenderer().bytes(of: table))
    return refused
  }
}
